/**
 * Are people leaving faster than usual? Seconds come in order, each with who came, who left and a count if one was
 * taken. With leave events: a generalised likelihood ratio of the leaves of the last 10 to 60 s against the usual
 * hazard (half-life 600 s, of seconds older than the window), divided by the over-dispersion learned in this very room.
 * With counts alone: the fall from the highest of the last 60 s, against how much this room usually falls. Viewers are
 * the last count plus those who came since, less those who left. Says nothing below a loss of 12 %, and nothing until
 * 120 s are known: smaller and earlier ones cannot be told from chance.
 */
export interface AudienceTrack {
  readonly second: number;
  /** -1 while nobody counted. */
  readonly viewers: number;
  /** The last 60 seconds, oldest first. */
  readonly recent: readonly AudienceSecond[];
  /** Leaves and viewer-seconds, half-life 600 s: the usual hazard. */
  readonly baseLeaves: number;
  readonly baseViewerSeconds: number;
  /** Variance over mean of 10-second leave counts; 1 is a Poisson room. */
  readonly dispersion: number;
  /** How far counts usually fall within a minute. */
  readonly usualFall: number;
  readonly secondsKnown: number;
  readonly drop: Drop | null;
}

export interface AudienceSecond {
  readonly joined: number;
  readonly left: number;
  readonly viewers: number;
}

export interface Drop {
  readonly second: number;
  readonly share: number;
  readonly fromViewers: number;
  readonly windowSeconds: number;
}

export interface AudienceStep {
  readonly joined: number;
  readonly left: number;
  /** -1: not counted in this second. */
  readonly sampled: number;
}

export const dropThreshold = 6.5;
export const dropShare = 0.12;
export const dropRestSeconds = 240;
const windows = [10, 15, 20, 30, 45, 60] as const;
const keepSeconds = 60;
const knownNeeds = 120;
const slow = 2 ** (-1 / 600);
const slowBin = 2 ** (-10 / 600);

export const startAudience = (second: number): AudienceTrack => ({
  second,
  viewers: -1,
  recent: [],
  baseLeaves: 0,
  baseViewerSeconds: 0,
  dispersion: 1,
  usualFall: 0.02,
  secondsKnown: 0,
  drop: null,
});

export const advanceAudience = (track: AudienceTrack, step: AudienceStep): AudienceTrack => {
  const second = track.second + 1;
  const viewers = countViewers(track.viewers, step);
  if (viewers < 0) return { ...track, second };
  const all = [...track.recent, { joined: step.joined, left: step.left, viewers }];
  const gone = all.length > keepSeconds ? all[0] : undefined;
  const recent = gone ? all.slice(1) : all;
  const base = {
    baseLeaves: track.baseLeaves * slow + (gone?.left ?? 0),
    baseViewerSeconds: track.baseViewerSeconds * slow + (gone?.viewers ?? 0),
  };
  const next = {
    second,
    viewers,
    recent,
    ...base,
    ...learn(track, recent, second),
    secondsKnown: track.secondsKnown + 1,
  };
  return { ...next, drop: findDrop({ ...next, drop: track.drop }) ?? track.drop };
};

function countViewers(before: number, step: AudienceStep): number {
  if (step.sampled >= 0) return step.sampled;
  if (before < 0 && step.joined === 0) return -1;
  return Math.max(0, Math.max(0, before) + step.joined - step.left);
}

/** Every ten seconds: how uneven the leaves of this room are, and how far its counts fall by themselves. */
function learn(
  track: AudienceTrack,
  recent: readonly AudienceSecond[],
  second: number,
): Pick<AudienceTrack, 'dispersion' | 'usualFall'> {
  if (second % 10 !== 0 || recent.length < keepSeconds)
    return { dispersion: track.dispersion, usualFall: track.usualFall };
  const bin = recent.slice(0, 10);
  const expected = hazard(track) * sum(bin, (each) => each.viewers);
  const residual = expected > 0 ? (sum(bin, (each) => each.left) - expected) ** 2 / expected : 1;
  const fall = fallOf(recent).share;
  return {
    // One wild bin (a real drop) must not teach the room that drops are usual.
    dispersion: Math.max(1, track.dispersion * slowBin + Math.min(residual, 6) * (1 - slowBin)),
    usualFall: track.usualFall * slowBin + Math.min(fall, 0.1) * (1 - slowBin),
  };
}

function findDrop(track: AudienceTrack): Drop | null {
  const isResting = track.drop !== null && track.second - track.drop.second < dropRestSeconds;
  if (isResting || track.secondsKnown < knownNeeds) return null;
  return track.baseLeaves > 0 ? dropByLeaves(track) : dropByCounts(track);
}

function dropByLeaves(track: AudienceTrack): Drop | null {
  let best: Drop | null = null;
  let bestRatio = dropThreshold;
  for (const windowSeconds of windows) {
    const window = track.recent.slice(-windowSeconds);
    const fromViewers = window[0]?.viewers ?? 0;
    const expected = Math.max(0.5, hazard(track) * fromViewers * windowSeconds);
    const left = sum(window, (each) => each.left);
    if (left <= expected) continue;
    const ratio = (left * Math.log(left / expected) - (left - expected)) / track.dispersion;
    const share = (left - expected) / Math.max(1, fromViewers);
    if (ratio < bestRatio || share < dropShare * Math.sqrt(track.dispersion)) continue;
    bestRatio = ratio;
    best = { second: track.second, share, fromViewers, windowSeconds };
  }
  return best;
}

function dropByCounts(track: AudienceTrack): Drop | null {
  const fall = fallOf(track.recent);
  if (fall.share < Math.max(dropShare, 4 * track.usualFall) || fall.fromViewers < 30) return null;
  return { second: track.second, ...fall };
}

function fallOf(recent: readonly AudienceSecond[]): Omit<Drop, 'second'> {
  let at = 0;
  recent.forEach((each, index) => (at = each.viewers >= (recent[at]?.viewers ?? 0) ? index : at));
  const fromViewers = recent[at]?.viewers ?? 0;
  const now = recent.at(-1)?.viewers ?? 0;
  return {
    share: fromViewers > 0 ? (fromViewers - now) / fromViewers : 0,
    fromViewers,
    windowSeconds: recent.length - at,
  };
}

const hazard = (track: Pick<AudienceTrack, 'baseLeaves' | 'baseViewerSeconds'>): number =>
  track.baseViewerSeconds > 0 ? track.baseLeaves / track.baseViewerSeconds : 0;

const sum = (seconds: readonly AudienceSecond[], take: (each: AudienceSecond) => number): number =>
  seconds.reduce((total, each) => total + take(each), 0);
