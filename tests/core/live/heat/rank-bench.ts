/** Eight products whose true rates wander; how good is the one on top, and how often does it change? */
import { advanceTrack, startTrack } from '#core/live/heat/product-track.ts';
import { rankProducts } from '#core/live/heat/rank-products.ts';
import { readHeat } from '#core/live/heat/read-heat.ts';
import { binomial, poisson, seededRandom } from '#tests/makers/live-events.ts';

export interface RankQuality {
  readonly topRight: number;
  /** Mean share of the best true rate given away by what stands on top. */
  readonly regret: number;
  readonly flipsAMinute: number;
}

export const measureRanking = (exposures: number, minutes: number, seed = 3): RankQuality => {
  const random = seededRandom(seed);
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
  const wander = names.map(() => normal(random) * 0.45);
  let tracks = names.map(() => startTrack(0));
  let order: readonly string[] = [];
  let right = 0,
    regret = 0,
    flips = 0,
    seconds = 0,
    top = '';
  for (let second = 1; second <= minutes * 60; second++) {
    const rates = wander.map((value, index) => {
      // Ornstein-Uhlenbeck in the logarithm: forgets itself in a quarter of an hour, spreads by a factor of 1.6.
      wander[index] = value * (1 - 1 / 900) + normal(random) * 0.45 * Math.sqrt(2 / 900);
      return 0.05 * Math.exp(wander[index] ?? 0);
    });
    tracks = tracks.map((track, index) => {
      const views = poisson(exposures, random);
      return advanceTrack(track, second, views, binomial(views, rates[index] ?? 0, random), 0.05);
    });
    // As on screen: a row changes place at most every two seconds.
    if (second % 2 === 1) continue;
    const rows = tracks.map((track, index) => ({
      product: names[index] ?? '',
      views: 0,
      ...readHeat(track, second, 0.05),
    }));
    order = rankProducts(rows, order).map((row) => row.product);
    if (second <= 300) continue;
    const best = Math.max(...rates);
    const shown = rates[names.indexOf(order[0] ?? '')] ?? 0;
    seconds += 2;
    regret += 2 * (1 - shown / best);
    if (shown === best) right += 2;
    if (top !== '' && order[0] !== top) flips++;
    top = order[0] ?? '';
  }
  return { topRight: right / seconds, regret: regret / seconds, flipsAMinute: (flips / seconds) * 60 };
};

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
