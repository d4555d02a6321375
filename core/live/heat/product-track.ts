/**
 * What is remembered of one product's clicks and exposures: fast counts (half-life 60 s) for how hot it is now, slow
 * counts (half-life 600 s) for what is usual for it, and the score of the surge alarm.
 *
 * The alarm is a one-sided CUSUM (Page 1954) of the binomial log-likelihood ratio of "twice the usual rate" against
 * "the usual rate", fed with each second's clicks and exposures. The usual rate leaves out the last 30 s, so a surge
 * does not raise its own bar; it is kept back until it rests on 900 weighted exposures, because an alarm against a
 * base nobody knows is noise. The threshold gives one false alarm in 10 product-hours (README, measured).
 */
export interface ProductTrack {
  /** The second up to which all is counted. */
  readonly second: number;
  readonly fastViews: number;
  readonly fastClicks: number;
  readonly baseViews: number;
  readonly baseClicks: number;
  /** Steps too young for the base, oldest first: second, exposures, clicks. */
  readonly young: readonly (readonly [second: number, views: number, clicks: number])[];
  readonly score: number;
  /** Second of the last alarm; -1 never. */
  readonly surgeSecond: number;
}

export const fastHalfLife = 60;
export const baseHalfLife = 600;
export const baseDelaySeconds = 30;
export const baseNeeds = 900;
export const surgeFactor = 2;
export const surgeThreshold = 8.5;
/** After an alarm the next one of this product waits: one surge is one alarm. */
export const surgeRestSeconds = 300;
/** A room's worth of doubt about the usual rate, in exposures. */
const basePrior = 40;

export const startTrack = (second: number): ProductTrack => ({
  second,
  fastViews: 0,
  fastClicks: 0,
  baseViews: 0,
  baseClicks: 0,
  young: [],
  score: 0,
  surgeSecond: -1,
});

/** Takes one second (or one table row) of a product. Seconds come in order; `roomRate` is the room's mean rate. */
export const advanceTrack = (
  track: ProductTrack,
  second: number,
  views: number,
  clicks: number,
  roomRate: number,
): ProductTrack => {
  const aged = ageBase(track, second);
  const fast = decay(second - track.second, fastHalfLife);
  const usual = usualRate(aged, roomRate);
  const isKnown = aged.baseViews >= baseNeeds;
  const isResting = track.surgeSecond >= 0 && second - track.surgeSecond < surgeRestSeconds;
  const score = isKnown && !isResting ? Math.max(0, track.score + evidence(views, Math.min(clicks, views), usual)) : 0;
  const isSurge = score >= surgeThreshold;
  return {
    second,
    fastViews: track.fastViews * fast + views,
    fastClicks: track.fastClicks * fast + clicks,
    baseViews: aged.baseViews,
    baseClicks: aged.baseClicks,
    young: [...aged.young, [second, views, clicks]],
    score: isSurge ? 0 : score,
    surgeSecond: isSurge ? second : track.surgeSecond,
  };
};

export const usualRate = (track: Pick<ProductTrack, 'baseViews' | 'baseClicks'>, roomRate: number): number =>
  (track.baseClicks + basePrior * roomRate) / (track.baseViews + basePrior);

export const decay = (seconds: number, halfLife: number): number => 2 ** (-Math.max(0, seconds) / halfLife);

/** Moves what has grown old enough from `young` into the base. */
function ageBase(track: ProductTrack, second: number): Pick<ProductTrack, 'baseViews' | 'baseClicks' | 'young'> {
  const factor = decay(second - track.second, baseHalfLife);
  let baseViews = track.baseViews * factor;
  let baseClicks = track.baseClicks * factor;
  let taken = 0;
  for (const [at, views, clicks] of track.young) {
    if (at > second - baseDelaySeconds) break;
    const weight = decay(second - at, baseHalfLife);
    baseViews += views * weight;
    baseClicks += clicks * weight;
    taken++;
  }
  return { baseViews, baseClicks, young: taken === 0 ? track.young : track.young.slice(taken) };
}

function evidence(views: number, clicks: number, usual: number): number {
  if (views === 0 || usual <= 0) return 0;
  const raised = Math.min(0.95, usual * surgeFactor);
  return clicks * Math.log(raised / usual) + (views - clicks) * Math.log((1 - raised) / (1 - Math.min(0.94, usual)));
}
