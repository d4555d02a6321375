/**
 * Everything beliefs are computed with besides the facts and the day: a plain, dated, versioned record, so that
 * `beliefs = f(facts, parameters, business day)` on every device. `fit-parameters.ts` makes one from the shop's own
 * history; `defaultParameters` answers while there is none.
 */
import type { BusinessDay } from '../../units/business-day.ts';
import type { RfmThresholds } from '../rfm/thresholds.ts';
import { defaultThresholds } from '../rfm/thresholds.ts';

export interface RepurchaseParameters {
  /** Mean of ln(gap in days) over the shop. */
  readonly mu: number;
  /** Effects on it, already shrunk: by category, and by product key (catalogue id, else item). */
  readonly categories: Readonly<Record<string, number>>;
  readonly products: Readonly<Record<string, number>>;
  /** Within over between variance: a customer's own effect is n / (n + k) of the mean residual. */
  readonly customerK: number;
  readonly pairK: number;
  /** Location is shift + m + pull x (ln last gap - m). */
  readonly shift: number;
  readonly pull: number;
  /** Standard deviation of ln(gap) around a pair's own centre, and how many gaps it weighs against a pair's own scatter. */
  readonly sigma: number;
  readonly sigmaWeight: number;
  /** Standard deviation of pairs' centres around m before any own gap is known. */
  readonly spread: number;
  /** Log odds of returning at all: a0 + a1 ln n + a2 m. */
  readonly returns: readonly [number, number, number];
  /** From how many gaps this was learnt; 0 says these are the built-in starting values. */
  readonly gaps: number;
}

export interface ChurnParameters {
  /** Intercept, ln(days since + 1), ln orders, ln(age + 1), ln(days since / interval). */
  readonly weights: readonly number[];
  /** Labelled customers it was learnt from; 0 says built-in. */
  readonly customers: number;
}

export interface InterestParameters {
  readonly halfLifeDays: number;
  readonly onAt: number;
  readonly offBelow: number;
  readonly weights: { readonly watch: number; readonly click: number; readonly add: number; readonly buy: number };
}

export interface LifecycleParameters {
  readonly overdueRatio: number;
  readonly loyalOrders: number;
  readonly consideringDays: number;
  /** Median days between orders over the shop: stands in while a customer has no interval of their own. */
  readonly shopIntervalDays: number;
}

export interface Parameters {
  readonly version: number;
  /** The business day whose evening's facts it was fitted on; 0 for the built-in record. */
  readonly fittedDay: BusinessDay;
  readonly rfm: RfmThresholds;
  readonly repurchase: RepurchaseParameters;
  readonly churn: ChurnParameters;
  readonly interests: InterestParameters;
  readonly lifecycle: LifecycleParameters;
}

export const defaultParameters: Parameters = {
  version: 0,
  fittedDay: 0,
  rfm: defaultThresholds,
  repurchase: {
    mu: Math.log(28),
    categories: {},
    products: {},
    customerK: 4,
    pairK: 4,
    shift: 0,
    pull: 0.15,
    sigma: 0.5,
    sigmaWeight: 4,
    spread: 0.6,
    returns: [-0.6, 0.9, 0],
    gaps: 0,
  },
  churn: { weights: [-0.6, 0, -0.35, 0, 1.1], customers: 0 },
  interests: { halfLifeDays: 60, onAt: 8, offBelow: 4, weights: { watch: 1, click: 3, add: 5, buy: 10 } },
  lifecycle: { overdueRatio: 1.5, loyalOrders: 4, consideringDays: 30, shopIntervalDays: 30 },
};
