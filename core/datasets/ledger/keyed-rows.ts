/**
 * Rows that compete for their key: of all rows of a key whose chunk counts, the one of highest rank is its best. Every
 * row is kept, so that a withdrawal lets what was superseded count again. `settle` tells what became of a key. Most
 * shops' facts come once and in order: which key a row has is kept from the first that is not the next new one, and
 * which rows share a key from the first that do.
 */
import type { ChunkBook } from './chunk-book.ts';
import { grow, trim } from './grow.ts';

export interface RowRules {
  /** Whether row `a` ranks above row `b` of the same key, chunks and order within a chunk aside; 0 when they tie. */
  compare(a: number, b: number): number;
  /** The best row of a key is another; -1 for none. */
  settle(key: number, before: number, after: number): void;
}

interface Chain {
  /** By key: its latest row. */
  head: Int32Array<ArrayBuffer>;
  /** By row: the row of its key before; -1 for none. */
  next: Int32Array<ArrayBuffer>;
}

export class KeyedRows {
  count = 0;
  /** Null while row n has key n. */
  #key: Int32Array<ArrayBuffer> | null = null;
  /** By key: the row that counts; -1 while it has none at all, -2 - row while none of them counts. */
  #best = new Int32Array(0);
  /** Null while no key has two rows. */
  #chain: Chain | null = null;
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
    if (key !== row) this.#key ??= Int32Array.from({ length: row }, (_, own) => own);
    if (this.#key !== null) {
      if (row >= this.#key.length) this.#key = grow(this.#key, this.count);
      this.#key[row] = key;
    }
    if (key >= this.#best.length) this.#best = grow(this.#best, key + 1, -1);
    if (chunk !== this.#chunkOfRun.at(-1)) {
      this.#chunkOfRun.push(chunk);
      this.#firstOfRun.push(row);
    }
    if (this.#best[key] !== -1) this.#chain ??= this.#makeChain(row);
    if (this.#chain !== null) link(this.#chain, key, row);
    if (this.#chunks.isActive(chunk)) this.#offer(row);
    else if (this.#best[key] === -1) this.#best[key] = -2 - row;
  }

  keyOf(row: number): number {
    return this.#key === null ? row : this.#key[row]!;
  }

  /** The chunk of these rows began or ceased to count. */
  settle(firstRow: number, endRow: number): void {
    const isActive = firstRow < endRow && this.#chunks.isActive(this.#chunkOf(firstRow));
    for (let row = firstRow; row < endRow; row++) {
      if (isActive) this.#offer(row);
      else if (this.#best[this.keyOf(row)] === row) this.#elect(this.keyOf(row));
    }
  }

  trim(): void {
    if (this.#key !== null) this.#key = trim(this.#key, this.count);
    if (this.#chain !== null) this.#chain.next = trim(this.#chain.next, this.count);
  }

  bestOf(key: number): number {
    return key < this.#best.length ? Math.max(-1, this.#best[key]!) : -1;
  }

  get byteLength(): number {
    const columns = [this.#best, this.#key, this.#chain?.head, this.#chain?.next];
    return columns.reduce((sum, column) => sum + (column?.byteLength ?? 0), 0);
  }

  #offer(row: number): void {
    const key = this.keyOf(row);
    const before = this.bestOf(key);
    if (before === row || (before >= 0 && !this.#outranks(row, before))) return;
    this.#best[key] = row;
    this.#rules.settle(key, before, row);
  }

  #elect(key: number): void {
    const before = this.#best[key]!;
    const latest = this.#chain === null ? before : this.#chain.head[key]!;
    let best = -1;
    for (let row = latest; row >= 0; row = this.#chain === null ? -1 : this.#chain.next[row]!)
      if (this.#chunks.isActive(this.#chunkOf(row)) && (best < 0 || this.#outranks(row, best))) best = row;
    this.#best[key] = best < 0 ? -2 - latest : best;
    this.#rules.settle(key, before, best);
  }

  /** Of the rows so far, each of which is the only one of its key. */
  #makeChain(rows: number): Chain {
    const chain = { head: new Int32Array(this.#best.length).fill(-1), next: new Int32Array(rows).fill(-1) };
    for (let row = 0; row < rows; row++) chain.head[this.keyOf(row)] = row;
    return chain;
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

function link(chain: Chain, key: number, row: number): void {
  if (row >= chain.next.length) chain.next = grow(chain.next, row + 1);
  if (key >= chain.head.length) chain.head = grow(chain.head, key + 1, -1);
  chain.next[row] = chain.head[key]!;
  chain.head[key] = row;
}
