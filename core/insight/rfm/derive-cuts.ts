/**
 * The four cut values of each dimension: the shop's own discrete quantiles q20, q40, q60, q80 over customers with an
 * order, or the fixed values of the thresholds. Days for recency, orders, fen. NaN cuts (nobody ordered) cut nothing.
 */
import { quantilesDisc } from '../../statistics/quantiles-disc.ts';
import type { BusinessDay } from '../../units/business-day.ts';
import type { Amounts } from './derive-amounts.ts';
import type { Cuts, RfmDimension, CategoryThresholds } from './thresholds.ts';

export type RfmCuts = Readonly<Record<RfmDimension, readonly number[]>>;

/** Where the quantile cuts lie. */
export const cutShares = [0.2, 0.4, 0.6, 0.8];

export const deriveCuts = (amounts: Amounts, asOfDay: BusinessDay, thresholds: CategoryThresholds): RfmCuts => {
  const { orders, netFen, lastDay } = amounts;
  const cut = (cuts: Cuts, valueOf: (customer: number) => number): readonly number[] => {
    if (cuts.mode === 'fixed') return cuts.values;
    const values = new Float64Array(orders.length);
    let size = 0;
    for (let c = 0; c < orders.length; c++) if ((orders[c] as number) > 0) values[size++] = valueOf(c);
    return quantilesDisc(values.subarray(0, size), cutShares);
  };
  return {
    recency: cut(thresholds.recency, (c) => asOfDay - (lastDay[c] as number)),
    frequency: cut(thresholds.frequency, (c) => orders[c] as number),
    money: cut(thresholds.money, (c) => netFen[c] as number),
  };
};
