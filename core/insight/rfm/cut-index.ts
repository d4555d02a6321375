/**
 * Keeps the quantile cuts of a base up to date while a few of its customers change, with the same answers as
 * `deriveCuts`. Recency and frequency are whole numbers and counted exactly; money is counted by the upper 16 bits of its
 * value as a 32-bit float (buckets under 1 % wide, in order of the values), and the bucket that holds a quantile is
 * searched. A change costs its customers; reading the cuts costs one pass over two bytes a customer.
 */
import { rankDisc } from '../../statistics/quantile-disc.ts';
import { selectRank } from '../../statistics/quantiles-disc.ts';
import type { BusinessDay } from '../../units/business-day.ts';
import type { Amounts } from './derive-amounts.ts';
import { cutShares, type RfmCuts } from './derive-cuts.ts';
import type { Cuts, RfmThresholds } from './thresholds.ts';

const nobody = 0;
const float = new Float32Array(1);
const bits = new Int32Array(float.buffer);

/** Rises with the value; 0 is kept for customers without an order. */
const bucketOf = (value: number): number => {
  float[0] = value;
  const raw = bits[0] as number;
  return ((raw < 0 ? ~raw : raw | 0x80000000) >>> 16) & 0xffff;
};

export class CutIndex {
  readonly #thresholds: RfmThresholds;
  #people = 0;
  #byLastDay = new Int32Array(0);
  #byOrders = new Int32Array(0);
  readonly #byBucket = new Int32Array(65_536);
  /** Bucket of each customer's money. */
  #bucket = new Uint16Array(0);

  constructor(thresholds: RfmThresholds, amounts: Amounts, customers: number) {
    this.#thresholds = thresholds;
    this.reserve(customers);
    for (let c = 0; c < customers; c++) this.add(amounts, c);
  }

  reserve(customers: number): void {
    if (customers > this.#bucket.length) this.#bucket = widened(this.#bucket, customers + (customers >> 4));
  }

  add(amounts: Amounts, c: number): void {
    const orders = amounts.orders[c] as number;
    const lastDay = amounts.lastDay[c] as number;
    if (orders >= this.#byOrders.length) this.#byOrders = widened(this.#byOrders, orders * 2 + 64);
    if (lastDay >= this.#byLastDay.length) this.#byLastDay = widened(this.#byLastDay, lastDay + 400);
    this.#bucket[c] = orders === 0 ? nobody : bucketOf(amounts.netFen[c] as number);
    if (orders > 0) this.#count(amounts, c, 1);
  }

  /** Before the customer's amounts become others. */
  remove(amounts: Amounts, c: number): void {
    if ((amounts.orders[c] as number) > 0) this.#count(amounts, c, -1);
  }

  cuts(amounts: Amounts, customers: number, asOfDay: BusinessDay): RfmCuts {
    const { recency, frequency, money } = this.#thresholds;
    const of = (cuts: Cuts, find: () => readonly number[]): readonly number[] =>
      cuts.mode === 'fixed' ? cuts.values : this.#people === 0 ? cutShares.map(() => Number.NaN) : find();
    return {
      recency: of(recency, () => this.#recencyCuts(asOfDay)),
      frequency: of(frequency, () => walk(this.#byOrders, this.#ranks())),
      money: of(money, () => this.#moneyCuts(amounts, customers)),
    };
  }

  #count(amounts: Amounts, c: number, one: 1 | -1): void {
    this.#people += one;
    bump(this.#byOrders, amounts.orders[c] as number, one);
    bump(this.#byLastDay, amounts.lastDay[c] as number, one);
    bump(this.#byBucket, this.#bucket[c] as number, one);
  }

  #ranks(): number[] {
    return cutShares.map((share) => rankDisc(this.#people, share));
  }

  /** Fewest days first: the days are walked backwards. */
  #recencyCuts(asOfDay: BusinessDay): number[] {
    const backwards = this.#ranks().map((rank) => this.#people - 1 - rank);
    return walk(this.#byLastDay, backwards.reverse())
      .reverse()
      .map((day) => asOfDay - day);
  }

  #moneyCuts({ netFen }: Amounts, customers: number): number[] {
    const ranks = this.#ranks();
    const buckets = walk(this.#byBucket, ranks);
    const values = new Map<number, Float64Array>();
    const sizes = new Map<number, number>();
    for (const bucket of buckets) {
      values.set(bucket, new Float64Array(this.#byBucket[bucket] as number));
      sizes.set(bucket, 0);
    }
    const [a, b, c, d] = buckets as [number, number, number, number];
    const own = this.#bucket;
    for (let who = 0; who < customers; who++) {
      const bucket = own[who] as number;
      if (bucket !== a && bucket !== b && bucket !== c && bucket !== d) continue;
      const at = sizes.get(bucket) as number;
      (values.get(bucket) as Float64Array)[at] = netFen[who] as number;
      sizes.set(bucket, at + 1);
    }
    return ranks.map((rank, at) => {
      const bucket = buckets[at] as number;
      let below = 0;
      for (let i = 0; i < bucket; i++) below += this.#byBucket[i] as number;
      return selectRank(values.get(bucket) as Float64Array, rank - below);
    });
  }
}

/** The places at which rising ranks are reached, counting from the first place. */
function walk(counts: Int32Array, ranks: readonly number[]): number[] {
  let at = 0;
  let below = 0;
  return ranks.map((rank) => {
    while (below + (counts[at] as number) <= rank) below += counts[at++] as number;
    return at;
  });
}

function bump(counts: Int32Array, at: number, by: number): void {
  counts[at] = (counts[at] as number) + by;
}

function widened<Kind extends Int32Array | Uint16Array>(column: Kind, length: number): Kind {
  const next = new (column.constructor as new (length: number) => Kind)(length);
  next.set(column);
  return next;
}
