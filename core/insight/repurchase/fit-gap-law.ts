/**
 * The law of gaps by maximum likelihood: closed intervals by their density, open ones as censored, both given that they
 * had lasted until their entry. Weak priors keep directions the data does not see where a shop usually stands: eight or
 * nine in ten come back after a third purchase. First the law of repeated purchases, then (alone, so that the many pairs
 * bought once do not bend it) what a single purchase adds to it.
 */
import { minimiseSmooth } from '../../statistics/minimise-smooth.ts';
import { roundProbability } from '../../statistics/rounding.ts';
import type { Intervals } from './intervals.ts';
import { createGapLaw, predictGap, shareAfter, stillOpen } from './predict-gap.ts';
import type { RepurchaseParameters } from './repurchase-parameters.ts';

const fewestIntervals = 30;
/** What is divided by is never rounded to nothing. */
const leastScale = 1e-3;
const ln3 = Math.log(3);

export const fitGapLaw = (intervals: Intervals, start: RepurchaseParameters): RepurchaseParameters => {
  if (intervals.size < fewestIntervals) return start;
  const at = (p: ArrayLike<number>, j: number): number => p[j] as number;
  const withPoint = (p: ArrayLike<number>): RepurchaseParameters => ({
    ...start,
    returns: [at(p, 0) - at(p, 1) * ln3 - at(p, 2) * start.mu, at(p, 1), at(p, 2)],
    shift: at(p, 3),
    count: at(p, 4),
    pull: at(p, 5),
    productPull: at(p, 6),
    customerPull: at(p, 7),
    sigma: Math.exp(at(p, 8)),
    spread: Math.exp(at(p, 9)),
    sigmaWeight: Math.exp(at(p, 10)),
  });
  const priors: readonly Prior[] = [
    { mean: 2, variance: 1 },
    { mean: 1, variance: 2 },
    { mean: 0, variance: 0.5 },
    { mean: 0, variance: 0.5 },
    { mean: 0, variance: 0.25 },
    { mean: 0.15, variance: 0.25 },
    { mean: 0, variance: 0.25 },
    { mean: 0, variance: 0.25 },
    { mean: Math.log(0.5), variance: 1 },
    { mean: Math.log(0.6), variance: 1 },
    { mean: Math.log(4), variance: 1 },
  ];
  return rounded(withPoint(climb(intervals, priors, withPoint)));
};

export const fitOnce = (intervals: Intervals, start: RepurchaseParameters): RepurchaseParameters => {
  if (intervals.size < fewestIntervals) return start;
  const withPoint = (p: ArrayLike<number>): RepurchaseParameters => ({
    ...start,
    once: [p[0] as number, p[1] as number],
  });
  const priors = [
    { mean: 0, variance: 0.25 },
    { mean: 0, variance: 1 },
  ];
  return rounded(withPoint(climb(intervals, priors, withPoint)));
};

interface Prior {
  readonly mean: number;
  readonly variance: number;
}

function climb(
  intervals: Intervals,
  priors: readonly Prior[],
  withPoint: (point: ArrayLike<number>) => RepurchaseParameters,
): Float64Array {
  const cost = (point: Float64Array): number => {
    let sum = -logLikelihood(intervals, withPoint(point));
    priors.forEach(({ mean, variance }, j) => (sum += ((point[j] as number) - mean) ** 2 / (2 * variance)));
    return sum;
  };
  return minimiseSmooth(
    cost,
    priors.map(({ mean }) => mean),
  ).point;
}

const law = createGapLaw();

function logLikelihood({ size, figures, days, entry, isOpen }: Intervals, parameters: RepurchaseParameters): number {
  let sum = 0;
  for (let i = 0; i < size; i++) {
    predictGap(figures[i] as (typeof figures)[number], parameters, law);
    const lasted = days[i] as number;
    if (isOpen[i]) sum += logStillOpen(lasted);
    else {
      const z = (Math.log(lasted) - law.location) / law.deviation;
      sum += Math.log(Math.max(1e-9, law.returns)) - Math.log(law.deviation) - z * z * 0.5;
    }
    if ((entry[i] as number) > 0) sum -= logStillOpen(entry[i] as number);
  }
  return sum;
}

const logStillOpen = (days: number): number => Math.log(Math.max(1e-9, stillOpen(law, shareAfter(law, days))));

const rounded = (fitted: RepurchaseParameters): RepurchaseParameters => {
  const round = roundProbability;
  const { returns, once } = fitted;
  return {
    ...fitted,
    returns: [round(returns[0]), round(returns[1]), round(returns[2])],
    once: [round(once[0]), round(once[1])],
    shift: round(fitted.shift),
    count: round(fitted.count),
    pull: round(fitted.pull),
    productPull: round(fitted.productPull),
    customerPull: round(fitted.customerPull),
    sigma: Math.max(leastScale, round(fitted.sigma)),
    spread: Math.max(leastScale, round(fitted.spread)),
    sigmaWeight: Math.max(leastScale, round(fitted.sigmaWeight)),
  };
};
