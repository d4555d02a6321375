/**
 * Which products are owned by the same people, and by how many of them: the row of one product, counted when first
 * asked for. Pairs that a single person owns say nothing and are left out.
 */
import type { ProductCounts } from './product-counts.ts';

export interface CompanionRow {
  readonly product: Int32Array;
  /** People who own both. */
  readonly both: Int32Array;
  /** Of those, people whose last basket holds `product`. */
  readonly inLast: Int32Array;
}

const fewestBoth = 2;
/** Pairs kept for the next question; beyond that all are counted afresh. */
const mostKept = 2_000_000;

export class Companions {
  readonly #counts: ProductCounts;
  readonly #rows = new Map<number, CompanionRow>();
  readonly #tally: Int32Array;
  readonly #lastTally: Int32Array;
  #kept = 0;

  constructor(counts: ProductCounts) {
    this.#counts = counts;
    this.#tally = new Int32Array(counts.owners.length);
    this.#lastTally = new Int32Array(counts.owners.length);
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

  /** The same the other way round: in the row of each companion, the part about `product`. */
  toward(product: number): ReadonlyMap<number, CompanionRow> {
    const { owner, ownerStart, own, ownStart, ownInLast } = this.#counts;
    const last = new Map<number, number>();
    for (const c of owner.subarray(ownerStart[product]!, ownerStart[product + 1]!)) {
      const theirs = own.subarray(ownStart[c]!, ownStart[c + 1]!);
      if (ownInLast[ownStart[c]! + theirs.indexOf(product)] === 0) continue;
      for (const other of theirs) last.set(other, (last.get(other) ?? 0) + 1);
    }
    const { product: others, both } = this.of(product);
    const rowOf = (other: number, at: number): CompanionRow => ({
      product: Int32Array.of(product),
      both: both.subarray(at, at + 1),
      inLast: Int32Array.of(last.get(other) ?? 0),
    });
    return new Map(Array.from(others, (other, at) => [other, rowOf(other, at)]));
  }

  #count(product: number): CompanionRow {
    const { owner, ownerStart, own, ownStart, ownInLast } = this.#counts;
    const [tally, lastTally] = [this.#tally, this.#lastTally];
    const met: number[] = [];
    for (let x = ownerStart[product]!; x < ownerStart[product + 1]!; x++) {
      const c = owner[x]!;
      for (let at = ownStart[c]!; at < ownStart[c + 1]!; at++) {
        if (tally[own[at]!]!++ === 0) met.push(own[at]!);
        lastTally[own[at]!]! += ownInLast[at]!;
      }
    }
    const kept = Int32Array.from(met.filter((other) => other !== product && tally[other]! >= fewestBoth));
    const row = {
      product: kept,
      both: kept.map((other) => tally[other]!),
      inLast: kept.map((other) => lastTally[other]!),
    };
    for (const other of met) tally[other] = lastTally[other] = 0;
    return row;
  }
}
