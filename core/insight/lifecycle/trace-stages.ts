/**
 * One customer's way through the stages: each change with its day and reason, oldest first. A stage changes on a day of
 * an order or an act, or by time alone (overdue, or a consideration that went cold), so only those days are looked at;
 * what is said of a day is what `deriveStage` says of the facts up to it. Days; the last change is where they stand.
 */
import { medianInPlace } from '../../statistics/median.ts';
import { roundDays } from '../../statistics/rounding.ts';
import type { BusinessDay } from '../../units/business-day.ts';
import { overdueRatio } from '../overdue-ratio.ts';
import type { Stage } from '../profile/belief-columns.ts';
import { type StageReason, deriveStage } from './derive-stage.ts';
import type { LifecycleParameters } from './lifecycle-parameters.ts';
import { purchaseDaysForOwnInterval } from './own-interval.ts';

export interface StageStep {
  readonly day: BusinessDay;
  readonly stage: Stage;
  readonly reason: StageReason;
}

/** All rising; days of purchase and of cycle once each, orders as often as there were orders. */
export interface StageEvents {
  readonly orderDays: readonly BusinessDay[];
  /** Days with a line that counts as a purchase. */
  readonly purchaseDays: readonly BusinessDay[];
  /** Of them, days with a line that was no gift. */
  readonly cycleDays: readonly BusinessDay[];
  readonly engagedDays: readonly BusinessDay[];
}

export const traceStages = (
  events: StageEvents,
  asOfDay: BusinessDay,
  parameters: LifecycleParameters,
): readonly StageStep[] => {
  const steps: StageStep[] = [];
  for (const day of daysOfChange(events, asOfDay, parameters)) {
    const { stage, reason } = stageOn(events, day, parameters);
    if (steps.at(-1)?.stage !== stage) steps.push({ day, stage, reason });
  }
  return steps;
};

/** Where the facts up to a day put them. */
export const stageOn = (
  events: StageEvents,
  day: BusinessDay,
  parameters: LifecycleParameters,
): { readonly stage: Stage; readonly reason: StageReason } => {
  const upTo = (days: readonly BusinessDay[]): readonly BusinessDay[] => days.filter((one) => one <= day);
  const orders = upTo(events.orderDays).length;
  const daysSince = orders === 0 ? 0 : day - (upTo(events.purchaseDays).at(-1) ?? day);
  const ownIntervalDays = orders === 0 ? 0 : intervalOf(upTo(events.cycleDays));
  const engaged = upTo(events.engagedDays).at(-1);
  return deriveStage(
    {
      orders,
      daysSince,
      ownIntervalDays,
      overdueRatio: orders === 0 ? 0 : overdueRatio(daysSince, ownIntervalDays, parameters.shopIntervalDays),
      engagedDaysAgo: engaged === undefined ? -1 : day - engaged,
    },
    parameters,
  );
};

function intervalOf(days: readonly BusinessDay[]): number {
  if (days.length < purchaseDaysForOwnInterval) return 0;
  const gaps = Float64Array.from(days.slice(1), (day, at) => day - (days[at] as number));
  return roundDays(medianInPlace(gaps, gaps.length));
}

/** Every day on which the answer may be another than the day before; rising, up to today. */
function daysOfChange(
  events: StageEvents,
  asOfDay: BusinessDay,
  parameters: LifecycleParameters,
): readonly BusinessDay[] {
  const days = new Set<BusinessDay>([...events.purchaseDays, ...events.engagedDays]);
  for (const day of events.engagedDays) days.add(day + parameters.consideringDays + 1);
  for (const day of events.purchaseDays) {
    const known = events.cycleDays.filter((one) => one <= day);
    const interval = intervalOf(known);
    const late = parameters.overdueRatio * Math.max(1, interval > 0 ? interval : parameters.shopIntervalDays);
    // The ratio is rounded, so the day itself is found by asking around it.
    for (const around of [-1, 0, 1]) days.add(day + Math.ceil(late) + around);
  }
  return [...days].filter((day) => day <= asOfDay).sort((a, b) => a - b);
}
