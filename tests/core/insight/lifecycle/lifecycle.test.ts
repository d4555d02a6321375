import { expect, test } from 'vitest';
import { deriveStage } from '#core/insight/lifecycle/derive-stage.ts';
import { ownInterval } from '#core/insight/lifecycle/own-interval.ts';
import { defaultParameters } from '#core/insight/profile/parameters.ts';
import { dayFromMs } from '#core/units/business-day.ts';
import { anOrderLine, atDay } from '#tests/makers/facts.ts';
import { aFakeLedger } from '#tests/makers/fake-ledger.ts';

const day = (n: number): number => dayFromMs(atDay(n));
const parameters = defaultParameters.lifecycle;
const someone = { orders: 0, daysSince: 0, ownIntervalDays: 0, overdueRatio: 0, engagedDaysAgo: -1 };

test('[STG1, STG6] without an order: aware or considering, with the reason', () => {
  expect(deriveStage(someone, parameters)).toEqual({ stage: 'aware', reason: { kind: 'never-engaged' } });
  expect(deriveStage({ ...someone, engagedDaysAgo: 3 }, parameters)).toEqual({
    stage: 'considering',
    reason: { kind: 'engaged', daysAgo: 3 },
  });
  expect(deriveStage({ ...someone, engagedDaysAgo: 90 }, parameters).stage).toBe('aware');
});

test('[STG2] orders lead from first purchase to loyal', () => {
  const stageOf = (orders: number) => deriveStage({ ...someone, orders, overdueRatio: 0.5 }, parameters).stage;
  expect([1, 2, 3, 4, 9].map(stageOf)).toEqual(['first-purchase', 'repurchasing', 'repurchasing', 'loyal', 'loyal']);
});

test('[STG3] overdue is measured against the own interval', () => {
  const slow = { ...someone, orders: 5, daysSince: 40, ownIntervalDays: 40, overdueRatio: 1 };
  const quick = { ...someone, orders: 5, daysSince: 40, ownIntervalDays: 10, overdueRatio: 4 };
  expect(deriveStage(slow, parameters).stage).toBe('loyal');
  expect(deriveStage(quick, parameters)).toEqual({
    stage: 'churn-warning',
    reason: { kind: 'overdue', daysSince: 40, intervalDays: 10, ratio: 4, interval: 'own' },
  });
});

test('[STG4] the own interval is a median that needs three purchase days', () => {
  const on = (days: number[]) => aFakeLedger(days.map((at) => anOrderLine({ order: `o-${at}`, atMs: atDay(at) })));
  expect(ownInterval(on([0, 10]), 0, day(100))).toBe(0);
  expect(ownInterval(on([0, 10, 30]), 0, day(100))).toBe(15);
  expect(ownInterval(on([0, 10, 20, 90]), 0, day(100))).toBe(10);
  expect(ownInterval(on([0, 10, 20, 90]), 0, day(15))).toBe(0);
  const { reason } = deriveStage({ ...someone, orders: 1, daysSince: 60, overdueRatio: 2 }, parameters);
  expect(reason).toMatchObject({ kind: 'overdue', interval: 'shop' });
});
