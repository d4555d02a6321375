/**
 * Columns of pairs (customer, product) that grow at the end; `finish` cuts them to length. There are nearly as many
 * pairs as order lines: days and chances are kept as the whole numbers of tenths and ten thousandths that they are
 * rounded to, and read by `dayAt` and `chanceAt`.
 */
export interface PairArrays {
  readonly pairProduct: Int32Array;
  readonly pairLastDay: Int32Array;
  /**
   * Business days (with one decimal) of the window's 10th, 50th and 90th percentile, counted from the last purchase
   * and given that there is a next one. It stays where it is as days pass: `is-due.ts` says what today inside and
   * behind it means. `noDay` for insufficient evidence. The probabilities below do know how much time has passed.
   */
  readonly pairP10: Int32Array;
  readonly pairP50: Int32Array;
  readonly pairP90: Int32Array;
  readonly pairWithin7: Uint16Array;
  readonly pairWithin14: Uint16Array;
  readonly pairWithin30: Uint16Array;
  /** Index into `evidences` of `profile/belief-columns.ts`. */
  readonly pairEvidence: Uint8Array;
  /** Purchases of this product by this customer. */
  readonly pairPurchases: Int32Array;
}

export const noDay = -0x80000000;

/** NaN where there is none. */
export const dayAt = (tenths: Int32Array, pair: number): number => {
  const kept = tenths[pair] ?? noDay;
  return kept === noDay ? Number.NaN : kept / 10;
};

export const chanceAt = (tenThousandths: Uint16Array, pair: number): number => (tenThousandths[pair] ?? 0) / 1e4;

export const pairArrayNames = [
  'pairProduct',
  'pairLastDay',
  'pairP10',
  'pairP50',
  'pairP90',
  'pairWithin7',
  'pairWithin14',
  'pairWithin30',
  'pairEvidence',
  'pairPurchases',
] as const satisfies readonly (keyof PairArrays)[];

export const createPairArrays = (capacity: number): PairArrays => ({
  pairProduct: new Int32Array(capacity),
  pairLastDay: new Int32Array(capacity),
  pairP10: new Int32Array(capacity),
  pairP50: new Int32Array(capacity),
  pairP90: new Int32Array(capacity),
  pairWithin7: new Uint16Array(capacity),
  pairWithin14: new Uint16Array(capacity),
  pairWithin30: new Uint16Array(capacity),
  pairEvidence: new Uint8Array(capacity),
  pairPurchases: new Int32Array(capacity),
});

export class PairColumns {
  size = 0;
  arrays: PairArrays;

  constructor(capacity: number) {
    this.arrays = createPairArrays(Math.max(16, capacity));
  }

  /** Makes room for `more` pairs behind `size`. */
  reserve(more: number): void {
    const wanted = this.size + more;
    const capacity = this.arrays.pairProduct.length;
    if (wanted <= capacity) return;
    const next = createPairArrays(Math.max(wanted, capacity + (capacity >> (capacity > 1_000_000 ? 3 : 1))));
    for (const name of pairArrayNames) next[name].set(this.arrays[name].subarray(0, this.size));
    this.arrays = next;
  }

  /** Appends pairs `from` to `to` of other columns. */
  copy(other: PairArrays, from: number, to: number): void {
    this.reserve(to - from);
    for (const name of pairArrayNames) this.arrays[name].set(other[name].subarray(from, to), this.size);
    this.size += to - from;
  }

  /** The pairs behind `from` stand at `to` instead, and `size` is `from` again. */
  moveBack(from: number, to: number): void {
    const { size } = this;
    // Few pairs each time: a loop costs less than ten calls of `copyWithin`.
    for (const name of pairArrayNames) {
      const column = this.arrays[name];
      for (let at = from; at < size; at++) column[to + at - from] = column[at] as number;
    }
    this.size = from;
  }

  /** Gives back the room beyond `spare` more pairs, one column at a time. */
  trim(spare: number): void {
    const capacity = this.size + spare;
    if (capacity >= this.arrays.pairProduct.length) return;
    const arrays = { ...this.arrays } as Record<keyof PairArrays, PairArrays[keyof PairArrays]>;
    for (const name of pairArrayNames) arrays[name] = arrays[name].slice(0, capacity);
    this.arrays = arrays as unknown as PairArrays;
  }

  finish(): PairArrays {
    const { arrays, size } = this;
    return {
      pairProduct: arrays.pairProduct.subarray(0, size),
      pairLastDay: arrays.pairLastDay.subarray(0, size),
      pairP10: arrays.pairP10.subarray(0, size),
      pairP50: arrays.pairP50.subarray(0, size),
      pairP90: arrays.pairP90.subarray(0, size),
      pairWithin7: arrays.pairWithin7.subarray(0, size),
      pairWithin14: arrays.pairWithin14.subarray(0, size),
      pairWithin30: arrays.pairWithin30.subarray(0, size),
      pairEvidence: arrays.pairEvidence.subarray(0, size),
      pairPurchases: arrays.pairPurchases.subarray(0, size),
    };
  }
}
