import { expect, test } from 'vitest';
import { advanceAudience, dropRestSeconds, startAudience } from '#core/live/audience/audience-track.ts';
import { measureDrops, measureFalseDrops } from './drop-bench.ts';

const quiet = { joined: 0, left: 0, sampled: -1 };

test('[AUD1] viewers are the last count, plus who came, less who left', () => {
  let track = advanceAudience(startAudience(0), quiet);
  expect(track.viewers).toBe(-1);
  track = advanceAudience(track, { joined: 3, left: 0, sampled: -1 });
  expect(track.viewers).toBe(3);
  track = advanceAudience(advanceAudience(track, { ...quiet, sampled: 100 }), { joined: 5, left: 2, sampled: -1 });
  expect(track.viewers).toBe(103);
});

test('[AUD2] a loss of a fifth at 500 viewers is found in time', () => {
  const times = measureDrops(500, 0.2, 30, 60);
  expect(times.p50).toBeLessThanOrEqual(20);
  expect(times.p90).toBeLessThanOrEqual(40);
  expect(times.missed).toBeLessThanOrEqual(0.05);
});

test('[AUD3] at most one false alarm in four hours', () => {
  expect(measureFalseDrops(500, 0, 12)).toBeLessThanOrEqual(1);
});

test('[AUD4] an uneven room is not alarmed by its own unevenness', () => {
  expect(measureFalseDrops(500, 0.4, 24)).toBeLessThanOrEqual(1);
});

test('[AUD5, AUD6] with counts alone a fall is found, once', () => {
  let track = startAudience(0);
  const alarms: number[] = [];
  for (let second = 1; second <= 300 + dropRestSeconds; second++) {
    const sampled = second % 5 === 0 ? 1000 + (second % 3) * 10 - (second > 300 ? 300 : 0) : -1;
    track = advanceAudience(track, { joined: 0, left: 0, sampled });
    if (track.drop?.second === second) alarms.push(second);
  }
  expect(alarms).toHaveLength(1);
  expect(alarms[0]).toBeLessThan(310);
  expect(track.drop?.share).toBeGreaterThan(0.2);
});
