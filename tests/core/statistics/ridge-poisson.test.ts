import { expect, test } from 'vitest';
import { fitRidgePoisson } from '#core/statistics/ridge-poisson.ts';
import { seededRandom } from '#core/statistics/seeded-random.ts';

test('[STA8] the Poisson fit recovers planted weights beside an offset', () => {
  const random = seededRandom(9);
  const rows = 20_000;
  const features = Float64Array.from({ length: rows * 2 }, () => random() * 2 - 1);
  const offsets = Float64Array.from({ length: rows }, () => random() * 3 - 1);
  const counts = Float64Array.from({ length: rows }, (_, i) => {
    const mean = Math.exp(-0.5 + (offsets[i] ?? 0) + 0.8 * (features[i * 2] ?? 0) - 0.3 * (features[i * 2 + 1] ?? 0));
    let count = 0;
    for (let left = 1 - random(); left > Math.exp(-mean); count++) left *= 1 - random();
    return count;
  });
  const [level, first, second] = fitRidgePoisson(features, 2, counts, 1, offsets);
  expect(level).toBeCloseTo(-0.5, 1);
  expect(first).toBeCloseTo(0.8, 1);
  expect(second).toBeCloseTo(-0.3, 1);
});
