/**
 * Parameters as the shop's own back-test leaves them: a belief that was no better than its baseline is answered by that
 * baseline. Cycle: everybody by the shop's usual gap. Churn: the average silence. Next products: habit and popularity.
 * Demand: last week's units, or the middle of the last five weeks, by the very rule it was compared with.
 */
import { logOdds } from '../../statistics/logistic.ts';
import { defaultNextProductsParameters } from '../next-products/next-products-parameters.ts';
import type { Parameters } from '../profile/parameters.ts';
import type { BaselineCode, TestedBelief } from './back-test.ts';

export interface KeptVerdict {
  readonly kind: 'better' | 'not-better' | 'insufficient-evidence';
  readonly than: BaselineCode | '';
  readonly averages: readonly number[];
}

/** So much shrinkage that nobody's own gaps count. */
const everybodyAlike = 2000;

export const withVerdicts = (
  parameters: Parameters,
  verdicts: Readonly<Partial<Record<TestedBelief, KeptVerdict>>>,
): Parameters => {
  let next = parameters;
  for (const [belief, verdict] of Object.entries(verdicts) as [TestedBelief, KeptVerdict][])
    if (verdict.kind === 'not-better') next = { ...next, ...baselines[belief](next, verdict) };
  return next;
};

const baselines: Readonly<Record<TestedBelief, (parameters: Parameters, verdict: KeptVerdict) => Partial<Parameters>>> =
  {
    cycle: ({ repurchase }) => ({
      repurchase: {
        ...repurchase,
        categories: {},
        products: {},
        customerK: everybodyAlike,
        pairK: everybodyAlike,
        count: 0,
        pull: 0,
        productPull: 0,
        customerPull: 0,
        calibrator: null,
      },
    }),
    churn: ({ churn }, { averages }) => ({
      churn: {
        ...churn,
        horizons: churn.horizons.map((horizon, at) => ({
          ...horizon,
          weights: horizon.weights.map((_, j) => (j === 0 ? logOdds(averages[at] ?? 0.5) : 0)),
        })),
      },
    }),
    'next-products': () => ({ nextProducts: defaultNextProductsParameters }),
    demand: ({ demand }, { than }) => ({
      demand: { ...demand, slopes: [], stiffness: [], simple: than === 'last-week' ? than : 'median-of-five' },
    }),
  };
