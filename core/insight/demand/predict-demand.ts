/**
 * Units of each series in one week, from earlier weeks alone and what is planned for it:
 *
 *   ln(units + offset) = level + sum over regressors of (own effect x deviation)
 *
 * with the level and deviations of `derive-regressors.ts` and effects that are the shop's, corrected by what the series'
 * own weeks say (ridge toward the shop's, Huber's loss). A simple rule in the parameters takes the place of all of it; the
 * interval around it is as wide as the level's would be. Without signals it is exponential smoothing of logarithms. The
 * answer is the middle of its law, as likely too low as too high; the interval holds four of five weeks. Rounded to a
 * tenth of a unit. NaN where a series has no earlier week.
 */
import type { DemandPanel } from './demand-panel.ts';
import type { DemandParameters } from './demand-parameters.ts';
import { type Regressors, deriveRegressors } from './derive-regressors.ts';
import { simpleUnits } from './simple-rule.ts';
import { expectedLog, ownSlopes, seriesScatter, usableRows } from './own-slopes.ts';

export interface DemandColumns {
  readonly expected: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** Known weeks before. */
  readonly weeks: Int32Array;
  /** Units a level alone would give, and by series and regressor what was added to the logarithm. */
  readonly level: Float64Array;
  readonly terms: Float64Array;
  /** By series and regressor, how far the week stands from the usual; NaN where it is not known. */
  readonly deviations: Float64Array;
  readonly width: number;
}

/** `wanted` leaves the other series out (NaN): they only count as rivals. */
export const predictDemand = (
  parameters: DemandParameters,
  panel: DemandPanel,
  week: number,
  wanted?: Int32Array,
): DemandColumns => {
  const found = deriveRegressors(panel, week, parameters.alpha);
  const rows = usableRows(found, panel.series);
  const blank = (): Float64Array => new Float64Array(panel.series).fill(Number.NaN);
  const columns = {
    expected: blank(),
    low: blank(),
    high: blank(),
    weeks: new Int32Array(panel.series),
    level: blank(),
    terms: new Float64Array(panel.series * found.width),
    deviations: new Float64Array(panel.series * found.width),
    width: found.width,
  };
  for (const s of wanted ?? columns.weeks.keys()) {
    const simple = parameters.simple ? simpleUnits(parameters.simple, panel, s, week) : Number.NaN;
    predictSeries(parameters, found, s, rows[s]!, simple, columns);
  }
  return columns;
};

function predictSeries(
  parameters: DemandParameters,
  found: Regressors,
  series: number,
  rows: Int32Array,
  simple: number,
  columns: DemandColumns,
): void {
  const row = (series + 1) * found.stride - 1;
  const { width } = found;
  const slopes = ownSlopes(found, rows, parameters);
  const scatter = seriesScatter(found, rows, slopes, parameters.spread);
  // Where the price of the week is not known, the level alone is.
  const isSimple = !Number.isNaN(simple);
  const isKnown = !isSimple && width > 0 && !Number.isNaN(found.values[row * width]!);
  const level = isSimple ? Math.log(simple + found.offset[series]!) : found.level[row]!;
  const expected = isKnown ? expectedLog(found, row, slopes) : level;
  const units = (log: number): number => roundUnits(Math.max(0, Math.exp(log) - found.offset[series]!));
  columns.weeks[series] = found.known[row]!;
  columns.level[series] = units(level);
  for (let j = 0; j < width; j++) {
    const deviation = found.values[row * width + j]!;
    columns.deviations[series * width + j] = deviation;
    columns.terms[series * width + j] = isKnown ? slopes[j]! * deviation : 0;
  }
  columns.expected[series] = units(expected);
  columns.low[series] = units(expected + parameters.low * scatter);
  columns.high[series] = units(expected + parameters.high * scatter);
}

export const roundUnits = (units: number): number => Math.round(units * 10) / 10;
