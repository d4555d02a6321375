import { expect, it } from 'vitest';
import { compareArms } from '#core/outcomes/compare-arms.ts';

it('[OTC10] the interval is that of the paper’s worked example', () => {
  // Newcombe 1998, table II, (a) 56/70 against 48/80: 0.0524 to 0.3339.
  const compared = compareArms({ repurchased: 56, mature: 70 }, { repurchased: 48, mature: 80 });
  expect(compared?.difference).toBeCloseTo(0.2, 6);
  expect(compared?.low).toBeCloseTo(0.0524, 4);
  expect(compared?.high).toBeCloseTo(0.3339, 4);
  expect(compared?.isTold).toBe(true);
});
it('[OTC10] without enough people the interval holds zero and says so', () => {
  expect(compareArms({ repurchased: 144, mature: 455 }, { repurchased: 14, mature: 53 })?.isTold).toBe(false);
  expect(compareArms({ repurchased: 1, mature: 4 }, { repurchased: 0, mature: 0 })).toBeNull();
});
