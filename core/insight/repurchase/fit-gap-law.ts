/**
 * The law of gaps by maximum likelihood: closed intervals by their density, open ones as censored, both given that they
 * had lasted until their entry. Weak priors keep directions the data does not see where a shop usually stands: eight or
 * nine in ten come back after a third purchase. First the law of repeated purchases, then (alone, so that the many pairs
 * bought once do not bend it) what a single purchase adds to it.
 */
import { minimiseSmooth } from '../../statistics/minimise-smooth.ts';
import { roundProbability } from '../../statistics/rounding.ts';
import { gapLikelihood, slopeBy, slopeSize } from './gap-likelihood.ts';
import type { Intervals } from './intervals.ts';
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
  const writeSlope = (by: Float64Array, into: Float64Array): void => {
    into.set(by.subarray(0, priors.length));
    const level = by[slopeBy.returns] as number;
    into[slopeBy.returnsOfPurchases] = (by[slopeBy.returnsOfPurchases] as number) - level * ln3;
    into[slopeBy.returnsOfMean] = (by[slopeBy.returnsOfMean] as number) - level * start.mu;
  };
  return rounded(withPoint(climb(intervals, priors, withPoint, writeSlope)));
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
  const writeSlope = (by: Float64Array, into: Float64Array): void =>
    into.set([by[slopeBy.once] as number, by[slopeBy.returnsOfOnce] as number]);
  return rounded(withPoint(climb(intervals, priors, withPoint, writeSlope)));
};

interface Prior {
  readonly mean: number;
  readonly variance: number;
}

/** `writeSlope`: from the slope by what the law is made of to the slope by the point. */
function climb(
  intervals: Intervals,
  priors: readonly Prior[],
  withPoint: (point: ArrayLike<number>) => RepurchaseParameters,
  writeSlope: (by: Float64Array, into: Float64Array) => void,
): Float64Array {
  const by = new Float64Array(slopeSize);
  const cost = (point: Float64Array, slope: Float64Array): number => {
    let sum = -gapLikelihood(intervals, withPoint(point), by);
    writeSlope(by, slope);
    priors.forEach(({ mean, variance }, j) => {
      const off = (point[j] as number) - mean;
      sum += off ** 2 / (2 * variance);
      slope[j] = off / variance - (slope[j] as number);
    });
    return sum;
  };
  return minimiseSmooth(
    cost,
    priors.map(({ mean }) => mean),
  ).point;
}

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
