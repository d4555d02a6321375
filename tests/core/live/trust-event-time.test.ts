import { expect, test } from 'vitest';
import { newSourceClock, trustEventTime } from '#core/live/trust-event-time.ts';

test('[EVT4] a steady clock error is taken off, the rest is believed within a minute', () => {
  let clock = newSourceClock;
  let atMs = 0;
  for (let second = 1; second <= 10; second++)
    ({ clock, atMs } = trustEventTime(clock, second * 1000 - 600_000, second * 1000 + 200));
  expect(atMs).toBe(10_200);
  ({ atMs } = trustEventTime(clock, 10_500 - 600_000, 12_000));
  expect(atMs).toBe(10_700);
});

test('[EVT4] ordinary delay keeps its own time, wild times become the arrival, nothing lies in the future', () => {
  let clock = newSourceClock;
  for (let second = 1; second <= 10; second++) ({ clock } = trustEventTime(clock, second * 1000, second * 1000 + 2000));
  expect(trustEventTime(clock, 100_000, 103_000).atMs).toBe(100_000);
  expect(trustEventTime(clock, 10_000, 103_000).atMs).toBe(103_000);
  expect(trustEventTime(clock, 104_000, 103_000).atMs).toBe(103_000);
});
