/**
 * How hot a product is: the mean and 80 % range of a Beta-Binomial over decayed clicks and exposures (half-life 60 s),
 * drawn toward the room's mean rate by 40 pseudo-exposures. Clicks per exposure. Refuses to rank below 120 weighted
 * exposures (about 1.4 a second), and a product of which nothing came in the last minute while others went on. Decay
 * stops at the newest event of the feed, so a source that falls silent leaves its last word standing with its age, not
 * a slow slide toward the room's mean.
 */
import { betaQuantile } from './beta-quantile.ts';
import { type ProductTrack, decay, fastHalfLife, usualRate } from './product-track.ts';

export interface Heat {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  readonly base: number;
  readonly trend: -1 | 0 | 1;
  readonly isEnough: boolean;
}

export const priorViews = 40;
export const viewsNeeded = 120;
const quietSeconds = 60;
/** The arrow appears when the usual rate lies outside the 80 % range. */
export const readHeat = (track: ProductTrack, asOfSecond: number, roomRate: number): Heat => {
  const factor = decay(asOfSecond - track.second, fastHalfLife);
  const views = track.fastViews * factor;
  const clicks = Math.min(track.fastClicks * factor, views);
  const rate = Math.min(0.99, Math.max(0.001, roomRate));
  const a = clicks + priorViews * rate;
  const b = views - clicks + priorViews * (1 - rate);
  const low = betaQuantile(0.1, a, b);
  const high = betaQuantile(0.9, a, b);
  const base = usualRate(track, rate);
  const isEnough = views >= viewsNeeded && asOfSecond - track.second <= quietSeconds;
  const trend = !isEnough ? 0 : low > base ? 1 : high < base ? -1 : 0;
  return { mean: a / (a + b), low, high, base, trend, isEnough };
};
