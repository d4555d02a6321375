import { expect, test } from 'vitest';
import { advanceTrack, baseNeeds, startTrack, surgeRestSeconds } from '#core/live/heat/product-track.ts';
import { measureFalseAlarms, measureSurges } from './surge-bench.ts';

test('[HEAT6] a threefold surge at 5 exposures a second is found within 30 s in half and 60 s in nine of ten cases', () => {
  const times = measureSurges(5, 3, 120);
  expect(times.p50).toBeLessThanOrEqual(30);
  expect(times.p90).toBeLessThanOrEqual(60);
  expect(times.missed).toBe(0);
  expect(measureSurges(20, 3, 60).p50).toBeLessThanOrEqual(10);
  expect(measureSurges(5, 2, 120).missed).toBeLessThanOrEqual(0.05);
});

test('[HEAT7] at most one false alarm in ten product-hours', () => {
  expect(measureFalseAlarms(5, 0.05, 60)).toBeLessThanOrEqual(1);
  expect(measureFalseAlarms(20, 0.05, 60)).toBeLessThanOrEqual(1);
});

test('[HEAT8] one surge is one alarm', () => {
  let track = startTrack(0);
  const alarms: number[] = [];
  for (let second = 1; second <= 1200 + surgeRestSeconds - 30; second++) {
    track = advanceTrack(track, second, 10, second > 1200 ? 4 : second % 2, 0.05);
    if (track.surgeSecond === second) alarms.push(second);
  }
  expect(alarms).toHaveLength(1);
});

test('[HEAT9] no alarm before the usual rate is known', () => {
  let track = startTrack(0);
  let views = 0;
  for (let second = 1; views < baseNeeds; second++, views += 5) track = advanceTrack(track, second, 5, 4, 0.05);
  expect(track.surgeSecond).toBe(-1);
});
