/** The simulated product behind the bars of heat: Poisson exposures, binomial clicks, a planted surge. */
import { type ProductTrack, advanceTrack, startTrack } from '#core/live/heat/product-track.ts';
import { binomial, poisson, seededRandom } from '#tests/makers/live-events.ts';

export interface SurgeTimes {
  readonly p50: number;
  readonly p90: number;
  readonly missed: number;
}

export const measureSurges = (
  exposures: number,
  factor: number,
  surges: number,
  seed = 11,
  usual = 0.05,
): SurgeTimes => {
  const random = seededRandom(seed);
  const found: number[] = [];
  const startsAt = 1200;
  for (let run = 0; run < surges; run++) {
    let track = startTrack(0);
    for (let second = 1; second <= startsAt + 300; second++) {
      track = step(track, second, exposures, second > startsAt ? usual * factor : usual, usual, random);
      if (second > startsAt && track.surgeSecond === second) {
        found.push(second - startsAt);
        break;
      }
    }
  }
  found.sort((a, b) => a - b);
  const at = (share: number): number =>
    found[Math.min(found.length - 1, Math.floor(found.length * share))] ?? Number.POSITIVE_INFINITY;
  return { p50: at(0.5), p90: at(0.9), missed: 1 - found.length / surges };
};

/** False alarms in ten product-hours. */
export const measureFalseAlarms = (exposures: number, usual: number, hours: number, seed = 7): number => {
  const random = seededRandom(seed);
  let alarms = 0;
  for (let run = 0; run < hours / 2; run++) {
    let track = startTrack(0);
    for (let second = 1; second <= 8100; second++) {
      track = step(track, second, exposures, usual, usual, random);
      if (track.surgeSecond === second && second > 900) alarms++;
    }
  }
  return (alarms / hours) * 10;
};

function step(
  track: ProductTrack,
  second: number,
  exposures: number,
  rate: number,
  roomRate: number,
  random: () => number,
): ProductTrack {
  const views = poisson(exposures, random);
  return advanceTrack(track, second, views, binomial(views, rate, random), roomRate);
}
