/** What value is told by, of one customer on one day, from the days on which they bought. Days and fen. */
import type { BusinessDay } from '../../units/business-day.ts';
import { type PurchaseDays, firstAfter } from '../purchase-days.ts';

export interface PurchaseSummary {
  /** Purchase days after the first; -1 without a purchase. */
  repeats: number;
  /** Days from the first to the last purchase day. */
  recency: number;
  /** Days from the first purchase day to today. */
  age: number;
  /** Mean amount of a purchase day with a positive amount, and how many of those there are. */
  meanFen: number;
  paidDays: number;
  /** Sum of the logarithms of those amounts. */
  logFenSum: number;
  /** Repeats in the last third and the last sixth of the age. */
  lastThird: number;
  lastSixth: number;
}

export const createSummary = (): PurchaseSummary => ({
  repeats: -1,
  recency: 0,
  age: 0,
  meanFen: 0,
  paidDays: 0,
  logFenSum: 0,
  lastThird: 0,
  lastSixth: 0,
});

/** Of the days in [from, to) up to `asOfDay`. */
export const summarisePurchases = (
  days: PurchaseDays,
  from: number,
  to: number,
  asOfDay: BusinessDay,
  into: PurchaseSummary,
): PurchaseSummary => {
  const end = firstAfter(days, from, to, asOfDay);
  into.repeats = end - from - 1;
  into.recency = 0;
  into.age = 0;
  into.meanFen = 0;
  into.paidDays = 0;
  into.logFenSum = 0;
  into.lastThird = 0;
  into.lastSixth = 0;
  if (end === from) return into;
  const first = days.day[from] as number;
  into.recency = (days.day[end - 1] as number) - first;
  into.age = asOfDay - first;
  let sum = 0;
  for (let at = from; at < end; at++) {
    const amount = days.amountFen[at] as number;
    if (!(amount > 0)) continue;
    sum += amount;
    into.logFenSum += Math.log(amount);
    into.paidDays++;
  }
  if (into.paidDays > 0) into.meanFen = sum / into.paidDays;
  into.lastThird = end - Math.max(from + 1, firstAfter(days, from, end, asOfDay - into.age / 3));
  into.lastSixth = end - Math.max(from + 1, firstAfter(days, from, end, asOfDay - into.age / 6));
  return into;
};
