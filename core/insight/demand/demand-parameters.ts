/** What all series of a shop teach about each; `predict-demand.ts` has the formula they stand in. */
import type { SimpleRule } from './simple-rule.ts';

export interface DemandParameters {
  /** Answers instead, where the shop's own back-test found the forecast no better. */
  readonly simple?: SimpleRule;
  /** Weight of the newest week in a series' level. */
  readonly alpha: number;
  /** Effects of the regressors on ln units over all series, in their order (`derive-regressors.ts`). */
  readonly slopes: readonly number[];
  /** How firmly a series' own effects are held at those: penalty by regressor. */
  readonly stiffness: readonly number[];
  /** Usual scatter of ln units around the forecast, and what 10 % and 90 % of the weeks stay below, in scatters. */
  readonly spread: number;
  readonly low: number;
  readonly high: number;
  /** From how many weeks of all series this was learnt; 0 says these are the built-in starting values. */
  readonly observations: number;
}

export const defaultDemandParameters: DemandParameters = {
  alpha: 0.2,
  slopes: [],
  stiffness: [],
  spread: 0.8,
  low: -1.28,
  high: 1.28,
  observations: 0,
};
