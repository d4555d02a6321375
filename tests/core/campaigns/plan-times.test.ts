import { expect, test } from 'vitest';
import { planTimes } from '#core/campaigns/plan-times.ts';

const items = [
  { id: 'a', minutes: 4 },
  { id: 'b', minutes: 14 },
  { id: 'c', minutes: 10 },
];
const minute = 60_000;

test('[CMP9] each item begins after the minutes before it; the total stands against the plan', () => {
  const times = planTimes(items, 1000, 30);
  expect([...times.startMsById]).toEqual([
    ['a', 1000],
    ['b', 1000 + 4 * minute],
    ['c', 1000 + 18 * minute],
  ]);
  expect(times).toMatchObject({ totalMinutes: 28, differenceMinutes: -2, endMs: 1000 + 28 * minute });
});

test('[CMP9] on air, what follows the current item begins from when that really began', () => {
  const onAir = { startedMs: 5 * minute, endedMs: null, currentItemId: 'b', currentSinceMs: 20 * minute };
  expect([...planTimes(items, 0, 30, onAir).startMsById.values()]).toEqual([5 * minute, 20 * minute, 34 * minute]);
  expect(planTimes(items, 0, 30, { ...onAir, endedMs: 90 * minute }).startMsById.get('a')).toBe(0);
});
