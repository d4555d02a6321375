/** What the churn risk is told with; plain numbers that survive JSON. See `churn-features.ts` for their order. */
export interface ChurnWeights {
  readonly horizonDays: number;
  /** Mean and spread of each feature where it was learnt, then the weights, the intercept first. */
  readonly mean: readonly number[];
  readonly spread: readonly number[];
  readonly weights: readonly number[];
}

export interface ChurnParameters {
  /** Mean days between purchase days over the shop: stands in for gaps a customer has not shown. */
  readonly gapDays: number;
  /** One for each horizon of `churnHorizons`. */
  readonly horizons: readonly ChurnWeights[];
  /** Customers, each on several days of the past, it was learnt from; 0 says the built-in weights answer. */
  readonly customers: number;
}

export const churnHorizons = [30, 60] as const;
export type ChurnHorizon = (typeof churnHorizons)[number];

/** Fewer purchases and more days of silence against the own gap: more risk. */
const builtIn = (horizonDays: number, level: number): ChurnWeights => ({
  horizonDays,
  mean: new Array<number>(14).fill(0),
  spread: new Array<number>(14).fill(1),
  weights: [level, 0, -0.35, 0, 1.1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
});

export const defaultChurnParameters: ChurnParameters = {
  gapDays: 30,
  horizons: [builtIn(30, 0), builtIn(60, -0.6)],
  customers: 0,
};
