/** The figures of core/live/heat and core/live/audience, in simulation: seconds to an alarm, misses, false alarms. */
import { measureDrops, measureFalseDrops } from '#tests/core/live/audience/drop-bench.ts';
import { measureRanking } from '#tests/core/live/heat/rank-bench.ts';
import { measureFalseAlarms, measureSurges } from '#tests/core/live/heat/surge-bench.ts';

import type { Bench } from './bench-line.ts';

export const bench: Bench = async () => {
  const print = (name: string, figures: object): void =>
    console.log(JSON.stringify({ name, ...figures, where: 'node' }));
  for (const [exposures, factor] of [
    [5, 3],
    [20, 3],
    [5, 2],
    [8, 3],
  ] as const) {
    print(`surge x${factor} at ${exposures}/s`, measureSurges(exposures, factor, 400));
  }
  for (const [exposures, usual] of [
    [2, 0.05],
    [5, 0.05],
    [20, 0.05],
    [8, 0.08],
    [5, 0.12],
  ] as const) {
    print(`false surge alarms in 10 product-hours at ${exposures}/s, ${usual}`, {
      alarms: measureFalseAlarms(exposures, usual, 200),
    });
  }
  print('ranking at 8/s', measureRanking(8, 480));
  for (const [viewers, over] of [
    [500, 30],
    [500, 60],
    [2000, 30],
  ] as const)
    print(`-20 % at ${viewers} over ${over} s`, measureDrops(viewers, 0.2, over, 200));
  for (const [viewers, uneven] of [
    [100, 0],
    [500, 0],
    [2000, 0],
    [500, 0.4],
  ] as const) {
    print(`false drop alarms in 4 h at ${viewers}, unevenness ${uneven}`, {
      alarms: measureFalseDrops(viewers, uneven, 40),
    });
  }
};
