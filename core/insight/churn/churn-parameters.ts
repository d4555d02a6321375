/** Weights of the churn risk; see `predict-churn.ts`. */
export interface ChurnParameters {
  /** Intercept, ln(days since + 1), ln orders, ln(age + 1), ln(days since / interval). */
  readonly weights: readonly number[];
  /** Labelled customers it was learnt from; 0 says built-in. */
  readonly customers: number;
}
