/**
 * Histories that end with the purchase they are asked about. What came after is not in the file, so how many come back
 * follows from how it was drawn: for each pair one origin, uniformly among its third and later purchases up to a last
 * day. Then pairs drawn at purchase n + 1, cut back to n, are distributed as those drawn at n that came back by that
 * day: the former are returns, the latter all trials (learning from returns and trials: C. Elkan, K. Noto, KDD 2008).
 * So a history is an interval still open on the last day, and its own last gap is a closed one given that it is not
 * open then; and each is a trial without success or a success without trial of the correction. Effects of products and
 * customers are learnt from all histories of the file, as parameters are; what is asked of a pair, from its own.
 */
import { horizons } from '#core/insight/repurchase/calibrate.ts';
import { Examples } from '#core/insight/repurchase/fit-calibrator.ts';
import { fitGapLaw } from '#core/insight/repurchase/fit-gap-law.ts';
import { learnEffects } from '#core/insight/repurchase/fit-repurchase.ts';
import type { PairStates } from '#core/insight/repurchase/gap-effects.ts';
import { type Histories, HistoriesBuilder } from '#core/insight/repurchase/histories.ts';
import { Intervals } from '#core/insight/repurchase/intervals.ts';
import { createGapHistory } from '#core/insight/repurchase/predict-gap.ts';
import { defaultRepurchaseParameters } from '#core/insight/repurchase/repurchase-parameters.ts';
import { partPath, readCsv, wholeNumber } from './csv.ts';
import { BadInput, type EvaluateOptions } from './evaluate-task.ts';
import type { Asked, AskedPair } from './timing.ts';

/** The first purchase an origin may be. */
const firstOrigin = 3;

export const predictAfterPurchase = (options: EvaluateOptions): Asked => {
  const { names, histories } = readInput(options);
  const { start, day } = histories;
  let lastDay = 0;
  let firstDay = Number.POSITIVE_INFINITY;
  for (let pair = 0; pair < histories.pairs; pair++) {
    lastDay = Math.max(lastDay, day[(start[pair + 1] as number) - 1] as number);
    firstDay = Math.min(firstDay, day[start[pair] as number] as number);
  }
  const { parameters, states } = learnEffects(histories, lastDay, defaultRepurchaseParameters);
  if (states === null) throw new BadInput('too few gaps to learn from');
  const law = fitGapLaw(collectIntervals(histories, states, lastDay), parameters);
  const calibrator = collectExamples(histories, states, lastDay, new Examples(law)).fit();
  const known = createGapHistory();
  const pairs = function* (): Generator<AskedPair> {
    for (let pair = 0; pair < histories.pairs; pair++)
      yield {
        pair: names[pair] as string,
        history: states.read(pair, purchasesOf(histories, pair), known),
        elapsed: 0,
      };
  };
  return { parameters: { ...law, calibrator }, spanDays: Math.max(1, lastDay - firstDay), pairs: pairs() };
};

const purchasesOf = ({ start }: Histories, pair: number): number =>
  (start[pair + 1] as number) - (start[pair] as number);

function collectIntervals(histories: Histories, states: PairStates, lastDay: number): Intervals {
  const found = new Intervals();
  const known = createGapHistory();
  visitOrigins(histories, (pair, purchases, origin, gap) => {
    const visible = lastDay - origin;
    if (visible <= 0) return;
    states.read(pair, purchases, known);
    if (gap === null) found.add(known, visible, 0, true);
    else found.add(known, gap, visible, false);
  });
  return found;
}

function collectExamples(histories: Histories, states: PairStates, lastDay: number, examples: Examples): Examples {
  const known = createGapHistory();
  visitOrigins(histories, (pair, purchases, origin, gap) => {
    const example = examples.add(states.read(pair, purchases, known), 0);
    horizons.forEach((horizon, at) => {
      if (origin + horizon > lastDay) return;
      if (gap === null) examples.answer(at, example, 0, 1);
      else if (gap <= horizon) examples.answer(at, example, 1, 0);
    });
  });
  return examples;
}

/** Each pair as it was drawn (its gap unknown), and cut back by one purchase where an origin could lie there. */
function visitOrigins(
  histories: Histories,
  visit: (pair: number, purchases: number, origin: number, gap: number | null) => void,
): void {
  const { start, day } = histories;
  for (let pair = 0; pair < histories.pairs; pair++) {
    const purchases = purchasesOf(histories, pair);
    const last = (start[pair] as number) + purchases - 1;
    const origin = day[last] as number;
    visit(pair, purchases, origin, null);
    if (purchases <= firstOrigin) continue;
    const before = day[last - 1] as number;
    visit(pair, purchases - 1, before, origin - before);
  }
}

function readInput(options: EvaluateOptions): { names: readonly string[]; histories: Histories } {
  const path = partPath(options, 'input');
  const rows = readCsv(path, ['pair', 'customer', 'item', 'days', 'qty']).map(
    ([pair = '', customer = '', item = '', days = '', quantities = '']) => ({
      pair,
      customer,
      item,
      days: days.split(' ').map((each) => wholeNumber(each, path)),
      quantities: quantities.split(' ').map((each) => wholeNumber(each, path)),
    }),
  );
  rows.sort((a, b) => (a.customer < b.customer ? -1 : a.customer > b.customer ? 1 : 0));
  const items = new Map([...new Set(rows.map(({ item }) => item))].map((item, at) => [item, at]));
  const builder = new HistoriesBuilder(
    [...items.keys()].map((key) => ({ key, category: '' })),
    rows.reduce((sum, { days }) => sum + days.length, 0),
  );
  let customer = '';
  for (const row of rows) {
    if (row.customer !== customer) builder.nextCustomer();
    customer = row.customer;
    row.days.forEach((day, at) => builder.add(items.get(row.item) as number, day, row.quantities[at] ?? 0, 0));
  }
  return { names: rows.map(({ pair }) => pair), histories: builder.finish() };
}
