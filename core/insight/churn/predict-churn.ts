/**
 * The probability that a customer buys nothing within a horizon of 30 or 60 days: a ridge logistic on `churn-features.ts`
 * (recency alone is a poor sign: AUC .58-.72), learnt in `fit-churn.ts` by pretending that today was earlier. Features
 * are taken in spreads from the mean of where they were learnt, at most `furthest` of them. To 1e-4. Without a purchase
 * nobody can be lost: callers show no risk then.
 */
import { logistic } from '../../statistics/logistic.ts';
import { roundProbability } from '../../statistics/rounding.ts';
import { churnFeatureCount } from './churn-features.ts';
import type { ChurnHorizon, ChurnParameters } from './churn-parameters.ts';

export const furthest = 4;

export const predictChurn = (
  { horizons }: ChurnParameters,
  horizonDays: ChurnHorizon,
  features: Float64Array,
): number => {
  const found = horizons.find((one) => one.horizonDays === horizonDays);
  if (!found) throw new Error(`no churn weights for ${horizonDays} days`);
  const { mean, spread, weights } = found;
  let form = weights[0] as number;
  for (let j = 0; j < churnFeatureCount; j++)
    form += (weights[j + 1] as number) * standardised(features[j] as number, mean[j] as number, spread[j] as number);
  return roundProbability(logistic(form));
};

export const standardised = (value: number, mean: number, spread: number): number =>
  Math.max(-furthest, Math.min(furthest, (value - mean) / spread));
