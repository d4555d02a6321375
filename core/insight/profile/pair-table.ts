/**
 * The pairs of all customers and where each customer's stand. A customer who changed is derived again at the end: as
 * many pairs as before or fewer move back to the old place, more stay at the end and leave a hole. When holes are more
 * than a third, the table is written anew in order of customers.
 */
import { type PairArrays, PairColumns, pairArrayNames } from '../repurchase/pair-columns.ts';

export class PairTable {
  columns: PairColumns;
  start: Int32Array;
  end: Int32Array;
  #holes = 0;

  constructor(pairs: number, customers: number) {
    this.columns = new PairColumns(pairs);
    this.start = new Int32Array(customers + (customers >> 4) + 16);
    this.end = new Int32Array(this.start.length);
  }

  /** Room for so many customers. */
  grow(customers: number): void {
    if (customers <= this.start.length) return;
    const [start, end] = [this.start, this.end];
    this.start = new Int32Array(customers + (customers >> 4) + 16);
    this.end = new Int32Array(this.start.length);
    this.start.set(start);
    this.end.set(end);
  }

  /** The pairs behind `from` are those of the customer now, instead of those they had. */
  replace(c: number, from: number): void {
    const before = (this.end[c] as number) - (this.start[c] as number);
    const size = this.columns.size - from;
    if (size > before) {
      this.#holes += before;
      this.start[c] = from;
      this.end[c] = this.columns.size;
      return;
    }
    this.#holes += before - size;
    this.columns.moveBack(from, this.start[c] as number);
    this.end[c] = (this.start[c] as number) + size;
  }

  /** Without holes where they are many, and without more room than a sixteenth. */
  tidy(customers: number): void {
    if (this.#holes * 3 > this.columns.size) this.#rewrite(customers);
  }

  trim(): void {
    this.columns.trim(this.columns.size >> 4);
  }

  view(): PairArrays {
    return this.columns.finish();
  }

  #rewrite(customers: number): void {
    const { start, end } = this;
    const old = this.columns;
    const size = old.size - this.#holes;
    const next = new PairColumns(size + (size >> 4));
    for (const name of pairArrayNames) {
      const from = old.arrays[name];
      const to = next.arrays[name];
      let at = 0;
      for (let c = 0; c < customers; c++)
        for (let pair = start[c] as number; pair < (end[c] as number); pair++) to[at++] = from[pair] as number;
    }
    for (let c = 0; c < customers; c++) {
      const own = (end[c] as number) - (start[c] as number);
      start[c] = next.size;
      end[c] = next.size += own;
    }
    this.columns = next;
    this.#holes = 0;
  }
}
