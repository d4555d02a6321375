/**
 * The logistic law of a candidate: features in spreads from the mean of where they were learnt, at most four, and pairs
 * of them multiplied. Weights that end before the pairs mean: a law without pairs, features as they are.
 */
import { logistic } from '../../statistics/logistic.ts';
import type { CandidateWeights } from './next-products-parameters.ts';

/** Places of two features; the same twice is a square. */
export type FeaturePair = readonly [number, number];

const furthest = 4;

export const candidateProbability = (
  { mean, spread, weights }: CandidateWeights,
  pairs: readonly FeaturePair[],
  row: ArrayLike<number>,
): number => {
  const width = mean.length;
  let form = weights[0]!;
  if (weights.length === width + 1) {
    for (let j = 0; j < width; j++) form += weights[j + 1]! * (row[j]! - mean[j]!);
    return logistic(form);
  }
  const at = (j: number): number => inSpreads(row[j]!, mean[j]!, spread[j]!);
  for (let j = 0; j < width; j++) form += weights[j + 1]! * at(j);
  for (let p = 0; p < pairs.length; p++) form += weights[width + 1 + p]! * at(pairs[p]![0]) * at(pairs[p]![1]);
  return logistic(form);
};

export const inSpreads = (value: number, mean: number, spread: number): number =>
  Math.max(-furthest, Math.min(furthest, (value - mean) / spread));
