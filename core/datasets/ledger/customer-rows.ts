/**
 * The rows of each raw customer as a chain, latest first: a new row mostly belongs at the head, and one that comes late
 * goes to its place. Where that is far, the chain keeps the order of arrival and is put in order when next read.
 */
import { grow, trim } from './grow.ts';
import { sortRows } from './sort-rows.ts';

/** So far a row is carried back along its chain. */
const furthest = 64;

export class CustomerRows {
  #next = new Int32Array(0);
  #first = new Int32Array(0);
  #isUnordered = new Uint8Array(0);
  #found = new Int32Array(64);
  readonly #compare: (a: number, b: number) => number;

  /** By what is in place of a row when it is linked, and never changes. */
  constructor(compare: (a: number, b: number) => number) {
    this.#compare = compare;
  }

  link(row: number, raw: number): void {
    if (row >= this.#next.length) this.#next = grow(this.#next, row + 1);
    if (raw >= this.#first.length) {
      this.#first = grow(this.#first, raw + 1, -1);
      this.#isUnordered = grow(this.#isUnordered, raw + 1);
    }
    let later = -1;
    let next = this.#first[raw]!;
    if (this.#isUnordered[raw] === 0)
      for (let steps = 0; next >= 0 && this.#compare(next, row) > 0; steps++) {
        if (steps === furthest) {
          this.#isUnordered[raw] = 1;
          later = -1;
          next = this.#first[raw]!;
          break;
        }
        later = next;
        next = this.#next[next]!;
      }
    this.#next[row] = next;
    if (later < 0) this.#first[raw] = row;
    else this.#next[later] = row;
  }

  visit(raw: number, act: (row: number) => void): void {
    for (let row = this.#firstOf(raw); row >= 0; row = this.#next[row]!) act(row);
  }

  /** The live rows of these customers, oldest first: a view that the next call overwrites. */
  of(members: readonly number[], live: Uint8Array): Int32Array {
    let count = 0;
    for (const raw of members) {
      if (raw < this.#first.length && this.#isUnordered[raw] === 1) this.#order(raw);
      for (let row = this.#firstOf(raw); row >= 0; row = this.#next[row]!) {
        if (live[row] === 0) continue;
        if (count === this.#found.length) this.#found = grow(this.#found, count + 1);
        this.#found[count++] = row;
      }
    }
    const rows = this.#found.subarray(0, count).reverse();
    return members.length === 1 ? rows : sortRows(rows, this.#compare);
  }

  trim(rows: number): void {
    this.#next = trim(this.#next, rows);
  }

  get byteLength(): number {
    return this.#next.byteLength + this.#first.byteLength + this.#isUnordered.byteLength;
  }

  #order(raw: number): void {
    const rows: number[] = [];
    this.visit(raw, (row) => rows.push(row));
    let next = -1;
    for (const row of sortRows(Int32Array.from(rows), this.#compare)) {
      this.#next[row] = next;
      next = row;
    }
    this.#first[raw] = next;
    this.#isUnordered[raw] = 0;
  }

  #firstOf(raw: number): number {
    return raw < this.#first.length ? this.#first[raw]! : -1;
  }
}
