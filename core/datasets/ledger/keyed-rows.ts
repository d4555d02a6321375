/**
 * Rows that compete for their key: of all rows of a key whose chunk counts, the one of highest rank is `best`. Every
 * row is kept, so that a withdrawal lets what was superseded count again. `settle` tells what became of a key.
 */
import type { ChunkBook } from './chunk-book.ts';
import { grow, trim } from './grow.ts';

export interface RowRules {
  /** Whether row `a` ranks above row `b` of the same key, chunks and order within a chunk aside; 0 when they tie. */
  compare(a: number, b: number): number;
  /** The best row of a key is another; -1 for none. */
  settle(key: number, before: number, after: number): void;
}

export class KeyedRows {
  count = 0;
  key = new Int32Array(0);
  /** By key: -1 while no row of it counts. */
  best = new Int32Array(0);
  #head = new Int32Array(0);
  #next = new Int32Array(0);
  /** Rows of a chunk stand together: its number, and where they begin. */
  readonly #chunkOfRun: number[] = [];
  readonly #firstOfRun: number[] = [];
  readonly #chunks: ChunkBook;
  readonly #rules: RowRules;

  constructor(chunks: ChunkBook, rules: RowRules) {
    this.#chunks = chunks;
    this.#rules = rules;
  }

  /** Row `count` becomes a row of `key`; what `compare` reads must be in place already. */
  append(key: number, chunk: number): void {
    const row = this.count++;
    if (row >= this.key.length) {
      this.key = grow(this.key, this.count);
      this.#next = grow(this.#next, this.count);
    }
    if (key >= this.best.length) {
      this.best = grow(this.best, key + 1, -1);
      this.#head = grow(this.#head, key + 1, -1);
    }
    this.key[row] = key;
    if (chunk !== this.#chunkOfRun.at(-1)) {
      this.#chunkOfRun.push(chunk);
      this.#firstOfRun.push(row);
    }
    this.#next[row] = this.#head[key]!;
    this.#head[key] = row;
    if (this.#chunks.isActive(chunk)) this.#offer(row);
  }

  /** The chunk of these rows began or ceased to count. */
  settle(firstRow: number, endRow: number): void {
    const isActive = firstRow < endRow && this.#chunks.isActive(this.#chunkOf(firstRow));
    for (let row = firstRow; row < endRow; row++) {
      if (isActive) this.#offer(row);
      else if (this.best[this.key[row]!] === row) this.#elect(this.key[row]!);
    }
  }

  trim(): void {
    this.key = trim(this.key, this.count);
    this.#next = trim(this.#next, this.count);
  }

  bestOf(key: number): number {
    return key < this.best.length ? this.best[key]! : -1;
  }

  get byteLength(): number {
    return 4 * (2 * this.key.length + 2 * this.best.length);
  }

  #offer(row: number): void {
    const key = this.key[row]!;
    const before = this.best[key]!;
    if (before === row || (before >= 0 && !this.#outranks(row, before))) return;
    this.best[key] = row;
    this.#rules.settle(key, before, row);
  }

  #elect(key: number): void {
    const before = this.best[key]!;
    let best = -1;
    for (let row = this.#head[key]!; row >= 0; row = this.#next[row]!)
      if (this.#chunks.isActive(this.#chunkOf(row)) && (best < 0 || this.#outranks(row, best))) best = row;
    this.best[key] = best;
    this.#rules.settle(key, before, best);
  }

  #outranks(a: number, b: number): boolean {
    return (this.#rules.compare(a, b) || this.#chunks.compare(this.#chunkOf(a), this.#chunkOf(b)) || a - b) > 0;
  }

  #chunkOf(row: number): number {
    let [low, high] = [0, this.#firstOfRun.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#firstOfRun[middle]! <= row) low = middle;
      else high = middle - 1;
    }
    return this.#chunkOfRun[low]!;
  }
}
