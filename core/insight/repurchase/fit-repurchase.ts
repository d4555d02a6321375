/**
 * Learns the repurchase parameters from a shop's own history up to a day. Effects and their k by moments
 * (`gap-effects.ts`); then shift, pull, sigma, spread, the weight of sigma and the return log odds by maximum
 * likelihood over closed gaps and, as censored observations, the open intervals after each pair's last purchase. Each
 * observation knows only what was known when its interval began. Customers are read in order of id, so facts that
 * arrived in another order give the same parameters. Refuses (gives the defaults) below 30 gaps.
 */
import type { Ledger } from '#core/datasets/ledger-columns.ts';
import { logistic } from '../../statistics/logistic.ts';
import { minimise } from '../../statistics/minimise.ts';
import { logNormalCdf } from '../../statistics/log-normal.ts';
import { roundProbability } from '../../statistics/rounding.ts';
import type { BusinessDay } from '../../units/business-day.ts';
import { fewestShopGaps } from './derive-pairs.ts';
import { type GapEffects, deriveGapEffects } from './gap-effects.ts';
import { type Intervals, collectGaps, collectIntervals } from './collect-gaps.ts';
import { type GapLaw, predictGap } from './predict-gap.ts';
import { productKey } from '../product-key.ts';
import type { RepurchaseParameters } from './repurchase-parameters.ts';

/** Products with an entry of their own; the rest fall back to their category. */
const mostProducts = 5000;
const mostIntervals = 8000;

export const fitRepurchase = (
  ledger: Ledger,
  customers: Int32Array,
  asOfDay: BusinessDay,
  defaults: RepurchaseParameters,
): RepurchaseParameters => {
  const found = collectGaps(ledger, customers, asOfDay);
  if (found.gaps.size < fewestShopGaps) return { ...defaults, gaps: found.gaps.size };
  const effects = deriveGapEffects(found.gaps, {
    categories: found.categories.length,
    products: ledger.productCount,
    customers: ledger.customerCount,
    pairs: found.pairs,
  });
  const start: RepurchaseParameters = {
    ...defaults,
    ...namedEffects(ledger, found.gaps.product.subarray(0, found.gaps.size), found.categories, effects),
    mu: roundProbability(effects.mu),
    customerK: roundProbability(effects.customerK),
    pairK: roundProbability(effects.pairK),
    gaps: found.gaps.size,
  };
  return fitShape(collectIntervals(ledger, customers, asOfDay, start, mostIntervals), start);
};

function namedEffects(
  ledger: Ledger,
  gapProducts: Int32Array,
  categories: readonly string[],
  effects: GapEffects,
): Pick<RepurchaseParameters, 'categories' | 'products'> {
  const counts = new Map<number, number>();
  for (const p of gapProducts) counts.set(p, (counts.get(p) ?? 0) + 1);
  const entries = [...counts].map(([p, n]) => ({
    key: productKey(ledger.product(p)),
    n,
    effect: effects.product[p] as number,
  }));
  entries.sort((a, b) => b.n - a.n || (a.key < b.key ? -1 : 1));
  return {
    categories: Object.fromEntries(
      categories.map((name, at) => [name, roundProbability(effects.category[at] as number)]),
    ),
    products: Object.fromEntries(
      entries.slice(0, mostProducts).map(({ key, effect }) => [key, roundProbability(effect)]),
    ),
  };
}

function fitShape(intervals: Intervals, start: RepurchaseParameters): RepurchaseParameters {
  const withPoint = (p: ArrayLike<number>): RepurchaseParameters => ({
    ...start,
    returns: [p[0] as number, p[1] as number, p[2] as number],
    shift: p[3] as number,
    pull: Math.min(0.9, Math.max(-0.5, p[4] as number)),
    sigma: Math.exp(p[5] as number),
    spread: Math.exp(p[6] as number),
    sigmaWeight: Math.exp(p[7] as number),
  });
  const first = [
    0.5,
    0.5,
    0,
    0,
    start.pull,
    Math.log(start.sigma),
    Math.log(start.spread),
    Math.log(start.sigmaWeight),
  ];
  const { point } = minimise((p) => cost(intervals, withPoint(p)), first, [0.5, 0.4, 0.2, 0.2, 0.15, 0.25, 0.25, 0.5], {
    evaluations: 700,
    tolerance: 1e-6,
  });
  const fitted = withPoint(point);
  const round = roundProbability;
  return {
    ...fitted,
    returns: [round(fitted.returns[0]), round(fitted.returns[1]), round(fitted.returns[2])],
    shift: round(fitted.shift),
    pull: round(fitted.pull),
    sigma: round(fitted.sigma),
    spread: round(fitted.spread),
    sigmaWeight: round(fitted.sigmaWeight),
  };
}

const law: GapLaw = { location: 0, deviation: 1, returns: 0 };

/** Minus the log-likelihood, with weak priors that keep unseen directions where they began. */
function cost(intervals: Intervals, parameters: RepurchaseParameters): number {
  let sum = 0;
  for (let i = 0; i < intervals.size; i++) {
    predictGap(
      {
        m: intervals.m[i] as number,
        purchases: intervals.purchases[i] as number,
        lastLogGap: intervals.lastLogGap[i] as number,
        squares: intervals.squares[i] as number,
      },
      parameters,
      law,
    );
    const days = intervals.days[i] as number;
    if (intervals.isOpen[i] === 1) {
      sum -= Math.log(Math.max(1e-9, 1 - law.returns * logNormalCdf(days + 0.5, law.location, law.deviation)));
    } else {
      const z = (Math.log(days) - law.location) / law.deviation;
      sum += z * z * 0.5 + Math.log(law.deviation) - Math.log(Math.max(1e-9, law.returns));
    }
  }
  const { returns, sigma, spread, sigmaWeight, shift } = parameters;
  const timid = returns[0] ** 2 / 18 + returns[1] ** 2 / 8 + returns[2] ** 2 / 8 + shift ** 2 / 2;
  const narrow = Math.log(sigma / 0.5) ** 2 / 2 + Math.log(spread / 0.6) ** 2 / 2 + Math.log(sigmaWeight / 4) ** 2 / 2;
  return sum + timid + narrow + (logistic(returns[0]) < 1e-4 ? 1 : 0);
}
