/**
 * Timing of the next purchase: fitting, and deriving all pairs of a base; and, given a folder with `baskets.csv` and
 * `item_map.csv`, how far the last interval of long series is missed, beside the median of their own intervals.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { derivePairs } from '#core/insight/repurchase/derive-pairs.ts';
import { fitRepurchase } from '#core/insight/repurchase/fit-repurchase.ts';
import { PairColumns } from '#core/insight/repurchase/pair-columns.ts';
import { PairHistory } from '#core/insight/repurchase/pair-history.ts';
import { createProductPriors } from '#core/insight/repurchase/product-priors.ts';
import { defaultRepurchaseParameters } from '#core/insight/repurchase/repurchase-parameters.ts';
import { type Bench, measure, peakMiB } from './bench-line.ts';
import { measureLastGaps } from './measure-last-gaps.ts';
import { readOrderLines } from './read-order-lines.ts';

export const bench: Bench = async ({ data, print }) => {
  if (data !== null && existsSync(join(data, 'baskets.csv'))) {
    const started = performance.now();
    const found = measureLastGaps(data);
    const ms = performance.now() - started;
    const figure = (name: string, value: number): void =>
      print({ name, lines: found.series, ms, runs: 1, peakMiB: peakMiB(), where: 'node', value, unit: 'days' });
    figure('repurchase last interval, median absolute error', found.own);
    figure('repurchase last interval, mean absolute error', found.ownMean);
    figure("repurchase last interval, median absolute error of the history's median", found.median);
    figure("repurchase last interval, mean absolute error of the history's median", found.medianMean);
    return;
  }
  const ledger = readOrderLines(data);
  const lines = ledger.orderLines.count;
  const today = ledger.orderLines.day.reduce((last, day) => Math.max(last, day), 0);
  const customers = Int32Array.from({ length: ledger.customerCount }, (_, c) => c);
  let parameters = defaultRepurchaseParameters;
  const fitMs = await measure(
    3,
    () => (parameters = fitRepurchase(ledger, customers, today, defaultRepurchaseParameters)),
  );
  const priors = createProductPriors(ledger, parameters);
  const history = new PairHistory(ledger.productCount);
  const deriveMs = await measure(5, () => {
    const pairs = new PairColumns(lines);
    for (const c of customers) {
      history.read(ledger, c, today, priors.factors);
      derivePairs(history, priors, parameters, today, pairs);
    }
  });
  const say = (name: string, ms: number, runs: number): void =>
    print({ name, lines, ms, runs, peakMiB: peakMiB(), where: 'node' });
  say('repurchase fit', fitMs, 3);
  say('repurchase all pairs', deriveMs, 5);
};
