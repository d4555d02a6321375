/**
 * Everybody's figures, counted, so that their quantile cuts need no sorting. Recency and frequency are whole numbers and
 * counted exactly; money is counted by the upper 16 bits of its value as a 32-bit float (buckets under 1 % wide, in
 * order of the values), and the bucket that holds a quantile is searched.
 */
import { rankDisc } from '../../statistics/quantile-disc.ts';
import { selectRank } from '../../statistics/quantiles-disc.ts';
import type { BusinessDay } from '../../units/business-day.ts';
import type { Amounts } from './derive-amounts.ts';
import type { CategoryThresholds, Cuts, RfmDimension } from './thresholds.ts';

export type RfmCuts = Readonly<Record<RfmDimension, readonly number[]>>;

/** Where the quantile cuts lie. */
const cutShares = [0.2, 0.4, 0.6, 0.8];

export const moneyBuckets = 65_536;

const float = new Float32Array(1);
const bits = new Int32Array(float.buffer);

/** Rises with the value. */
export const moneyBucket = (value: number): number => {
  float[0] = value;
  const raw = bits[0] as number;
  return ((raw < 0 ? ~raw : raw | 0x80000000) >>> 16) & 0xffff;
};

export class FigureCounts {
  #people = 0;
  #byLastDay = new Int32Array(0);
  #byOrders = new Int32Array(0);
  readonly #byBucket = new Int32Array(moneyBuckets);

  /** One more with such figures, or one fewer. */
  count({ orders, lastDay, netFen }: Amounts, c: number, one: 1 | -1): void {
    const often = orders[c] as number;
    if (often === 0) return;
    const last = lastDay[c] as number;
    if (often >= this.#byOrders.length) this.#byOrders = widened(this.#byOrders, often * 2 + 64);
    if (last >= this.#byLastDay.length) this.#byLastDay = widened(this.#byLastDay, last + 400);
    this.#people += one;
    bump(this.#byOrders, often, one);
    bump(this.#byLastDay, last, one);
    bump(this.#byBucket, moneyBucket(netFen[c] as number), one);
  }

  /** `read`: fills each list with the amounts in its bucket, as many as it has places. */
  cuts(
    { recency, frequency, money }: CategoryThresholds,
    asOfDay: BusinessDay,
    read: (listOfBucket: ReadonlyMap<number, Float64Array>) => void,
  ): RfmCuts {
    const of = (cuts: Cuts, find: () => readonly number[]): readonly number[] =>
      cuts.mode === 'fixed' ? cuts.values : this.#people === 0 ? cutShares.map(() => Number.NaN) : find();
    return {
      recency: of(recency, () => this.#recencyCuts(asOfDay)),
      frequency: of(frequency, () => walk(this.#byOrders, this.#ranks()).map(({ at }) => at)),
      money: of(money, () => this.#moneyCuts(read)),
    };
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

  #moneyCuts(read: (listOfBucket: ReadonlyMap<number, Float64Array>) => void): number[] {
    const ranks = this.#ranks();
    const places = walk(this.#byBucket, ranks);
    const lists = new Map(places.map(({ at }) => [at, new Float64Array(this.#byBucket[at] as number)]));
    read(lists);
    return places.map(({ at, below }, n) => selectRank(lists.get(at) as Float64Array, (ranks[n] as number) - below));
  }
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

function widened(column: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const next = new Int32Array(length);
  next.set(column);
  return next;
}
