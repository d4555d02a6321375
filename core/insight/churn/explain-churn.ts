/**
 * Why a customer is at risk, and since when. The two causes stay apart from the probability: *overdue* (silence over the
 * own interval reached `overdueAt`, on a day that follows from the last purchase) and *less engaged* (acts of the last 30
 * days against the 90 before fell to `lessEngagedAt`; the day is the first of the present spell). The risk crossed
 * `riskAt` on the first day since the last purchase on which it would have been told so. A day crossed is -1 for none.
 */
import type { BusinessDay } from '../../units/business-day.ts';
import type { Engagement } from './derive-engagement.ts';

export const riskAt = 0.5;
const lessEngagedAt = 0.5;
const furthestBackDays = 365;

export interface ChurnCauses {
  readonly overdue: { readonly isCause: boolean; readonly ratio: number; readonly crossedDay: BusinessDay };
  readonly lessEngaged: {
    readonly isCause: boolean;
    readonly engagement: Engagement;
    readonly crossedDay: BusinessDay;
  };
  readonly risk: { readonly probability: number; readonly isHigh: boolean; readonly crossedDay: BusinessDay };
}

export interface ChurnCase {
  readonly asOfDay: BusinessDay;
  readonly lastDay: BusinessDay;
  readonly overdueRatio: number;
  readonly overdueAt: number;
  /** The own interval, else the shop's. */
  readonly intervalDays: number;
  readonly risk: number;
  /** What would have been said on an earlier day. */
  riskOn(day: BusinessDay): number;
  engagementOn(day: BusinessDay): Engagement;
}

export const explainChurn = (customer: ChurnCase): ChurnCauses => {
  const { asOfDay, lastDay, overdueAt, intervalDays, risk } = customer;
  const engagement = customer.engagementOn(asOfDay);
  const isOverdue = customer.overdueRatio >= overdueAt;
  const isLess = engagement.ratio <= lessEngagedAt;
  return {
    overdue: {
      isCause: isOverdue,
      ratio: customer.overdueRatio,
      crossedDay: isOverdue ? lastDay + Math.ceil(overdueAt * Math.max(1, intervalDays)) : -1,
    },
    lessEngaged: {
      isCause: isLess,
      engagement,
      crossedDay: isLess ? startOfSpell(asOfDay, (day) => customer.engagementOn(day).ratio <= lessEngagedAt) : -1,
    },
    risk: {
      probability: risk,
      isHigh: risk >= riskAt,
      crossedDay: risk >= riskAt ? firstHigh(customer) : -1,
    },
  };
};

function startOfSpell(asOfDay: BusinessDay, holds: (day: BusinessDay) => boolean): BusinessDay {
  let day = asOfDay;
  while (asOfDay - day < furthestBackDays && holds(day - 1)) day--;
  return day;
}

function firstHigh({ asOfDay, lastDay, riskOn }: ChurnCase): BusinessDay {
  for (let day = Math.max(lastDay, asOfDay - furthestBackDays); day < asOfDay; day++)
    if (riskOn(day) >= riskAt) return day;
  return asOfDay;
}
