/**
 * Keeps the quantile cuts of a base up to date while a few customers change. Beside the counted figures, whoever stands
 * in one bucket of money is chained, so that a change costs its customers and reading the cuts costs the four buckets
 * that hold one.
 */
import type { BusinessDay } from '../../units/business-day.ts';
import type { Amounts } from './derive-amounts.ts';
import { FigureCounts, type RfmCuts, moneyBucket, moneyBuckets } from './figure-counts.ts';
import type { CategoryThresholds } from './thresholds.ts';

const nobody = -1;

export class CutIndex {
  readonly #thresholds: CategoryThresholds;
  readonly #counts = new FigureCounts();
  readonly #first = new Int32Array(moneyBuckets).fill(nobody);
  /** The neighbours of each customer in the chain of their bucket. */
  #next = new Int32Array(0);
  #before = new Int32Array(0);

  constructor(thresholds: CategoryThresholds, amounts: Amounts, customers: number) {
    this.#thresholds = thresholds;
    this.reserve(customers);
    for (let c = 0; c < customers; c++) this.add(amounts, c);
  }

  reserve(customers: number): void {
    if (customers <= this.#next.length) return;
    const [next, before] = [this.#next, this.#before];
    this.#next = new Int32Array(customers + (customers >> 4));
    this.#before = new Int32Array(this.#next.length);
    this.#next.set(next);
    this.#before.set(before);
  }

  add(amounts: Amounts, c: number): void {
    if ((amounts.orders[c] as number) === 0) return;
    this.#counts.count(amounts, c, 1);
    const bucket = moneyBucket(amounts.netFen[c] as number);
    const next = this.#first[bucket] as number;
    this.#first[bucket] = c;
    this.#next[c] = next;
    this.#before[c] = nobody;
    if (next !== nobody) this.#before[next] = c;
  }

  /** Before the customer's amounts become others. */
  remove(amounts: Amounts, c: number): void {
    if ((amounts.orders[c] as number) === 0) return;
    this.#counts.count(amounts, c, -1);
    const next = this.#next[c] as number;
    const before = this.#before[c] as number;
    if (next !== nobody) this.#before[next] = before;
    if (before !== nobody) this.#next[before] = next;
    else this.#first[moneyBucket(amounts.netFen[c] as number)] = next;
  }

  cuts({ netFen }: Amounts, asOfDay: BusinessDay): RfmCuts {
    return this.#counts.cuts(this.#thresholds, asOfDay, (listOfBucket) => {
      for (const [bucket, list] of listOfBucket) {
        let size = 0;
        for (let c = this.#first[bucket] as number; c !== nobody; c = this.#next[c] as number)
          list[size++] = netFen[c] as number;
      }
    });
  }

  /**
   * Whoever stands between an old cut and a new one: a score counts the cuts strictly below a value, so nobody else can
   * have moved. Somebody may be named twice. Answers how many it named.
   */
  visitMoved(
    { orders, lastDay, netFen }: Amounts,
    customers: number,
    asOfDay: BusinessDay,
    before: RfmCuts,
    after: RfmCuts,
    visit: (customer: number) => void,
  ): number {
    let named = 0;
    const name = (c: number): void => {
      visit(c);
      named++;
    };
    const scan = (column: Int32Array | Float64Array, low: number, high: number): void => {
      // Without old or new cuts (NaN) no comparison holds, and everybody is named.
      for (let c = 0; c < customers; c++) if (!((column[c] as number) <= low || (column[c] as number) > high)) name(c);
    };
    for (const [low, high] of changes(before.frequency, after.frequency)) scan(orders, low, high);
    // More days since are an earlier day: the bounds change sides and the open end.
    for (const [low, high] of changes(before.recency, after.recency))
      scan(lastDay, asOfDay - high - 1, asOfDay - low - 1);
    for (const [low, high] of changes(before.money, after.money)) {
      if (Number.isNaN(low)) scan(netFen, low, high);
      else this.#visitBetween(netFen, low, high, name);
    }
    return named;
  }

  #visitBetween(netFen: Float64Array, low: number, high: number, visit: (customer: number) => void): void {
    for (let bucket = moneyBucket(low); bucket <= moneyBucket(high); bucket++)
      for (let c = this.#first[bucket] as number; c !== nobody; c = this.#next[c] as number)
        if ((netFen[c] as number) > low && (netFen[c] as number) <= high) visit(c);
  }
}

/** From the lower to the higher of each old and new cut that differ; NaN to NaN where one is missing. */
function changes(before: readonly number[], after: readonly number[]): (readonly [number, number])[] {
  return after.flatMap((cut, at) => {
    const old = before[at] as number;
    return Object.is(cut, old) ? [] : [[Math.min(old, cut), Math.max(old, cut)] as const];
  });
}
