import { expect, test } from 'vitest';
import { admitArrivals, emptyArrivals, greetAgainMs } from '#core/live/arrivals/arrival-queue.ts';
import type { ArrivalKind } from '#core/live/broadcast.doc.ts';

const came = (customer: string, atMs: number, arrival: ArrivalKind = 'vip') => ({
  customer,
  card: { id: `${customer}-${atMs}`, nickname: customer, arrival, line: 'welcome-back' as const, atMs },
});

test('[ARR5] one customer is shown once in thirty minutes', () => {
  const first = admitArrivals(emptyArrivals, [came('a', 0), came('a', 5), came('b', 6)]);
  expect(first.shown.map((card) => card.id)).toEqual(['a-0', 'b-6']);
  const again = admitArrivals(first.queue, [came('a', 1000)]);
  expect(again.shown).toEqual([]);
  expect(admitArrivals(again.queue, [came('a', greetAgainMs + 6)]).shown).toHaveLength(1);
  expect(admitArrivals(again.queue, [came('c', greetAgainMs + 6)]).queue.shownMsByCustomer.size).toBe(1);
});

test('[ARR6] when many come at once, VIPs first, twelve at most', () => {
  const many = Array.from({ length: 20 }, (_, index) => came(`r${index}`, index, 'regular'));
  const { shown } = admitArrivals(emptyArrivals, [...many, came('v', 50, 'vip'), came('k', 51, 'koc')]);
  expect(shown).toHaveLength(12);
  expect(shown.map((card) => card.arrival)).toContain('vip');
  expect(shown.map((card) => card.arrival)).toContain('koc');
  expect(shown.map((card) => card.nickname)).not.toContain('r0');
});
