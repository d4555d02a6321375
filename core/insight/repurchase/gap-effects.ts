/**
 * The shop's, categories', products', customers' and pairs' effects on ln(gap), each a shrunk mean residual of what the
 * level above left, in this order, with k by moments (`PREDICTION` 2.1: k of products about 13, of customers 4, of pairs
 * 600 where a shop shows too little to tell). `PairStates` says what was known of a pair when a gap began: its own later
 * gaps are taken out of every mean, so that no observation is predicted with itself.
 */
import { shrink, varianceRatio } from '../../statistics/shrink.ts';
import type { GapHistory } from './predict-gap.ts';
import type { Histories } from './histories.ts';
import { scatterOf } from './pair-history.ts';

/** ln gaps by row of the histories (NaN at a pair's first purchase) and ln of what each purchase does to the next. */
export interface LogGaps {
  readonly y: Float64Array;
  readonly factor: Float64Array;
}

interface Level {
  readonly count: Int32Array;
  readonly sum: Float64Array;
  readonly effect: Float64Array;
  readonly k: number;
}

export interface GapEffects {
  /** Mean and standard deviation over all gaps. */
  readonly mu: number;
  readonly scatter: number;
  readonly gaps: number;
  readonly category: Level;
  readonly product: Level;
  readonly customer: Level;
  readonly pairK: number;
}

export const deriveGapEffects = (histories: Histories, { y }: LogGaps): GapEffects => {
  let mu = 0;
  let gaps = 0;
  for (let row = 0; row < y.length; row++) {
    if (Number.isNaN(y[row])) continue;
    mu += y[row] as number;
    gaps++;
  }
  mu = gaps > 0 ? mu / gaps : 0;
  const rest = new Float64Array(y.length);
  let squares = 0;
  for (let row = 0; row < y.length; row++) {
    const each = (y[row] as number) - mu;
    rest[row] = each;
    if (!Number.isNaN(each)) squares += each * each;
  }
  const { product, customer, categoryOf, keys, categories } = histories;
  const take = (groups: number, groupOf: Int32Array, fallbackK: number): Level =>
    takeLevel(histories, rest, groups, groupOf, fallbackK);
  return {
    mu,
    scatter: Math.max(0.05, Math.sqrt(squares / Math.max(1, gaps))),
    gaps,
    category: take(
      categories.length,
      product.map((p) => categoryOf[p] as number),
      13,
    ),
    product: take(keys.length, product, 13),
    customer: take(histories.customers, customer, 4),
    pairK: take(histories.pairs, Int32Array.from(product.keys()), 600).k,
  };
};

/** Shrunk group means, taken off `rest` in place. */
function takeLevel(
  { pairs, start }: Histories,
  rest: Float64Array,
  groups: number,
  groupOf: Int32Array,
  fallbackK: number,
): Level {
  const count = new Int32Array(groups);
  const sum = new Float64Array(groups);
  const squares = new Float64Array(groups);
  for (let pair = 0; pair < pairs; pair++) {
    const g = groupOf[pair] as number;
    for (let row = (start[pair] as number) + 1; row < (start[pair + 1] as number); row++) {
      const each = rest[row] as number;
      count[g] = (count[g] as number) + 1;
      sum[g] = (sum[g] as number) + each;
      squares[g] = (squares[g] as number) + each * each;
    }
  }
  const k = varianceRatio({ count, sum, squares }, fallbackK);
  const effect = sum.map((total, g) => shrink(total, count[g] as number, k));
  for (let pair = 0; pair < pairs; pair++) {
    const off = effect[groupOf[pair] as number] as number;
    for (let row = (start[pair] as number) + 1; row < (start[pair + 1] as number); row++)
      rest[row] = (rest[row] as number) - off;
  }
  return { count, sum, effect, k };
}

export class PairStates {
  readonly #histories: Histories;
  readonly #logGaps: LogGaps;
  readonly #effects: GapEffects;

  constructor(histories: Histories, logGaps: LogGaps, effects: GapEffects) {
    this.#histories = histories;
    this.#logGaps = logGaps;
    this.#effects = effects;
  }

  /** What a pair's first `purchases` purchases said. */
  read(pair: number, purchases: number, into: GapHistory): GapHistory {
    const { y, factor } = this.#logGaps;
    const { start } = this.#histories;
    const first = start[pair] as number;
    const gaps = purchases - 1;
    let sum = 0;
    let squares = 0;
    let least = Number.POSITIVE_INFINITY;
    let most = Number.NEGATIVE_INFINITY;
    let smoothed = 0;
    for (let row = first + 1; row < first + purchases; row++) {
      const each = y[row] as number;
      sum += each;
      squares += each * each;
      least = Math.min(least, each);
      most = Math.max(most, each);
      smoothed = row === first + 1 ? each : (smoothed + each) / 2;
    }
    const last = first + gaps;
    this.#readEffects(pair, first + purchases, into);
    const base = this.#effects.mu + into.product + into.customer;
    into.m = base + shrink(sum - gaps * base, gaps, this.#effects.pairK);
    into.purchases = purchases;
    into.meanLogGap = gaps > 0 ? sum / gaps : 0;
    into.squares = scatterOf(gaps, sum, squares);
    into.lastLogGap = gaps > 0 ? (y[last] as number) : 0;
    into.previousLogGap = gaps > 1 ? (y[last - 1] as number) : into.lastLogGap;
    into.leastLogGap = gaps > 0 ? least : 0;
    into.mostLogGap = gaps > 0 ? most : 0;
    into.smoothedLogGap = smoothed;
    into.factor = factor[last] as number;
    return into;
  }

  /** The product's and the customer's effect without the pair's gaps from row `from` on. */
  #readEffects(pair: number, from: number, into: GapHistory): void {
    const { start, product, customer, categoryOf } = this.#histories;
    const { mu, category, product: byProduct, customer: byCustomer } = this.#effects;
    const { y } = this.#logGaps;
    const p = product[pair] as number;
    const c = customer[pair] as number;
    const categoryEffect = category.effect[categoryOf[p] as number] as number;
    const whole = categoryEffect + (byProduct.effect[p] as number);
    let productSum = byProduct.sum[p] as number;
    let customerSum = byCustomer.sum[c] as number;
    const later = Math.max(0, (start[pair + 1] as number) - from);
    for (let row = from; row < (start[pair + 1] as number); row++) {
      productSum -= (y[row] as number) - mu - categoryEffect;
      customerSum -= (y[row] as number) - mu - whole;
    }
    into.product = categoryEffect + shrink(productSum, (byProduct.count[p] as number) - later, byProduct.k);
    into.customer = shrink(customerSum, (byCustomer.count[c] as number) - later, byCustomer.k);
  }
}
