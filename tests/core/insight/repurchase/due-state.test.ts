import { expect, test } from 'vitest';
import type { BeliefColumns } from '#core/insight/profile/belief-columns.ts';
import { dueState } from '#core/insight/repurchase/due-state.ts';
import { dueChance } from '#core/insight/repurchase/due-chance.ts';
import { isDue, isDueOn } from '#core/insight/repurchase/is-due.ts';
import { chancesOf, daysOf } from '#tests/makers/pair-columns.ts';

interface Pair {
  readonly p10: number;
  readonly p90: number;
  readonly purchases: number;
  readonly within?: readonly [number, number, number];
}

const beliefsOf = (pairs: readonly Pair[]): BeliefColumns => {
  const chances = (at: number): Uint16Array =>
    chancesOf(pairs.map(({ within = [0.5, 0.7, 0.8] }) => within[at] as number));
  return {
    asOfDay: 100,
    pairStart: Int32Array.of(0),
    pairEnd: Int32Array.of(pairs.length),
    pairP10: daysOf(pairs.map(({ p10 }) => p10)),
    pairP90: daysOf(pairs.map(({ p90 }) => p90)),
    pairWithin7: chances(0),
    pairWithin14: chances(1),
    pairWithin30: chances(2),
    pairPurchases: Int32Array.from(pairs, ({ purchases }) => purchases),
  } as unknown as BeliefColumns;
};
const stateOf = (pairs: readonly Pair[]) => dueState(beliefsOf(pairs), 0);

test('[CYC23] one customer has one state over all products', () => {
  const past = { p10: 80, p90: 90, purchases: 4 };
  const now = { p10: 95, p90: 105, purchases: 1 };
  const later = { p10: 110, p90: 120, purchases: 4 };
  expect(stateOf([past, now])).toBe('due');
  expect(stateOf([past, later])).toBe('overdue');
  expect(stateOf([{ ...past, purchases: 2 }, later])).toBe('neither');
  expect(stateOf([])).toBe('neither');
});

test('[CYC23] a window is no due date where a purchase within seven days is unlikely', () => {
  const months = { p10: 90, p90: 340, purchases: 2, within: [0.04, 0.08, 0.16] } as const;
  expect(stateOf([months])).toBe('neither');
  expect(stateOf([{ ...months, within: [dueChance, 0.3, 0.4] }])).toBe('due');
  expect(stateOf([{ ...months, purchases: 9, p90: 99 }])).toBe('overdue');
});

test('[CYC23] a later day asks the same, as it will be if nothing is bought before', () => {
  // One in ten in the first week; from then on half of who is left buys each week.
  const within = [0.1, 0.55, 1 - 0.9 * 0.5 ** (23 / 7)] as const;
  const beliefs = beliefsOf([{ p10: 95, p90: 150, purchases: 5, within }]);
  expect([isDue(beliefs, 0), isDueOn(beliefs, 0, 100)]).toEqual([false, false]);
  expect([isDueOn(beliefs, 0, 107), isDueOn(beliefs, 0, 145), isDueOn(beliefs, 0, 151)]).toEqual([true, true, false]);
  const loose = beliefsOf([{ p10: 95, p90: 340, purchases: 5, within: [0.04, 0.08, 0.16] }]);
  expect([100, 107, 123, 130, 190].some((day) => isDueOn(loose, 0, day))).toBe(false);
  const surely = beliefsOf([{ p10: 95, p90: 150, purchases: 5, within: [1, 1, 1] }]);
  expect(isDueOn(surely, 0, 100)).toBe(true);
});
