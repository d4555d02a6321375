import { expect, test } from 'vitest';
import { correctForMany } from '#core/statistics/correct-for-many.ts';
import { hypergeometricTail } from '#core/statistics/hypergeometric.ts';
import { robustRidge } from '#core/statistics/robust-ridge.ts';
import { seededRandom } from '#core/statistics/seeded-random.ts';
import { wilsonInterval } from '#core/statistics/wilson-interval.ts';

test('[STA14] the chance of meeting so often agrees with scipy 1.17.1 (hypergeom.sf)', () => {
  const cases: [number, number, number, number, number][] = [
    [5, 10, 12, 40, 0.1174344973156518],
    [74, 77, 89, 9018, 2.6033000967938177e-164],
    [3, 5, 6, 10, 0.7380952380952381],
    [30, 200, 400, 5000, 0.0004998658588905873],
    [1, 10, 12, 40, 0.9845184368429151],
    [4, 8, 4, 9, 0.5555555555555556],
  ];
  for (const [hits, left, right, all, chance] of cases)
    expect(hypergeometricTail(hits, left, right, all) / chance).toBeCloseTo(1, 9);
  expect(hypergeometricTail(0, 5, 5, 10)).toBe(1);
  expect(hypergeometricTail(6, 5, 5, 10)).toBe(0);
});

test('[STA15] corrected chances agree with scipy 1.17.1 (false_discovery_control, by)', () => {
  const of = (chances: number[], tests: number): number[] => Array.from(correctForMany(chances, tests));
  const expected = [0.011416666666666667, 0.5708333333333333, 0.05708333333333333, 0.1522222222222222, 1];
  of([0.001, 0.2, 0.01, 0.04, 0.9], 5).forEach((chance, at) => expect(chance).toBeCloseTo(expected[at] ?? 0, 12));
  const [first, second] = of([0.0001, 0.002], 10);
  expect(first).toBeCloseTo(0.0029289682539682537, 12);
  expect(second).toBeCloseTo(0.02928968253968254, 12);
  expect(of([], 3)).toEqual([]);
});

test('[STA16] the interval of a share agrees with scipy 1.17.1 (binomtest, wilson)', () => {
  const cases: [number, number, number, number][] = [
    [8, 10, 0.4901624715366418, 0.9433178485456248],
    [0, 7, 0, 0.35433043506668743],
    [74, 77, 0.8916001812736711, 0.986662049959409],
  ];
  for (const [hits, n, low, high] of cases) {
    expect(wilsonInterval(hits, n).low).toBeCloseTo(low, 4);
    expect(wilsonInterval(hits, n).high).toBeCloseTo(high, 4);
  }
  expect(wilsonInterval(0, 0)).toEqual({ low: 0, high: 1 });
});

test('[STA17] planted effects are found among outliers', () => {
  const random = seededRandom(17);
  const rows = 400;
  const features = new Float64Array(rows * 2);
  const targets = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    features.set([random() - 0.5, random() - 0.5], row * 2);
    const clean = 2 * (features[row * 2] ?? 0) - (features[row * 2 + 1] ?? 0) + 0.05 * (random() - 0.5);
    targets[row] = row % 10 === 0 ? clean + 30 : clean;
  }
  const problem = {
    features,
    targets,
    width: 2,
    rows: Int32Array.from({ length: rows }, (_, row) => row),
    prior: [0, 0],
    penalty: [0.001, 0.001],
    reach: 0.3,
  };
  const found = robustRidge(problem, 8);
  expect(found[0]).toBeCloseTo(2, 1);
  expect(found[1]).toBeCloseTo(-1, 1);
  expect(Array.from(robustRidge({ ...problem, rows: new Int32Array(0), prior: [3, 4] }))).toEqual([3, 4]);
  const held = robustRidge({ ...problem, prior: [5, 5], penalty: [1e9, 1e9] });
  expect(held[0]).toBeCloseTo(5, 4);
});
