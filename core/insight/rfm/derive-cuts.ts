/**
 * The four cut values of each dimension: the shop's own discrete quantiles q20, q40, q60, q80 over customers with an
 * order, or the fixed values of the thresholds. Days for recency, orders, fen. NaN cuts (nobody ordered) cut nothing.
 */
import type { BusinessDay } from '../../units/business-day.ts';
import type { Amounts } from './derive-amounts.ts';
import { FigureCounts, type RfmCuts, moneyBucket, moneyBuckets } from './figure-counts.ts';
import type { CategoryThresholds } from './thresholds.ts';

export const deriveCuts = (amounts: Amounts, asOfDay: BusinessDay, thresholds: CategoryThresholds): RfmCuts => {
  const counts = new FigureCounts();
  const { orders, netFen } = amounts;
  for (let c = 0; c < orders.length; c++) counts.count(amounts, c, 1);
  return counts.cuts(thresholds, asOfDay, (listOfBucket) => {
    const isWanted = new Uint8Array(moneyBuckets);
    for (const bucket of listOfBucket.keys()) isWanted[bucket] = 1;
    const sizes = new Map<number, number>();
    for (let c = 0; c < orders.length; c++) {
      if ((orders[c] as number) === 0) continue;
      const bucket = moneyBucket(netFen[c] as number);
      if (isWanted[bucket] === 0) continue;
      const size = sizes.get(bucket) ?? 0;
      (listOfBucket.get(bucket) as Float64Array)[size] = netFen[c] as number;
      sizes.set(bucket, size + 1);
    }
  });
};
