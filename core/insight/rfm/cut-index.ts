/**
 * Counts a base so that its quantile cuts need no sorting, and stay up to date while a few customers change. Recency
 * and frequency are whole numbers and counted exactly; money is counted by the upper 16 bits of its value as a 32-bit
 * float (buckets under 1 % wide, in order of the values), and the bucket that holds a quantile is searched. A change
 * costs its customers; reading the cuts costs one pass over two bytes a customer.
 */
import { rankDisc } from '../../statistics/quantile-disc.ts';
import { selectRank } from '../../statistics/quantiles-disc.ts';
import type { BusinessDay } from '../../units/business-day.ts';
import type { Amounts } from './derive-amounts.ts';
import type { CategoryThresholds, Cuts, RfmDimension } from './thresholds.ts';

export type RfmCuts = Readonly<Record<RfmDimension, readonly number[]>>;

/** Where the quantile cuts lie. */
const cutShares = [0.2, 0.4, 0.6, 0.8];

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
  readonly #thresholds: CategoryThresholds;
  #people = 0;
  #byLastDay = new Int32Array(0);
  #byOrders = new Int32Array(0);
  readonly #byBucket = new Int32Array(65_536);
  /** Bucket of each customer's money. */
  #bucket = new Uint16Array(0);

  constructor(thresholds: CategoryThresholds, amounts: Amounts, customers: number) {
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
      frequency: of(frequency, () => walk(this.#byOrders, this.#ranks()).map(({ at }) => at)),
      money: of(money, () => this.#moneyCuts(amounts, customers)),
    };
  }

  /**
   * Whoever stands between an old cut and a new one: a score counts the cuts strictly below a value, so nobody else can
   * have moved. Somebody may be named twice. Answers how many it named.
   */
  visitMoved(
    amounts: Amounts,
    customers: number,
    asOfDay: BusinessDay,
    before: RfmCuts,
    after: RfmCuts,
    visit: (customer: number) => void,
  ): number {
    let named = 0;
    const scan = (column: Int32Array | Float64Array, low: number, high: number): void => {
      for (let c = 0; c < customers; c++) {
        // Without old or new cuts (NaN) no comparison holds, and everybody is named.
        if ((column[c] as number) <= low || (column[c] as number) > high) continue;
        visit(c);
        named++;
      }
    };
    for (const [old, cut] of changes(before.frequency, after.frequency))
      scan(amounts.orders, Math.min(old, cut), Math.max(old, cut));
    // More days since are an earlier day: the bounds change sides and the open end.
    for (const [old, cut] of changes(before.recency, after.recency))
      scan(amounts.lastDay, asOfDay - Math.max(old, cut) - 1, asOfDay - Math.min(old, cut) - 1);
    const money = changes(before.money, after.money);
    if (money.length === 0) return named;
    if (money.some(([old, cut]) => Number.isNaN(old) || Number.isNaN(cut))) {
      scan(amounts.netFen, Number.NaN, Number.NaN);
      return named;
    }
    const isNear = new Uint8Array(65_536);
    for (const [old, cut] of money) isNear.fill(1, bucketOf(Math.min(old, cut)), bucketOf(Math.max(old, cut)) + 1);
    const { netFen } = amounts;
    const own = this.#bucket;
    for (let c = 0; c < customers; c++) {
      if (isNear[own[c] as number] === 0) continue;
      const value = netFen[c] as number;
      if (!money.some(([old, cut]) => value > Math.min(old, cut) && value <= Math.max(old, cut))) continue;
      visit(c);
      named++;
    }
    return named;
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
      .map(({ at }) => asOfDay - at);
  }

  #moneyCuts({ netFen }: Amounts, customers: number): number[] {
    const ranks = this.#ranks();
    const places = walk(this.#byBucket, ranks);
    const valuesOf = new Map(places.map(({ at }) => [at, new Float64Array(this.#byBucket[at] as number)]));
    const isWanted = new Uint8Array(65_536);
    for (const { at } of places) isWanted[at] = 1;
    const sizes = new Map<number, number>();
    const own = this.#bucket;
    for (let c = 0; c < customers; c++) {
      const bucket = own[c] as number;
      if (isWanted[bucket] === 0) continue;
      const size = sizes.get(bucket) ?? 0;
      (valuesOf.get(bucket) as Float64Array)[size] = netFen[c] as number;
      sizes.set(bucket, size + 1);
    }
    return places.map(({ at, below }, n) => selectRank(valuesOf.get(at) as Float64Array, (ranks[n] as number) - below));
  }
}

/** Pairs of an old and a new cut that differ. */
function changes(before: readonly number[], after: readonly number[]): (readonly [number, number])[] {
  return after.flatMap((cut, at) => (Object.is(cut, before[at]) ? [] : [[before[at] as number, cut] as const]));
}

/** The places at which rising ranks are reached, counting from the first place, and how many stand below each. */
function walk(counts: Int32Array, ranks: readonly number[]): { readonly at: number; readonly below: number }[] {
  let at = 0;
  let below = 0;
  return ranks.map((rank) => {
    while (below + (counts[at] as number) <= rank) below += counts[at++] as number;
    return { at, below };
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
