/**
 * A product of the demo brand: what its catalogue card says, and how the made-up customers use it (how many days a
 * pack lasts a household, who buys it, in which months). Money is fen, packs are thousandths of their unit.
 */
export type DemoStorage = 'ambient' | 'chilled' | 'frozen';
export type Persona = 'family' | 'baker' | 'fitness' | 'infant' | 'snacker';

export interface DemoProduct {
  readonly id: string;
  /** Item keys as the shop's exports write them; the first is the current one. */
  readonly items: readonly string[];
  readonly name: string;
  readonly category: string;
  readonly tags: readonly string[];
  readonly packMilli: number;
  readonly packUnit: 'g' | 'ml' | 'piece';
  readonly storage: DemoStorage;
  readonly shelfLifeDays: number;
  readonly priceFen: number;
  readonly facts: Readonly<Record<string, string>>;
  /** Days one pack lasts the typical household that keeps buying it. */
  readonly cycleDays: number;
  /** How eagerly each kind of household takes it up; absent is never. */
  readonly appeal: Readonly<Partial<Record<Persona, number>>>;
  /** Twelve monthly factors on demand, January first; even demand when absent. */
  readonly season?: readonly number[];
}
