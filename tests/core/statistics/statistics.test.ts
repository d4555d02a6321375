import { expect, test } from 'vitest';
import { decay } from '#core/statistics/decay.ts';
import { logNormalCdf, logNormalQuantile } from '#core/statistics/log-normal.ts';
import { logistic, logOdds } from '#core/statistics/logistic.ts';
import { medianInPlace } from '#core/statistics/median.ts';
import { minimise } from '#core/statistics/minimise.ts';
import { normalCdf, normalQuantile } from '#core/statistics/normal.ts';
import { quantileDisc } from '#core/statistics/quantile-disc.ts';
import { quantilesDisc } from '#core/statistics/quantiles-disc.ts';
import { fitRidgeLogistic, logitOf } from '#core/statistics/ridge-logistic.ts';
import { roundDays, roundProbability } from '#core/statistics/rounding.ts';
import { seededRandom } from '#core/statistics/seeded-random.ts';
import { shrink, varianceRatio } from '#core/statistics/shrink.ts';

test('[STA1] discrete quantiles are values that occur', () => {
  expect([0.2, 0.4, 0.6, 0.8].map((share) => quantileDisc([1, 2, 3, 4, 5], share))).toEqual([1, 2, 3, 4]);
  expect(quantileDisc([7], 0.5)).toBe(7);
  expect(quantileDisc([], 0.5)).toBeNaN();
});

test('[STA1] selection gives what sorting gives', () => {
  const random = seededRandom(4);
  for (let run = 0; run < 50; run++) {
    const values = Float64Array.from({ length: 1 + Math.floor(random() * 300) }, () => Math.floor(random() * 20));
    const sorted = values.slice().sort();
    const shares = [0.2, 0.4, 0.6, 0.8];
    expect(quantilesDisc(values, shares)).toEqual(shares.map((share) => quantileDisc(sorted, share)));
  }
});

test('[STA2] shrinkage is zero without observations and approaches the mean', () => {
  expect(shrink(0, 0, 4)).toBe(0);
  expect(shrink(10, 1, 9)).toBe(1);
  expect(shrink(10 * 1e6, 1e6, 9)).toBeCloseTo(10, 3);
});

test('[STA2] the variance ratio is recovered from planted groups', () => {
  const random = seededRandom(9);
  const normal = (): number => normalQuantile(Math.max(1e-9, random()));
  const groups = 400;
  const count = new Int32Array(groups);
  const sum = new Float64Array(groups);
  const squares = new Float64Array(groups);
  for (let g = 0; g < groups; g++) {
    const centre = normal() * 0.5;
    for (let i = 0; i < 2 + (g % 7); i++) {
      const y = centre + normal();
      count[g] = (count[g] ?? 0) + 1;
      sum[g] = (sum[g] ?? 0) + y;
      squares[g] = (squares[g] ?? 0) + y * y;
    }
  }
  expect(varianceRatio({ count, sum, squares }, 13)).toBeGreaterThan(2.8);
  expect(varianceRatio({ count, sum, squares }, 13)).toBeLessThan(5.6);
  expect(varianceRatio({ count: [1, 1], sum: [1, 2], squares: [1, 4] }, 13)).toBe(13);
});

test('[STA3] quantiles undo cumulative laws', () => {
  for (const share of [0.001, 0.1, 0.5, 0.9, 0.999]) {
    expect(normalCdf(normalQuantile(share))).toBeCloseTo(share, 6);
    expect(logNormalCdf(logNormalQuantile(share, 3, 0.7), 3, 0.7)).toBeCloseTo(share, 6);
    expect(logistic(logOdds(share))).toBeCloseTo(share, 9);
  }
  expect(normalCdf(1.959964)).toBeCloseTo(0.975, 6);
  expect(logNormalCdf(0, 3, 1)).toBe(0);
});

test('[STA4] the logistic fit recovers planted weights and stands a base rate of 2 %', () => {
  const random = seededRandom(7);
  const n = 8000;
  const planted = [-4.2, 0.9, -0.6];
  const features = new Float64Array(n * 2);
  const labels = new Uint8Array(n);
  for (let i = 0; i < n; i++) {
    features[i * 2] = normalQuantile(Math.max(1e-9, random()));
    features[i * 2 + 1] = normalQuantile(Math.max(1e-9, random()));
    labels[i] = random() < logistic(logitOf(planted, features, i * 2)) ? 1 : 0;
  }
  const fitted = fitRidgeLogistic(features, 2, labels, 0.1);
  planted.forEach((weight, at) => expect(Math.abs((fitted[at] ?? 0) - weight)).toBeLessThan(0.35));
});

test('[STA5] the seeded source repeats itself and spreads evenly', () => {
  const one = Array.from({ length: 5 }, seededRandom(1));
  expect(Array.from({ length: 5 }, seededRandom(1))).toEqual(one);
  expect(Array.from({ length: 5 }, seededRandom(2))).not.toEqual(one);
  const random = seededRandom(3);
  const counts = new Int32Array(10);
  for (let i = 0; i < 100_000; i++) {
    const at = Math.floor(random() * 10);
    counts[at] = (counts[at] ?? 0) + 1;
  }
  for (const n of counts) expect(Math.abs(n - 10_000)).toBeLessThan(400);
});

test('[STA6] the minimiser walks down a curved valley', () => {
  const { point } = minimise(([x = 0, y = 0]) => (1 - x) ** 2 + 100 * (y - x * x) ** 2, [-1.2, 1], [0.5, 0.5], {
    evaluations: 2000,
    tolerance: 1e-14,
  });
  expect(point[0]).toBeCloseTo(1, 3);
  expect(point[1]).toBeCloseTo(1, 3);
});

test('[STA7] probabilities are published to 1e-4 and days to 0.1', () => {
  expect(roundProbability(0.123456)).toBe(0.1235);
  expect(roundDays(12.345)).toBe(12.3);
  expect(decay(60, 60)).toBe(0.5);
  expect(medianInPlace(Float64Array.of(5, 1, 3, 99), 3)).toBe(3);
});
