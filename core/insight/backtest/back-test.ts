/** What a back-test answers: per belief the error beside its baselines, reliability, and a verdict in codes and numbers. */
import type { BusinessDay } from '../../units/business-day.ts';

export const testedBeliefs = ['cycle', 'churn', 'next-products', 'demand'] as const;
export type TestedBelief = (typeof testedBeliefs)[number];

export const baselineCodes = ['average', 'own-gap', 'favourites', 'last-week', 'median-of-five'] as const;
export type BaselineCode = (typeof baselineCodes)[number];

/** Less is better: mean squared error of a chance; share of a basket not found; units missed over units sold. */
export const measures = ['brier', 'missed-basket', 'missed-units'] as const;

/** `days-off`: middle error of the day, of those who came. `ranking`: AUC. `coverage`: share inside the 80 % interval. */
export const figureCodes = ['days-off', 'ranking', 'coverage'] as const;

export const missingKinds = ['days', 'cases', 'came-true', 'came-false'] as const;

export type Verdict =
  | { readonly kind: 'better' | 'not-better'; readonly percent: number; readonly than: BaselineCode }
  | {
      readonly kind: 'insufficient-evidence';
      readonly missing: (typeof missingKinds)[number];
      readonly needed: number;
      readonly have: number;
    };

export interface ReliabilityRow {
  /** Mean forecast, share that came true. */
  readonly forecast: number;
  readonly observed: number;
  readonly n: number;
}

export interface TestFigure {
  readonly code: (typeof figureCodes)[number];
  readonly value: number;
  /** Of what `baseline` says; null where there is nothing to compare with. */
  readonly baseline: number | null;
}

export interface BeliefTest {
  readonly belief: TestedBelief;
  readonly measure: (typeof measures)[number];
  readonly origins: readonly BusinessDay[];
  readonly cases: number;
  /** How many came true: purchases, silences, products found, units sold. */
  readonly cameTrue: number;
  readonly error: number;
  readonly baselines: readonly { readonly code: BaselineCode; readonly error: number }[];
  readonly verdict: Verdict;
  readonly reliability: readonly ReliabilityRow[];
  readonly figures: readonly TestFigure[];
  /** What really came on average: the chances that answer where the belief is not used (churn: 30 and 60 days). */
  readonly averages: readonly number[];
}

export interface BackTest {
  readonly asOfDay: BusinessDay;
  readonly tests: readonly BeliefTest[];
}
