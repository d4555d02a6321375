/**
 * Learns from the weeks before a given one, over all series at once: how fast levels move (the alpha, of a few, whose
 * forecasts of the last half year missed by the fewest units), what price, promotion and showing do to ln units, how
 * firmly a series' own effects are held to that, and how far forecasts miss. Refuses (gives the defaults) below 100
 * weeks of all series together.
 */
import { quantileDisc } from '../../statistics/quantile-disc.ts';
import { robustRidge } from '../../statistics/robust-ridge.ts';
import { roundProbability } from '../../statistics/rounding.ts';
import type { DemandPanel } from './demand-panel.ts';
import { type DemandParameters, defaultDemandParameters } from './demand-parameters.ts';
import { type Regressors, deriveRegressors } from './derive-regressors.ts';
import { expectedLog, outlierReach, ownSlopes, seriesScatter, usableRows } from './own-slopes.ts';

const alphas = [0.05, 0.1, 0.15, 0.2, 0.3];
const fewestObservations = 100;
const judgedWeeks = 26;
/**
 * Pulls effects to none where the shop has hardly ever varied a signal: about the scatter of ln units (0.45) squared over
 * a usual effect (1) squared.
 */
const unseen = 0.2;
/** A series' own effects count fully against the shop's after about so many weeks of usual variation. */
const ownWeeks = 30;

export const fitDemand = (panel: DemandPanel, week: number): DemandParameters => {
  let best: { readonly missed: number; readonly parameters: DemandParameters } | null = null;
  for (const alpha of alphas) {
    const found = deriveRegressors(panel, week, alpha);
    const rows = usableRows(found, panel.series);
    const observations = rows.reduce((sum, own) => sum + own.length, 0);
    if (observations < fewestObservations) return defaultDemandParameters;
    const learnt = { ...defaultDemandParameters, alpha, observations, ...fitSlopes(found, rows, observations) };
    const { missed, ...scatter } = judge(panel, found, rows, learnt);
    if (best === null || missed < best.missed) best = { missed, parameters: { ...learnt, ...scatter } };
  }
  return best!.parameters;
};

function fitSlopes(found: Regressors, rows: readonly Int32Array[], observations: number) {
  const { width, values } = found;
  if (width === 0) return { slopes: [], stiffness: [] };
  const all = new Int32Array(observations);
  let at = 0;
  for (const own of rows) {
    all.set(own, at);
    at += own.length;
  }
  const squares = new Float64Array(width);
  for (const row of all) for (let j = 0; j < width; j++) squares[j]! += values[row * width + j]! ** 2 / observations;
  const targets = found.logUnits.map((value, row) => value - found.level[row]!);
  const prior = new Float64Array(width);
  const slopes = robustRidge({
    features: values,
    targets,
    width,
    rows: all,
    prior,
    penalty: prior.map(() => unseen),
    reach: outlierReach,
  });
  return {
    slopes: Array.from(slopes, roundProbability),
    stiffness: Array.from(squares, (square) => roundProbability(ownWeeks * square + 1e-3)),
  };
}

/** Units missed in the judged weeks, and how the logarithms of units scatter around the forecasts. */
function judge(panel: DemandPanel, found: Regressors, rows: readonly Int32Array[], parameters: DemandParameters) {
  const slopes = rows.map((own) => ownSlopes(found, own, parameters));
  let squares = 0;
  let missed = 0;
  rows.forEach((own, s) => {
    for (const row of own) {
      const expected = expectedLog(found, row, slopes[s]!);
      squares += (found.logUnits[row]! - expected) ** 2;
      const week = row - s * found.stride;
      if (week < found.stride - 1 - judgedWeeks) continue;
      const units = Math.max(0, Math.exp(expected) - found.offset[s]!);
      missed += Math.abs(units - panel.units[s * panel.weeks + week]!);
    }
  });
  const spread = Math.sqrt(squares / parameters.observations);
  const misses = rows.flatMap((own, s) => {
    const scatter = seriesScatter(found, own, slopes[s]!, spread);
    return Array.from(own, (row) => (found.logUnits[row]! - expectedLog(found, row, slopes[s]!)) / scatter);
  });
  const sorted = Float64Array.from(misses).sort();
  return {
    missed,
    spread: roundProbability(spread),
    low: roundProbability(quantileDisc(sorted, 0.1)),
    high: roundProbability(quantileDisc(sorted, 0.9)),
  };
}
