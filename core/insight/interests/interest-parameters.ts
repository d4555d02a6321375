/** Weights, half-life and thresholds of interest tags. */
export interface InterestParameters {
  readonly halfLifeDays: number;
  readonly onAt: number;
  readonly offBelow: number;
  readonly weights: { readonly watch: number; readonly click: number; readonly add: number; readonly buy: number };
}
