/**
 * Everything believed about every customer, in columns by dense customer (see `datasets/ledger-columns.ts`), on one
 * business day. Probabilities are rounded to 1e-4 and days to 0.1 before anything compares or sorts them, so that two
 * devices agree. Repurchase beliefs are pairs (customer, product), those of one customer side by side.
 */
import type { PairArrays } from '../repurchase/pair-columns.ts';

export const rfmNames = ['none', 'vip', 'active', 'new', 'sleeping', 'lost'] as const;
export type RfmName = (typeof rfmNames)[number];

export const stages = ['aware', 'considering', 'first-purchase', 'repurchasing', 'loyal', 'churn-warning'] as const;
export type Stage = (typeof stages)[number];

/** How a window came about: own history, own history blended with a prior, a prior alone, nothing to go by. */
export const evidences = ['own', 'blend', 'prior', 'insufficient-evidence'] as const;
export type Evidence = (typeof evidences)[number];

export interface BeliefColumns extends PairArrays {
  readonly ledgerVersion: number;
  readonly asOfDay: number;
  readonly customerCount: number;
  /** 1 for people; 0 for numbers that were merged into another or of which no fact tells any more: they count nowhere. */
  readonly isPresent: Uint8Array;

  /** Index into `rfmNames`. */
  readonly rfm: Uint8Array;
  /** 1 to 5; 0 without an order. */
  readonly recencyScore: Uint8Array;
  readonly frequencyScore: Uint8Array;
  readonly moneyScore: Uint8Array;
  readonly orders: Int32Array;
  readonly netFen: Float64Array;
  readonly firstDay: Int32Array;
  /** Day of the last purchase; -1 without one. */
  readonly lastDay: Int32Array;

  /** Index into `stages`. */
  readonly stage: Uint8Array;
  /** The customer's own median days between orders; 0 while unknown. */
  readonly ownIntervalDays: Float64Array;

  /** Probability of no purchase in the next 60 days, and the two causes kept apart. */
  readonly churn60: Float64Array;
  /** Days since the last purchase divided by the own (or prior) interval. */
  readonly overdueRatio: Float64Array;
  /** Recent engagement divided by the own baseline, 1 when nothing is known. */
  readonly engagementRatio: Float64Array;
  /** What would be spent in 90 days by somebody surely here, times the risk; one usual order where that is unknown. */
  readonly valueAtRiskFen: Float64Array;

  /** Purchase days and money expected within 90 days, and the money's 10th and 90th percentile; 0 without evidence. */
  readonly expectedPurchases90: Float64Array;
  readonly valueFen90: Float64Array;
  readonly valueLowFen90: Float64Array;
  readonly valueHighFen90: Float64Array;
  /** BG/NBD's chance that the customer is still one: a part of the reasoning, never to be shown alone. */
  readonly alive: Float64Array;

  readonly tagNames: readonly string[];
  /** `tagWords` words a customer; tag t is bit t % 32 of word t / 32. Manual marks already applied. */
  readonly tagWords: number;
  readonly tagBits: Uint32Array;

  /**
   * Pairs of customer c are `pairStart[c]` up to `pairEnd[c]`, most probable within 14 days first. Customers need not
   * stand in order, and places between them may belong to nobody: always go by customer.
   */
  readonly pairStart: Int32Array;
  readonly pairEnd: Int32Array;
}

export const hasTag = (beliefs: BeliefColumns, customer: number, tag: number): boolean =>
  (((beliefs.tagBits[customer * beliefs.tagWords + (tag >> 5)] ?? 0) >>> (tag & 31)) & 1) === 1;
