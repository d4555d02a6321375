/**
 * Facts of one kind as columns: how imports hand over rows without an object for each, and what the codec packs.
 * Texts, words, flags and customers are arrays of the row values; numbers may be typed arrays. All have `rows` values.
 */
import type { Fact, FactKind } from './fact.ts';

export type FactOfKind<Kind extends FactKind> = Extract<Fact, { kind: Kind }>;

export interface FactColumns<Kind extends FactKind = FactKind> {
  readonly kind: Kind;
  readonly rows: number;
  readonly columns: {
    readonly [Name in Exclude<keyof FactOfKind<Kind>, 'kind'>]: ArrayLike<FactOfKind<Kind>[Name]>;
  };
}
