/**
 * One customer's baskets gathered by product, up to the one that is asked about. Buffers live as long as the reader and
 * hold one customer at a time.
 */
import type { BasketHistories } from './basket-histories.ts';

export class OwnBaskets {
  /** Baskets read; distinct products in `products`, in order of first purchase. */
  baskets = 0;
  readonly products: number[] = [];
  /** Products of the last basket, and lines of all. */
  lastSize = 0;
  lines = 0;
  /** Products bought once. */
  singles = 0;
  /** Lines of later baskets that had been bought before, and lines of later baskets. */
  againLines = 0;
  laterLines = 0;
  /** By product; only those of `products` are filled. */
  readonly times: Int32Array;
  readonly first: Int32Array;
  readonly last: Int32Array;
  /** Sum of 0.8 and 0.5 to the power of baskets since. */
  readonly slow: Float64Array;
  readonly fast: Float64Array;
  /** Sum of 1 / size of the baskets it was in. */
  readonly shares: Float64Array;

  constructor(itemCount: number) {
    this.times = new Int32Array(itemCount);
    this.first = new Int32Array(itemCount);
    this.last = new Int32Array(itemCount);
    this.slow = new Float64Array(itemCount);
    this.fast = new Float64Array(itemCount);
    this.shares = new Float64Array(itemCount);
  }

  has(product: number): boolean {
    return this.times[product]! > 0;
  }

  read({ basketStart, itemStart, item }: BasketHistories, place: number, leaveOut: number): this {
    this.#clear();
    const from = basketStart[place]!;
    const n = Math.max(0, basketStart[place + 1]! - from - leaveOut);
    for (let b = 0; b < n; b++) {
      const [start, end] = [itemStart[from + b]!, itemStart[from + b + 1]!];
      let before = 0;
      for (let x = start; x < end; x++) {
        const i = item[x]!;
        if (this.times[i] === 0) {
          this.products.push(i);
          this.first[i] = b;
        } else before++;
        this.times[i]!++;
        this.last[i] = b;
        this.slow[i]! += slowDecay ** (n - 1 - b);
        this.fast[i]! += fastDecay ** (n - 1 - b);
        this.shares[i]! += 1 / (end - start);
      }
      this.lines += end - start;
      if (b > 0) {
        this.againLines += before;
        this.laterLines += end - start;
      }
      this.lastSize = end - start;
    }
    this.baskets = n;
    for (const i of this.products) if (this.times[i] === 1) this.singles++;
    return this;
  }

  #clear(): void {
    for (const i of this.products) this.times[i] = this.slow[i] = this.fast[i] = this.shares[i] = 0;
    this.products.length = 0;
    this.baskets = this.lastSize = this.lines = this.singles = this.againLines = this.laterLines = 0;
  }
}

export const slowDecay = 0.8;
export const fastDecay = 0.5;
