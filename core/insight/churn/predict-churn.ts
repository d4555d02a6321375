/**
 * The probabilities that a customer buys nothing within 30 and within 60 days: a ridge logistic a horizon on
 * `churn-features.ts` (recency alone is a poor sign: AUC .58-.72), learnt in `fit-churn.ts` by pretending that today was
 * earlier. Features are taken in spreads from the mean of where they were learnt, at most `furthest` of them. Whoever
 * stays away for 60 days stays away for 30: where the two regressions cross, both say their mean. To 1e-4. Without a
 * purchase nobody can be lost: callers show no risk then.
 */
import { logistic } from '../../statistics/logistic.ts';
import { roundProbability } from '../../statistics/rounding.ts';
import { churnFeatureCount, silencePlace } from './churn-features.ts';
import type { ChurnParameters, ChurnWeights } from './churn-parameters.ts';

export const furthest = 4;

/** `silence`: log odds of no purchase from outside, in the order of `churnHorizons`, as is the answer. */
export const predictChurn = (
  { horizons }: ChurnParameters,
  features: Float64Array,
  silence: ArrayLike<number>,
  into: Float64Array,
): Float64Array => {
  for (let at = 0; at < horizons.length; at++) {
    features[silencePlace] = silence[at] as number;
    into[at] = logistic(formOf(horizons[at] as ChurnWeights, features));
  }
  for (let at = 1; at < horizons.length; at++) {
    const [shorter, longer] = [into[at - 1] as number, into[at] as number];
    if (longer > shorter) into[at - 1] = into[at] = (shorter + longer) / 2;
  }
  for (let at = 0; at < horizons.length; at++) into[at] = roundProbability(into[at] as number);
  return into;
};

export const standardised = (value: number, mean: number, spread: number): number =>
  Math.max(-furthest, Math.min(furthest, (value - mean) / spread));

function formOf({ mean, spread, weights }: ChurnWeights, features: Float64Array): number {
  let form = weights[0] as number;
  for (let j = 0; j < churnFeatureCount; j++)
    form += (weights[j + 1] as number) * standardised(features[j] as number, mean[j] as number, spread[j] as number);
  return form;
}
