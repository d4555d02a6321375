import { expect, it } from 'vitest';
import { quietSince } from '#core/insight/profile/quiet-since.ts';

const quiet = (lastDay: readonly number[], isPresent = lastDay.map(() => 1)) =>
  quietSince({
    asOfDay: 1000,
    customerCount: lastDay.length,
    isPresent: Uint8Array.from(isPresent),
    lastDay: Int32Array.from(lastDay),
  });

it('[PRO10] the newest order of anybody says how long none came; a week is as usual, and no order says nothing', () => {
  expect(quiet([662, 600, -1])).toEqual({ lastDay: 662, days: 338 });
  expect(quiet([992, 600])).toEqual({ lastDay: 992, days: 8 });
  expect(quiet([993, 600])).toBeNull();
  expect(quiet([-1, -1])).toBeNull();
  expect(quiet([662, 999], [1, 0])).toEqual({ lastDay: 662, days: 338 });
});
