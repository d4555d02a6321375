import { expect, test } from 'vitest';
import { simulateBroadcast } from '#core/demo/simulate-broadcast.ts';
import { parseLiveEvent } from '#core/live/parse-live-event.ts';

const options = {
  seed: 's',
  broadcast: 'b',
  startMs: 1_800_000_000_000,
  minutes: 20,
  viewers: ['o-1'],
  surgeAfterMinutes: 5,
  products: ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id, name: id, minutes: 5 })),
};

test('a simulated broadcast is the same for the same seed, and every event of it can be read', () => {
  const one = simulateBroadcast(options);
  const two = simulateBroadcast(options);
  expect(one.surge).toEqual(two.surge);
  const ids = new Set<string>();
  for (let second = 0; second < one.seconds; second++) {
    const events = one.nextSecond();
    expect(two.nextSecond()).toEqual(events);
    for (const event of events) {
      const parsed = parseLiveEvent(event, 0);
      if (!parsed.ok) throw new Error(JSON.stringify([event, parsed.error]));
      ids.add(parsed.value.id);
      expect(Math.floor((parsed.value.atMs - options.startMs) / 1000)).toBe(second);
    }
  }
  expect(ids.size).toBeGreaterThan(10_000);
});

test('the surge is of a product that is neither on nor next, and leaves quiet minutes before', () => {
  for (let seed = 0; seed < 50; seed++) {
    const { surge } = simulateBroadcast({ ...options, seed: String(seed) });
    if (!surge) continue;
    expect(surge.atSecond).toBeGreaterThanOrEqual(300);
    const shownAtEnd = Math.min(4, Math.floor((surge.atSecond + 300) / 300));
    expect(options.products.findIndex(({ id }) => id === surge.product)).toBeGreaterThan(shownAtEnd + 1);
  }
  expect(simulateBroadcast({ ...options, surgeAfterMinutes: null }).surge).toBeNull();
});
