/** Weights of the two logistic laws next products are told by; features in `again-features.ts` and `new-features.ts`. */
import { againFeatures } from './again-features.ts';
import { newFeatures } from './new-features.ts';

export interface CandidateWeights {
  /** What each feature is counted from and in. */
  readonly mean: readonly number[];
  readonly spread: readonly number[];
  /** Intercept, each feature, then each pair of them that counts multiplied. */
  readonly weights: readonly number[];
}

export interface NextProductsParameters {
  readonly again: CandidateWeights;
  readonly fresh: CandidateWeights;
  /** Customers whose last baskets this was learnt from; 0 says that habit and popularity answer as they are. */
  readonly customers: number;
}

/** The one feature that is a log rate already, taken as the log odds. */
const rateAlone = (names: readonly string[], rate: string): CandidateWeights => ({
  mean: names.map(() => 0),
  spread: names.map(() => 1),
  weights: [0, ...names.map((name) => (name === rate ? 1 : 0))],
});

export const defaultNextProductsParameters: NextProductsParameters = {
  again: rateAlone(againFeatures, 'habit'),
  fresh: rateAlone(newFeatures, 'taken-up'),
  customers: 0,
};

/** Weights learnt from other readings than today's, by an older version, say nothing: as if nothing had been learnt. */
export const knownNextProducts = (parameters: NextProductsParameters): NextProductsParameters =>
  parameters.again.mean.length === againFeatures.length && parameters.fresh.mean.length === newFeatures.length
    ? parameters
    : defaultNextProductsParameters;
