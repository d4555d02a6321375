/**
 * The last interval of long series, predicted from the intervals before it: purchase days by customer and item of a
 * folder with `baskets.csv` (customer,date,basket_no,items) and `item_map.csv` (cod_mkt_id, …, categoria). Series with
 * eleven purchase days or more; their last purchase is hidden from everything that learns. Beside the median of a
 * series' own intervals.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fitGapLaw } from '#core/insight/repurchase/fit-gap-law.ts';
import { learnEffects } from '#core/insight/repurchase/fit-repurchase.ts';
import { HistoriesBuilder } from '#core/insight/repurchase/histories.ts';
import { sampleIntervals } from '#core/insight/repurchase/intervals.ts';
import { createGapHistory, createGapLaw, gapP50, predictGap } from '#core/insight/repurchase/predict-gap.ts';
import { defaultRepurchaseParameters } from '#core/insight/repurchase/repurchase-parameters.ts';
import { dayFromCivil } from '#core/units/business-day.ts';

const fewestDays = 11;

export const measureLastGaps = (folder: string) => {
  const categories = new Map(
    readRows(join(folder, 'item_map.csv')).map((cells) => [cells[0] ?? '', `${cells[9] ?? ''} ${cells[11] ?? ''}`]),
  );
  const items = new Map<string, number>();
  const byCustomer = new Map<string, { day: number; item: number }[]>();
  const daysOf = new Map<string, number[]>();
  for (const [customer = '', date = '', , bought = ''] of readRows(join(folder, 'baskets.csv'))) {
    const [year = 0, month = 1, dayOfMonth = 1] = date.split('-').map(Number);
    const day = dayFromCivil(year, month, dayOfMonth);
    const list = byCustomer.get(customer) ?? [];
    byCustomer.set(customer, list);
    for (const name of new Set(bought.split(' '))) {
      const item = items.get(name) ?? items.size;
      items.set(name, item);
      list.push({ day, item });
      const series = daysOf.get(`${customer}/${item}`);
      if (!series) daysOf.set(`${customer}/${item}`, [day]);
      else if (series.at(-1) !== day) series.push(day);
    }
  }
  const builder = new HistoriesBuilder(
    [...items.keys()].map((key) => ({ key, category: categories.get(key) ?? '' })),
    [...byCustomer.values()].reduce((sum, each) => sum + each.length, 0),
  );
  const truths: number[] = [];
  const medians: number[] = [];
  const hiddenGap = new Map<number, number>();
  let pairs = 0;
  for (const [customer, list] of byCustomer) {
    builder.nextCustomer();
    list.sort((a, b) => a.day - b.day);
    const known = new Set<number>();
    for (const { day, item } of list) {
      const series = daysOf.get(`${customer}/${item}`) ?? [];
      if (!known.has(item)) {
        known.add(item);
        if (series.length >= fewestDays) hiddenGap.set(pairs, (series.at(-1) ?? 0) - (series.at(-2) ?? 0));
        pairs++;
      }
      if (series.length < fewestDays || day !== series.at(-1)) builder.add(item, day, 1000, 0);
    }
  }
  const histories = builder.finish();
  // Every interval here is known to have ended, so none is given as open: the day of asking lies before them all.
  const { parameters, states } = learnEffects(histories, 0, defaultRepurchaseParameters);
  if (states === null) throw new Error('too few gaps');
  const fitted = fitGapLaw(sampleIntervals(histories, states, 0, 2), parameters);
  const law = createGapLaw();
  const history = createGapHistory();
  const predicted: number[] = [];
  for (const [pair, gap] of hiddenGap) {
    const days = histories.day.subarray(histories.start[pair], histories.start[pair + 1]);
    predictGap(states.read(pair, days.length, history), fitted, law);
    predicted.push(gapP50(law));
    truths.push(gap);
    medians.push(median(Array.from(days.subarray(1), (day, at) => day - (days[at] ?? 0))));
  }
  const errors = (guesses: readonly number[]): number[] =>
    guesses.map((guess, at) => Math.abs(guess - (truths[at] ?? 0)));
  return {
    series: truths.length,
    own: median(errors(predicted)),
    ownMean: mean(errors(predicted)),
    median: median(errors(medians)),
    medianMean: mean(errors(medians)),
  };
};

const readRows = (path: string): string[][] =>
  readFileSync(path, 'utf8')
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(','));

const mean = (values: readonly number[]): number => values.reduce((sum, each) => sum + each, 0) / values.length;

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return ((sorted[(sorted.length - 1) >> 1] ?? 0) + (sorted[sorted.length >> 1] ?? 0)) / 2;
};
