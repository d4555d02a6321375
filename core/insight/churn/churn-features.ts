/**
 * What the churn risk is told by, of one customer on one day, in logarithms: recency, purchase days, days from the first to
 * the last, recency over the own mean gap (drawn toward the shop's by one gap), the gaps' mean, spread, last and longest (the shop's mean where
 * there is none), purchase days within 30 and 90 days, lines and amount a purchase day, lines on the last one, and the
 * log odds of no purchase within the horizon as BG/NBD sees them, which come from outside. As days pass without a purchase,
 * only those of `signOfSilence` move, each one way.
 */
import type { BusinessDay } from '../../units/business-day.ts';
import { type PurchaseDays, firstAfter } from '../purchase-days.ts';

export const churnFeatureCount = 14;
/** The one that differs from horizon to horizon; it is left to the caller. */
export const silencePlace = churnFeatureCount - 1;

/** Which way a feature moves as silence lasts: 1 up, -1 down, 0 not at all. Its weight may not point the other way. */
export const signOfSilence: readonly (-1 | 0 | 1)[] = [1, 0, 0, 1, 0, 0, 0, 0, -1, -1, 0, 0, 0, 1];

/** From the days in [from, to) up to `asOfDay`; there must be one. */
export const writeChurnFeatures = (
  into: Float64Array,
  start: number,
  days: PurchaseDays,
  from: number,
  to: number,
  asOfDay: BusinessDay,
  gapDays: number,
): void => {
  const { day, lines, amountFen } = days;
  const end = firstAfter(days, from, to, asOfDay);
  const n = end - from;
  const last = day[end - 1] as number;
  const [recency, age] = [asOfDay - last, asOfDay - (day[from] as number)];
  let [squares, longest, allLines, allFen] = [0, 0, 0, 0];
  for (let at = from; at < end; at++) {
    if (at > from) {
      const gap = (day[at] as number) - (day[at - 1] as number);
      squares += gap * gap;
      if (gap > longest) longest = gap;
    }
    allLines += lines[at] as number;
    allFen += Math.max(0, amountFen[at] as number);
  }
  const gaps = n - 1;
  const mean = gaps > 0 ? (age - recency) / gaps : gapDays;
  const spread = gaps > 1 ? Math.sqrt(Math.max(0, squares / gaps - mean * mean)) : 0;
  const ownGap = (age - recency + gapDays) / n;
  into[start] = Math.log1p(recency);
  into[start + 1] = Math.log1p(n);
  into[start + 2] = Math.log1p(age - recency);
  into[start + 3] = Math.log((recency + 1) / (ownGap + 1));
  into[start + 4] = Math.log1p(mean);
  into[start + 5] = Math.log1p(spread);
  into[start + 6] = Math.log1p(gaps > 0 ? last - (day[end - 2] as number) : gapDays);
  into[start + 7] = Math.log1p(gaps > 0 ? longest : gapDays);
  into[start + 8] = Math.log1p(end - firstAfter(days, from, end, asOfDay - 30));
  into[start + 9] = Math.log1p(end - firstAfter(days, from, end, asOfDay - 90));
  into[start + 10] = Math.log1p(allLines / n);
  into[start + 11] = Math.log1p(lines[end - 1] as number);
  into[start + 12] = Math.log1p(allFen / n / 100);
};
