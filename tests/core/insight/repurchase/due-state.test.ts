import { expect, test } from 'vitest';
import type { BeliefColumns } from '#core/insight/profile/belief-columns.ts';
import { dueState } from '#core/insight/repurchase/due-state.ts';

const stateOf = (pairs: readonly { p10: number; p90: number; purchases: number }[]) =>
  dueState(
    {
      asOfDay: 100,
      pairStart: Int32Array.of(0),
      pairEnd: Int32Array.of(pairs.length),
      pairP10: Float64Array.from(pairs, ({ p10 }) => p10),
      pairP90: Float64Array.from(pairs, ({ p90 }) => p90),
      pairPurchases: Int32Array.from(pairs, ({ purchases }) => purchases),
    } as unknown as BeliefColumns,
    0,
  );

test('[CYC23] one customer has one state over all products', () => {
  const past = { p10: 80, p90: 90, purchases: 4 };
  const now = { p10: 95, p90: 105, purchases: 1 };
  const later = { p10: 110, p90: 120, purchases: 4 };
  expect(stateOf([past, now])).toBe('due');
  expect(stateOf([past, later])).toBe('overdue');
  expect(stateOf([{ ...past, purchases: 2 }, later])).toBe('neither');
  expect(stateOf([])).toBe('neither');
});
