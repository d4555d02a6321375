/** The simulated audience behind the bars: viewers stay three minutes on average, a share of them leaves at once. */
import { advanceAudience, startAudience } from '#core/live/audience/audience-track.ts';
import { poisson, seededRandom } from '#tests/makers/live-events.ts';

const staySeconds = 180;
/** Poisson counts of any mean: sums of small ones. */
const count = (mean: number, random: () => number): number => {
  let rest = mean,
    total = 0;
  for (; rest > 20; rest -= 20) total += poisson(20, random);
  return total + poisson(Math.max(0, rest), random);
};

export const measureDrops = (viewersAtStart: number, share: number, overSeconds: number, drops: number, seed = 9) => {
  const random = seededRandom(seed);
  const found: number[] = [];
  const startsAt = 900;
  for (let run = 0; run < drops; run++) {
    let track = advanceAudience(startAudience(0), { joined: 0, left: 0, sampled: viewersAtStart });
    let viewers = viewersAtStart,
      before = viewers;
    for (let second = 2; second < startsAt + 180; second++) {
      if (second === startsAt) before = viewers;
      const extra = second >= startsAt && second < startsAt + overSeconds ? (before * share) / overSeconds : 0;
      const joined = count(viewersAtStart / staySeconds, random);
      const left = Math.min(viewers, count(viewers / staySeconds + extra, random));
      viewers += joined - left;
      track = advanceAudience(track, { joined, left, sampled: -1 });
      if (second >= startsAt && track.drop && track.drop.second >= startsAt) {
        found.push(second - startsAt);
        break;
      }
    }
  }
  found.sort((a, b) => a - b);
  return {
    p50: found[Math.floor(found.length * 0.5)] ?? Infinity,
    p90: found[Math.floor(found.length * 0.9)] ?? Infinity,
    missed: 1 - found.length / drops,
  };
};

/** False alarms in four hours; `unevenness` spreads the hazard of each ten seconds (0: Poisson). */
export const measureFalseDrops = (viewersAtStart: number, unevenness: number, hours: number, seed = 5): number => {
  const random = seededRandom(seed);
  let track = advanceAudience(startAudience(0), { joined: 0, left: 0, sampled: viewersAtStart });
  let viewers = viewersAtStart,
    alarms = 0,
    mood = 1;
  for (let second = 2; second < hours * 3600; second++) {
    if (unevenness > 0 && second % 10 === 0) mood = Math.exp((random() + random() + random() - 1.5) * 2 * unevenness);
    const joined = count(viewersAtStart / staySeconds, random);
    const left = Math.min(viewers, count((viewers / staySeconds) * mood, random));
    viewers += joined - left;
    track = advanceAudience(track, { joined, left, sampled: -1 });
    if (track.drop?.second === track.second) alarms++;
  }
  return (alarms / hours) * 4;
};
