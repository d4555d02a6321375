/**
 * The rows of each raw customer side by side, oldest first: a new row mostly belongs at the end, and one that comes late
 * goes to its place. Where that is far, rows keep the order of arrival and are put in order when next read. Whoever has
 * outgrown a place moves to one of twice the size; places of one size that were left are taken again.
 */
import { grow } from './grow.ts';
import { sortRows } from './sort-rows.ts';

/** So far a row is carried back among its customer's. */
const furthest = 64;
/** Places are of 2, 4, 8 … rows, but for those that `trim` has cut. */
const sizes = 32;

export class CustomerRows {
  #rows = new Int32Array(0);
  #end = 0;
  /** By raw customer: where their rows begin, how many there are, and how many have room. */
  #start = new Int32Array(0);
  #count = new Int32Array(0);
  #room = new Int32Array(0);
  #isUnordered = new Uint8Array(0);
  /** By size: the place that was left last; its first row says which was left before it. */
  #left = new Int32Array(sizes).fill(-1);
  #found = new Int32Array(64);
  readonly #compare: (a: number, b: number) => number;

  /** By what is in place of a row when it is linked, and never changes. */
  constructor(compare: (a: number, b: number) => number) {
    this.#compare = compare;
  }

  link(row: number, raw: number): void {
    if (raw >= this.#start.length) this.#growCustomers(raw + 1);
    const count = this.#count[raw]!;
    if (count === this.#room[raw]) this.#move(raw);
    const rows = this.#rows;
    const start = this.#start[raw]!;
    const end = start + count;
    let at = end;
    if (this.#isUnordered[raw] === 0) {
      while (at > start && end - at <= furthest && this.#compare(rows[at - 1]!, row) > 0) at--;
      if (end - at > furthest) {
        this.#isUnordered[raw] = 1;
        at = end;
      }
    }
    for (let later = end; later > at; later--) rows[later] = rows[later - 1]!;
    rows[at] = row;
    this.#count[raw] = count + 1;
  }

  visit(raw: number, act: (row: number) => void): void {
    if (raw >= this.#start.length) return;
    const start = this.#start[raw]!;
    for (let at = 0; at < this.#count[raw]!; at++) act(this.#rows[start + at]!);
  }

  /** The live rows of these customers, oldest first: a view that the next call overwrites. */
  of(members: readonly number[], live: Uint8Array): Int32Array {
    let found = 0;
    for (const raw of members) {
      if (raw >= this.#start.length) continue;
      if (this.#isUnordered[raw] === 1) this.#order(raw);
      const start = this.#start[raw]!;
      const count = this.#count[raw]!;
      if (found + count > this.#found.length) this.#found = grow(this.#found, found + count);
      for (let at = start; at < start + count; at++) {
        const row = this.#rows[at]!;
        this.#found[found] = row;
        found += live[row]!;
      }
    }
    const rows = this.#found.subarray(0, found);
    return members.length === 1 ? rows : sortRows(rows, this.#compare);
  }

  /** Gives back the room that growing has left. */
  trim(): void {
    const rows = new Int32Array(this.#count.reduce((sum, count) => sum + count, 0));
    let end = 0;
    for (let raw = 0; raw < this.#start.length; raw++) {
      const start = this.#start[raw]!;
      const count = this.#count[raw]!;
      rows.set(this.#rows.subarray(start, start + count), end);
      this.#start[raw] = end;
      this.#room[raw] = count;
      end += count;
    }
    this.#rows = rows;
    this.#end = end;
    this.#left.fill(-1);
  }

  get byteLength(): number {
    return this.#rows.byteLength + 13 * this.#start.length;
  }

  #order(raw: number): void {
    const start = this.#start[raw]!;
    sortRows(this.#rows.subarray(start, start + this.#count[raw]!), this.#compare);
    this.#isUnordered[raw] = 0;
  }

  #move(raw: number): void {
    const count = this.#count[raw]!;
    const size = 32 - Math.clz32(count + 1);
    const from = this.#start[raw]!;
    let to = this.#left[size]!;
    if (to >= 0) this.#left[size] = this.#rows[to]!;
    else {
      to = this.#end;
      this.#end += 1 << size;
      this.#rows = grow(this.#rows, this.#end);
    }
    const rows = this.#rows;
    for (let at = 0; at < count; at++) rows[to + at] = rows[from + at]!;
    if (count > 0) {
      // A place that was cut holds as much as the size below it.
      const left = 31 - Math.clz32(count);
      rows[from] = this.#left[left]!;
      this.#left[left] = from;
    }
    this.#start[raw] = to;
    this.#room[raw] = 1 << size;
  }

  #growCustomers(count: number): void {
    this.#start = grow(this.#start, count);
    this.#count = grow(this.#count, count);
    this.#room = grow(this.#room, count);
    this.#isUnordered = grow(this.#isUnordered, count);
  }
}
