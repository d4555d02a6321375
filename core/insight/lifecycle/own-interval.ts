/**
 * A customer's own interval: the median of the days between purchase days, whatever was bought. Needs three purchase
 * days (two gaps); 0 below that. Days, a tenth. Gifts, unpaid, refunded and test lines are no purchases.
 */
import type { Ledger } from '#core/datasets/ledger-columns.ts';
import { medianInPlace } from '../../statistics/median.ts';
import { roundDays } from '../../statistics/rounding.ts';
import type { BusinessDay } from '../../units/business-day.ts';
import { readOwnLines } from '../own-lines.ts';
import { notInCycle } from '../purchase-line.ts';

export const purchaseDaysForOwnInterval = 3;

let gaps = new Float64Array(256);

/** Gaps between purchase days, oldest first, into a buffer that the next call overwrites. */
export const purchaseGaps = (ledger: Ledger, dense: number, asOfDay: BusinessDay): Float64Array => {
  const own = readOwnLines(ledger, dense);
  if (own.size > gaps.length) gaps = new Float64Array(own.size * 2);
  let size = 0;
  let last = -1;
  for (let at = 0; at < own.size; at++) {
    const on = own.day[at] as number;
    if (((own.flags[at] as number) & notInCycle) !== 0 || on > asOfDay) continue;
    if (last !== -1 && on > last) gaps[size++] = on - last;
    last = Math.max(last, on);
  }
  return gaps.subarray(0, size);
};

export const ownInterval = (ledger: Ledger, dense: number, asOfDay: BusinessDay): number => {
  const found = purchaseGaps(ledger, dense, asOfDay);
  return found.length < purchaseDaysForOwnInterval - 1 ? 0 : roundDays(medianInPlace(found, found.length));
};
