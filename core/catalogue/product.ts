/**
 * A product as the rest of the river reads it: one thing a customer can run out of, whatever the shops call it. Its
 * `items` are the item keys of order lines (SKU codes, or name and specification); no two products share one.
 */
import type { ProductId } from '../units/ids.ts';
import type { Fen, Milli } from '../units/money.ts';

export const storages = ['ambient', 'cool', 'chilled', 'frozen'] as const;
export type Storage = (typeof storages)[number];

export const packUnits = ['g', 'kg', 'ml', 'l', 'piece', 'serving', 'day'] as const;
export type PackUnit = (typeof packUnits)[number];

export interface Product {
  readonly id: ProductId;
  readonly name: string;
  /** Item keys, those of products merged into this one included. Sorted. */
  readonly items: readonly string[];
  readonly category: string;
  /** Confirmed by a person: only these reach customers' interests. Sorted. */
  readonly tags: readonly string[];
  /** Waiting for a person's word. Sorted. */
  readonly suggestedTags: readonly string[];
  /** Thousandths of `packUnit`; null while unknown. */
  readonly packMilli: Milli | null;
  readonly packUnit: PackUnit | '';
  readonly storage: Storage | '';
  readonly shelfLifeDays: number | null;
  readonly priceFen: Fen | null;
  /** What may be said about it: allergens, origin, how to use; by key, in the shop's own words. */
  readonly facts: Readonly<Record<string, string>>;
  /** Products merged into this one, each of which can be taken out again. */
  readonly mergedFrom: readonly ProductId[];
  /** Brought by orders, and no person has said anything of it since: it is there only as long as they are. */
  readonly isUntouched: boolean;
}

/** What a person, a table or an importer may say about a product; what is left out stays as it was. */
export interface ProductFields {
  readonly name?: string;
  readonly category?: string;
  readonly packMilli?: Milli | null;
  readonly packUnit?: PackUnit | '';
  readonly storage?: Storage | '';
  readonly shelfLifeDays?: number | null;
  readonly priceFen?: Fen | null;
  readonly facts?: Readonly<Record<string, string>>;
}

/** A product to be created: from an order line, a pasted table or the demo. */
export interface ProductSeed extends ProductFields {
  readonly name: string;
  /** The first names the product: equal first items give the same id on every device. */
  readonly items: readonly [string, ...string[]];
  readonly tags?: readonly string[];
  readonly suggestedTags?: readonly string[];
  /** An order names it, no person does. */
  readonly isFromOrders?: boolean;
}
