/**
 * Which products are owned by the same people, and by how many of them: the row of one product, counted when first
 * asked for. Pairs that a single person owns say nothing and are left out.
 */
import type { ProductCounts } from './product-counts.ts';

export interface CompanionRow {
  readonly product: Int32Array;
  /** People who own both. */
  readonly both: Int32Array;
}

const fewestBoth = 2;
/** Pairs kept for the next question; beyond that all are counted afresh. */
const mostKept = 2_000_000;

export class Companions {
  readonly #counts: ProductCounts;
  readonly #rows = new Map<number, CompanionRow>();
  readonly #tally: Int32Array;
  #kept = 0;

  constructor(counts: ProductCounts) {
    this.#counts = counts;
    this.#tally = new Int32Array(counts.owners.length);
  }

  of(product: number): CompanionRow {
    const known = this.#rows.get(product);
    if (known) return known;
    const row = this.#count(product);
    if (this.#kept > mostKept) {
      this.#rows.clear();
      this.#kept = 0;
    }
    this.#kept += row.product.length;
    this.#rows.set(product, row);
    return row;
  }

  #count(product: number): CompanionRow {
    const { owner, ownerStart, own, ownStart } = this.#counts;
    const tally = this.#tally;
    const met: number[] = [];
    for (let x = ownerStart[product]!; x < ownerStart[product + 1]!; x++) {
      const c = owner[x]!;
      for (let at = ownStart[c]!; at < ownStart[c + 1]!; at++) if (tally[own[at]!]!++ === 0) met.push(own[at]!);
    }
    const kept = met.filter((other) => other !== product && tally[other]! >= fewestBoth);
    const row = { product: Int32Array.from(kept), both: Int32Array.from(kept, (other) => tally[other]!) };
    for (const other of met) tally[other] = 0;
    return row;
  }
}
