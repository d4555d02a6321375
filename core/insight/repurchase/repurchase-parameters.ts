/** What a shop's own gaps teach about its customers' gaps; see `predict-gap.ts` for the formula they stand in. */
import { type GapFactors, noFactors } from './gap-factors.ts';

/** Gaps a shop must have shown before its priors say anything. */
export const fewestShopGaps = 30;

export interface RepurchaseParameters {
  /** Mean and standard deviation of ln(gap in days) over the shop. */
  readonly mu: number;
  readonly scatter: number;
  /** Effects on it, already shrunk: by category, and by product key (catalogue id, else item). */
  readonly categories: Readonly<Record<string, number>>;
  readonly products: Readonly<Record<string, number>>;
  /** What the effects rest on; a record made before it was kept has none. */
  readonly levels?: PriorLevels;
  /** Within over between variance: a customer's own effect is n / (n + k) of the mean residual. */
  readonly customerK: number;
  readonly pairK: number;
  /** Location is m + shift + count x ln(n / 3) + pulls of the last gap, the product's and the customer's effect. */
  readonly shift: number;
  readonly count: number;
  readonly pull: number;
  readonly productPull: number;
  readonly customerPull: number;
  /** Standard deviation of ln(gap) around a pair's own centre, and how many gaps it weighs against a pair's own scatter. */
  readonly sigma: number;
  readonly sigmaWeight: number;
  /** Standard deviation of pairs' centres around m before any own gap is known. */
  readonly spread: number;
  /** Log odds of returning at all: a0 + a1 ln n + a2 m. */
  readonly returns: readonly [number, number, number];
  /** What one purchase alone adds: to the location, and to the log odds of returning. */
  readonly once: readonly [number, number];
  /** What chances of own history are corrected by; null while fewer than 300 pairs can teach it. */
  readonly calibrator: GapCalibrator | null;
  /** Season, stock-up and promotion: learnt, and what people chose instead. */
  readonly factors: GapFactors;
  readonly chosenFactors: GapFactors;
  /** From how many gaps this was learnt; 0 says these are the built-in starting values. */
  readonly gaps: number;
}

export interface PriorLevels {
  /** Gaps of each entry of `products` and of `categories`, in the order of their keys. */
  readonly products: readonly number[];
  readonly categories: readonly number[];
  /** From so many on the level itself weighs more than the one above it. */
  readonly productK: number;
  readonly categoryK: number;
}

/** Corrections of the log odds of a purchase within 7, 14 and 30 days; see `calibrate.ts`. */
export interface GapCalibrator {
  readonly centres: readonly number[];
  readonly scales: readonly number[];
  /** Intercept and weights by horizon; empty where the history was too short to label 300 pairs. */
  readonly weights: readonly (readonly number[])[];
  /** Labelled pairs by horizon. */
  readonly labelled: readonly number[];
}

export const defaultRepurchaseParameters: RepurchaseParameters = {
  mu: Math.log(28),
  scatter: 0.8,
  categories: {},
  products: {},
  customerK: 4,
  pairK: 4,
  shift: 0,
  count: 0,
  pull: 0.15,
  productPull: 0,
  customerPull: 0,
  sigma: 0.5,
  sigmaWeight: 4,
  spread: 0.6,
  returns: [-0.6, 0.9, 0],
  once: [0, 0],
  calibrator: null,
  factors: noFactors,
  chosenFactors: noFactors,
  gaps: 0,
};
