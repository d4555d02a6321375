/**
 * Where everybody stood on any day, from the facts up to it and today's parameters: a stage or an RFM name each, as an
 * index. For flows between two days; the belief columns hold the same for one day. One pass over the facts a day.
 */
import type { Ledger } from '#core/datasets/ledger-columns.ts';
import { type BusinessDay, dayFromMs } from '../../units/business-day.ts';
import { type Engagement, deriveEngagement } from '../churn/derive-engagement.ts';
import { deriveStage } from '../lifecycle/derive-stage.ts';
import { ownInterval } from '../lifecycle/own-interval.ts';
import { overdueRatio } from '../overdue-ratio.ts';
import { deriveAmounts } from '../rfm/derive-amounts.ts';
import { deriveRfmOf } from '../rfm/derive-rfm.ts';
import type { RfmThresholds } from '../rfm/thresholds.ts';
import { rfmNames, stages } from './belief-columns.ts';
import type { Parameters } from './parameters.ts';

/** Who came later: the index behind the last stage, and behind the last RFM name. */
export const absent = stages.length;
export const absentRfm = rfmNames.length;

/** By dense customer: index into `rfmNames`, or `absentRfm`; of a category alone when it is named. */
export const deriveRfmNames = (
  ledger: Ledger,
  thresholds: RfmThresholds,
  day: BusinessDay,
  category = '',
): Uint8Array => {
  const { rfm } = deriveRfmOf(ledger, day, thresholds, category).columns;
  comesAfter(ledger, day).forEach((isLater, c) => {
    if (isLater === 1) rfm[c] = absentRfm;
  });
  return rfm;
};

/** By dense customer: index into `stages`, or `absent`; of those `among` whom it is asked, everybody without it. */
export const deriveStages = (
  ledger: Ledger,
  { lifecycle }: Parameters,
  day: BusinessDay,
  among: Iterable<number> = Array(ledger.customerCount).keys(),
): Uint8Array => {
  const found = new Uint8Array(ledger.customerCount).fill(absent);
  const { orders, lastDay } = deriveAmounts(ledger, day);
  const isLater = comesAfter(ledger, day);
  const engagement: Engagement = { ratio: 1, recent: 0, baseline: 0, daysAgo: -1 };
  for (const c of among) {
    if (isLater[c] === 1) continue;
    const count = orders[c] as number;
    const daysSince = count > 0 ? day - (lastDay[c] as number) : 0;
    const own = count > 0 ? ownInterval(ledger, c, day) : 0;
    const ratio = count > 0 ? overdueRatio(daysSince, own, lifecycle.shopIntervalDays) : 0;
    const engagedDaysAgo = count > 0 ? -1 : deriveEngagement(ledger, c, day, engagement).daysAgo;
    const { stage } = deriveStage(
      { orders: count, daysSince, ownIntervalDays: own, overdueRatio: ratio, engagedDaysAgo },
      lifecycle,
    );
    found[c] = stages.indexOf(stage);
  }
  return found;
};

/** 1 for each customer whose orders and acts are all after the day. */
function comesAfter(ledger: Ledger, day: BusinessDay): Uint8Array {
  const firstDay = new Int32Array(ledger.customerCount).fill(noDay);
  const see = (customer: number, on: number): void => {
    if (on < (firstDay[customer] as number)) firstDay[customer] = on;
  };
  const { orderLines, behaviours } = ledger;
  for (let row = 0; row < orderLines.count; row++)
    if (orderLines.live[row] === 1) see(orderLines.customer[row] as number, orderLines.day[row] as number);
  for (let row = 0; row < behaviours.count; row++) {
    const who = behaviours.customer[row] as number;
    if (who >= 0 && behaviours.live[row] === 1) see(who, dayFromMs(behaviours.atMs[row] as number));
  }
  return Uint8Array.from(firstDay, (first) => (first > day && first !== noDay ? 1 : 0));
}

const noDay = 0x7fffffff;
