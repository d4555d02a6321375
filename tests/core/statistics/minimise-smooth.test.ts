import { expect, test } from 'vitest';
import { minimise } from '#core/statistics/minimise.ts';
import { minimiseSmooth } from '#core/statistics/minimise-smooth.ts';
import { logistic, logOdds } from '#core/statistics/logistic.ts';
import { fitRidgeLogistic } from '#core/statistics/ridge-logistic.ts';
import { seededRandom } from '#core/statistics/seeded-random.ts';

const rosenbrock = (point: Float64Array): number => {
  let sum = 0;
  for (let j = 0; j + 1 < point.length; j++) {
    const [x = 0, y = 0] = [point[j], point[j + 1]];
    sum += 100 * (y - x * x) ** 2 + (1 - x) ** 2;
  }
  return sum;
};

const rosenbrockSlope = (point: Float64Array, slope: Float64Array): void => {
  slope.fill(0);
  for (let j = 0; j + 1 < point.length; j++) {
    const [x = 0, y = 0] = [point[j], point[j + 1]];
    slope[j] = (slope[j] ?? 0) - 400 * x * (y - x * x) - 2 * (1 - x);
    slope[j + 1] = 200 * (y - x * x);
  }
};

test('[STA18] the smooth minimiser finds the floor with few evaluations', () => {
  const count = { smooth: 0, simplex: 0 };
  const start = [-1.2, 1, -0.5, 0.8];
  const asked = (point: Float64Array, slope: Float64Array): number => {
    count.smooth++;
    rosenbrockSlope(point, slope);
    return rosenbrock(point);
  };
  const smooth = minimiseSmooth(asked, start, { iterations: 200 });
  expect(smooth.cost).toBeLessThan(1e-3);
  for (const each of smooth.point) expect(each).toBeCloseTo(1, 1);
  const found = minimise((point) => (count.simplex++, rosenbrock(point)), start, [1, 1, 1, 1], { evaluations: 5000 });
  expect(found.cost).toBeLessThan(1);
  expect(count.smooth).toBeLessThan(200);
  const wall = minimiseSmooth(
    ([x = 0], slope) => {
      slope[0] = 2 * x;
      return x < -1 ? Number.NaN : x ** 2;
    },
    [4],
  );
  expect(wall.point[0]).toBeCloseTo(0, 3);
});

test('[STA19] trials and successes may be rows of their own, and an offset is corrected only', () => {
  const random = seededRandom(3);
  const x = Float64Array.from({ length: 4000 }, () => random() * 2 - 1);
  const happened = Uint8Array.from(x, (each) => (random() < logistic(-1 + 1.5 * each) ? 1 : 0));
  const plain = fitRidgeLogistic(x, 1, happened, 0.1);
  const successes = x.filter((_, at) => happened[at] === 1);
  const rows = Float64Array.from([...x, ...successes]);
  const apart = fitRidgeLogistic(
    rows,
    1,
    Uint8Array.from(rows, (_, at) => (at < x.length ? 0 : 1)),
    0.1,
    25,
    { trials: Array.from(rows, (_, at) => (at < x.length ? 1 : 0)) },
  );
  expect(apart[0]).toBeCloseTo(plain[0] ?? 0, 6);
  expect(apart[1]).toBeCloseTo(plain[1] ?? 0, 6);
  const offsets = Array.from(x, (each) => logOdds(logistic(-1 + 1.5 * each)));
  const corrected = fitRidgeLogistic(x, 1, happened, 1, 25, { offsets, interceptPenalty: 1 });
  expect(Math.abs(corrected[0] ?? 1)).toBeLessThan(0.12);
  expect(Math.abs(corrected[1] ?? 1)).toBeLessThan(0.2);
});
