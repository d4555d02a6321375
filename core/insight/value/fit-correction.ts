/**
 * Learns what BG/NBD misses by pretending that today was earlier: three windows of the horizon (at most three tenths of
 * the history), ending today, half a window and a whole window ago; in each the model is fitted on what lay before and
 * its expectation is the offset of a Poisson regression on `correction-features.ts`. Each window has a level of its own,
 * which is not kept: one window's level is its season. How far the levels strayed is kept, for intervals of sums. There is
 * no correction below `fewestRows` customers in all windows, nor when, on the last window, what was learnt from the
 * earlier ones predicts no better than BG/NBD alone.
 */
import { fitRidgePoisson } from '../../statistics/ridge-poisson.ts';
import { roundProbability } from '../../statistics/rounding.ts';
import type { BusinessDay } from '../../units/business-day.ts';
import { type PurchaseDayColumns, firstAfter } from '../purchase-days.ts';
import { correctionFeatures, logAmount, writeCorrectionFeatures } from './correction-features.ts';
import { fitBgnbd } from './fit-bgnbd.ts';
import { groupRepeats } from './group-repeats.ts';
import { expectedPurchases } from './predict-purchases.ts';
import { readSummaries } from './read-summaries.ts';
import { createSummary, summarisePurchases } from './summarise-purchases.ts';
import { type ValueParameters, unknownLevelSpread } from './value-parameters.ts';

export const fewestRows = 1000;
const windows = 3;
const penalty = 10;
const longestShare = 0.3;

export const fitCorrection = (
  days: PurchaseDayColumns,
  asOfDay: BusinessDay,
  horizonDays: number,
): Pick<ValueParameters, 'correction' | 'levelSpread'> => {
  const firstDay = days.day.subarray(0, days.start.at(-1)).reduce((least, day) => Math.min(least, day), asOfDay);
  const length = Math.floor(Math.min(horizonDays, longestShare * (asOfDay - firstDay)));
  if (length < 1) return { correction: null, levelSpread: unknownLevelSpread };
  const past: Window[] = [];
  for (let back = windows - 1; back >= 0; back--) {
    const window = readWindow(days, asOfDay - length - Math.floor((back * length) / 2), length);
    if (window) past.push(window);
  }
  const rows = past.reduce((sum, { counts }) => sum + counts.length, 0);
  const last = past.at(-1);
  const none = new Float64Array(correctionFeatures);
  if (past.length < windows || rows < fewestRows || !last)
    return { correction: null, levelSpread: spreadOf(past, none) };
  if (fitOf(last, fitWeights(past.slice(0, -1))).likelihood <= fitOf(last, none).likelihood)
    return { correction: null, levelSpread: spreadOf(past, none) };
  const weights = fitWeights(past).map(roundProbability);
  return {
    correction: { weights: [...weights], meanLogAmount: meanLogAmountOf(days, asOfDay), rows },
    levelSpread: spreadOf(past, weights),
  };
};

/** Customers known at the start of a window, in rows. */
interface Window {
  readonly features: Float64Array;
  /** ln of BG/NBD's expectation. */
  readonly offsets: Float64Array;
  readonly counts: Float64Array;
}

function readWindow(days: PurchaseDayColumns, origin: BusinessDay, length: number): Window | null {
  const { start } = days;
  const summaries = readSummaries(days, origin);
  const bgnbd = fitBgnbd(groupRepeats(summaries.repeats));
  if (bgnbd === 'insufficient-evidence') return null;
  const size = summaries.customers.length;
  const window = {
    features: new Float64Array(size * correctionFeatures),
    offsets: new Float64Array(size),
    counts: new Float64Array(size),
  };
  const meanLogAmount = meanLogAmountOf(days, origin);
  const summary = createSummary();
  summaries.customers.forEach((c, row) => {
    const [from, to] = [start[c] as number, start[c + 1] as number];
    summarisePurchases(days, from, to, origin, summary);
    writeCorrectionFeatures(window.features, row * correctionFeatures, bgnbd.parameters, summary, meanLogAmount);
    const { repeats, recency, age } = summary;
    window.offsets[row] = Math.log(expectedPurchases(bgnbd.parameters, repeats, recency, age, length));
    window.counts[row] = firstAfter(days, from, to, origin + length) - firstAfter(days, from, to, origin);
  });
  return window;
}

/** One Poisson regression over all windows; the level of each window is a feature that is thrown away. */
function fitWeights(past: readonly Window[]): Float64Array {
  const rows = past.reduce((sum, { counts }) => sum + counts.length, 0);
  const width = correctionFeatures + past.length - 1;
  const features = new Float64Array(rows * width);
  const offsets = new Float64Array(rows);
  const counts = new Float64Array(rows);
  let row = 0;
  past.forEach((window, which) => {
    offsets.set(window.offsets, row);
    counts.set(window.counts, row);
    for (let at = 0; at < window.counts.length; at++, row++) {
      for (let j = 0; j < correctionFeatures; j++)
        features[row * width + j] = window.features[at * correctionFeatures + j] as number;
      if (which > 0) features[row * width + correctionFeatures + which - 1] = 1;
    }
  });
  return fitRidgePoisson(features, width, counts, penalty, offsets).subarray(1, correctionFeatures + 1);
}

/** Root mean square of the windows' levels. */
function spreadOf(past: readonly Window[], weights: Float64Array): number {
  const levels = past.map((window) => fitOf(window, weights).level).filter(Number.isFinite);
  if (levels.length < windows) return unknownLevelSpread;
  return roundProbability(Math.sqrt(levels.reduce((sum, level) => sum + level * level, 0) / levels.length));
}

/**
 * The Poisson log-likelihood of a window under the best level it could have had: only the pattern is judged. And that
 * level: ln of all that was bought over all that was expected.
 */
function fitOf(
  { features, offsets, counts }: Window,
  weights: Float64Array,
): { readonly likelihood: number; readonly level: number } {
  let [total, expected, sum] = [0, 0, 0];
  for (let row = 0; row < counts.length; row++) {
    let form = offsets[row] as number;
    for (let j = 0; j < correctionFeatures; j++)
      form += (weights[j] as number) * (features[row * correctionFeatures + j] as number);
    total += counts[row] as number;
    expected += Math.exp(form);
    sum += (counts[row] as number) * form;
  }
  return { likelihood: sum - total * Math.log(expected), level: Math.log(total / expected) };
}

/** Mean over customers of ln(1 + mean amount). */
function meanLogAmountOf(days: PurchaseDayColumns, asOfDay: BusinessDay): number {
  const summary = createSummary();
  let [sum, n] = [0, 0];
  for (let c = 0; c + 1 < days.start.length; c++) {
    summarisePurchases(days, days.start[c] as number, days.start[c + 1] as number, asOfDay, summary);
    if (summary.paidDays === 0) continue;
    sum += logAmount(summary);
    n++;
  }
  return n === 0 ? 0 : roundProbability(sum / n);
}
