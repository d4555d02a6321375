/**
 * The logistic law of a candidate: features in spreads from the mean of where they were learnt, at most four, with the
 * squares of those listed. Weights that end before the squares mean: a law without squares, features as they are.
 */
import { logistic } from '../../statistics/logistic.ts';
import type { CandidateWeights } from './next-products-parameters.ts';

const furthest = 4;

export const candidateProbability = (
  { mean, spread, weights }: CandidateWeights,
  squared: readonly number[],
  row: ArrayLike<number>,
): number => {
  const width = mean.length;
  let form = weights[0]!;
  if (weights.length === width + 1) {
    for (let j = 0; j < width; j++) form += weights[j + 1]! * (row[j]! - mean[j]!);
    return logistic(form);
  }
  for (let j = 0; j < width; j++) form += weights[j + 1]! * inSpreads(row[j]!, mean[j]!, spread[j]!);
  for (let s = 0; s < squared.length; s++) {
    const j = squared[s]!;
    form += weights[width + 1 + s]! * inSpreads(row[j]!, mean[j]!, spread[j]!) ** 2;
  }
  return logistic(form);
};

export const inSpreads = (value: number, mean: number, spread: number): number =>
  Math.max(-furthest, Math.min(furthest, (value - mean) / spread));
