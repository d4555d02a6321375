import { expect, test } from 'vitest';
import { betaQuantile } from '#core/live/heat/beta-quantile.ts';
import { advanceTrack, startTrack } from '#core/live/heat/product-track.ts';
import { priorViews, readHeat } from '#core/live/heat/read-heat.ts';
import { rankProducts } from '#core/live/heat/rank-products.ts';
import { measureRanking } from './rank-bench.ts';

const trackOf = (views: number, clicks: number) => advanceTrack(startTrack(0), 1, views, clicks, 0.05);

test('[HEAT1] the mean is drawn toward the room by forty exposures', () => {
  expect(readHeat(trackOf(360, 36), 1, 0.05).mean).toBeCloseTo((36 + priorViews * 0.05) / 400, 9);
  expect(readHeat(trackOf(0, 0), 1, 0.05).mean).toBeCloseTo(0.05, 9);
});

test('[HEAT2] one exposure a second is too little, two are enough', () => {
  let one = startTrack(0);
  let two = startTrack(0);
  for (let second = 1; second <= 600; second++) {
    one = advanceTrack(one, second, 1, 0, 0.05);
    two = advanceTrack(two, second, 2, 0, 0.05);
  }
  expect(readHeat(one, 600, 0.05).isEnough).toBe(false);
  expect(readHeat(two, 600, 0.05).isEnough).toBe(true);
});

// Closed forms: Beta(1, b) has quantile 1 - (1 - q)^(1/b), Beta(a, 1) has q^(1/a), Beta(2, 2) solves 3x^2 - 2x^3 = q.
test('[HEAT3] beta quantiles equal closed forms', () => {
  for (const q of [0.05, 0.1, 0.5, 0.9, 0.99]) {
    for (const shape of [0.2, 1, 3, 40, 400]) {
      expect(betaQuantile(q, 1, shape)).toBeCloseTo(1 - (1 - q) ** (1 / shape), 6);
      expect(betaQuantile(q, shape, 1)).toBeCloseTo(q ** (1 / shape), 6);
    }
    const x = betaQuantile(q, 2, 2);
    expect(3 * x ** 2 - 2 * x ** 3).toBeCloseTo(q, 6);
    expect(betaQuantile(q, 7, 90) + betaQuantile(1 - q, 90, 7)).toBeCloseTo(1, 6);
  }
});

const row = (product: string, mean: number, isEnough = true) => ({ product, mean, isEnough, views: 100 });

test('[HEAT4] fifteen per cent higher passes, fourteen does not', () => {
  expect(rankProducts([row('a', 0.1), row('b', 0.114)], ['a', 'b']).map((each) => each.product)).toEqual(['a', 'b']);
  expect(rankProducts([row('a', 0.1), row('b', 0.116)], ['a', 'b']).map((each) => each.product)).toEqual(['b', 'a']);
  expect(rankProducts([row('a', 0.1), row('b', 0.2, false)], []).map((each) => each.product)).toEqual(['a', 'b']);
});

test('[HEAT5] the order of the input leaves no trace', () => {
  const rows = [row('c', 0.1), row('a', 0.1), row('b', 0.2), row('d', 0.05, false), row('e', 0.3, false)];
  const want = ['b', 'a', 'c', 'd', 'e'];
  expect(rankProducts(rows, []).map((each) => each.product)).toEqual(want);
  expect(rankProducts(rows.toReversed(), []).map((each) => each.product)).toEqual(want);
});

test('[HEAT10] a silent feed keeps its last rate', () => {
  const track = trackOf(300, 30);
  expect(readHeat(track, track.second, 0.05)).toEqual(readHeat(track, 1, 0.05));
});

test('[HEAT12] a product nothing came of for over a minute is not ranked, however many exposures it once had', () => {
  const track = trackOf(100_000, 31_200);
  expect(readHeat(track, track.second + 60, 0.05).isEnough).toBe(true);
  expect(readHeat(track, track.second + 61, 0.05).isEnough).toBe(false);
});

test('[HEAT11] the product on top is nearly the best, and stays', () => {
  const runs = [measureRanking(8, 480, 3), measureRanking(8, 480, 4)];
  expect(runs.reduce((sum, run) => sum + run.regret, 0) / runs.length).toBeLessThanOrEqual(0.06);
  expect(Math.max(...runs.map((run) => run.flipsAMinute))).toBeLessThanOrEqual(0.5);
});
