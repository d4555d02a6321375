/**
 * Next purchases of pairs from files, `npm run evaluate -- timing --in <folder> --name <name> --out <file>`. The parts
 * that are there say what is asked: `<name>.events.csv` (all purchases up to a day, asked on that day) or histories
 * alone in `<name>.input.csv` (asked right after the last purchase of each). Learns from these parts only, with the
 * product's own functions; writes `pair,pred_gap,p7,p14,p30`.
 */
import { existsSync } from 'node:fs';
import { horizons, predictChances } from '#core/insight/repurchase/calibrate.ts';
import {
  type GapHistory,
  type GapLaw,
  createGapLaw,
  daysToNext,
  predictGap,
} from '#core/insight/repurchase/predict-gap.ts';
import { expectationDays } from '#core/insight/repurchase/explain-pair.ts';
import type { RepurchaseParameters } from '#core/insight/repurchase/repurchase-parameters.ts';
import { roundDays, roundProbability } from '#core/statistics/rounding.ts';
import { partPath, writeCsv } from './csv.ts';
import type { EvaluateOptions } from './evaluate-task.ts';
import { predictAfterPurchase } from './timing-after-purchase.ts';
import { predictOnDay } from './timing-on-day.ts';

/** What is known of one pair on the day it is asked about. */
export interface AskedPair {
  readonly pair: string;
  readonly history: GapHistory;
  readonly elapsed: number;
}

export interface Asked {
  readonly parameters: RepurchaseParameters;
  /** Days the history spans: nothing is expected further ahead than has been seen. */
  readonly spanDays: number;
  readonly pairs: Iterable<AskedPair>;
}

export const evaluate = async (options: EvaluateOptions): Promise<void> => {
  const isOnDay = existsSync(partPath(options, 'events'));
  const asked = isOnDay ? predictOnDay(options) : predictAfterPurchase(options);
  writeCsv(options.out, ['pair', 'pred_gap', ...horizons.map((horizon) => `p${horizon}`)], rows(asked));
};

function* rows({ parameters, spanDays, pairs }: Asked): Generator<(string | number)[]> {
  const law: GapLaw = createGapLaw();
  const chances = new Float64Array(horizons.length);
  const furthest = Math.min(expectationDays, spanDays);
  for (const { pair, history, elapsed } of pairs) {
    predictGap(history, parameters, law);
    predictChances(history, law, parameters, elapsed, chances);
    yield [pair, roundDays(daysToNext(law, elapsed, furthest)), ...Array.from(chances, roundProbability)];
  }
}
