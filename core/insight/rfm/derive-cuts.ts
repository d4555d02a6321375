/**
 * The four cut values of each dimension: the shop's own discrete quantiles q20, q40, q60, q80 over customers with an
 * order, or the fixed values of the thresholds. Days for recency, orders, fen. NaN cuts (nobody ordered) cut nothing.
 */
import type { BusinessDay } from '../../units/business-day.ts';
import { CutIndex, type RfmCuts } from './cut-index.ts';
import type { Amounts } from './derive-amounts.ts';
import type { CategoryThresholds } from './thresholds.ts';

export const deriveCuts = (amounts: Amounts, asOfDay: BusinessDay, thresholds: CategoryThresholds): RfmCuts => {
  const customers = amounts.orders.length;
  return new CutIndex(thresholds, amounts, customers).cuts(amounts, customers, asOfDay);
};
