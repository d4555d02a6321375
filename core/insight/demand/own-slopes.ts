/** What one series' own weeks say beside what all series say: its effects, and how far its forecasts miss. */
import { robustRidge } from '../../statistics/robust-ridge.ts';
import type { DemandParameters } from './demand-parameters.ts';
import type { Regressors } from './derive-regressors.ts';

/** Below so many known weeks a series has no level worth the name. */
export const fewestWeeks = 6;
/** In ln units: a miss by more than about a third counts as an outlier and pulls no harder than that. */
export const outlierReach = 0.3;
/** The usual scatter weighs as much as so many own weeks. */
const scatterWeeks = 8;

/** By series: rows of weeks that can be learnt from. */
export const usableRows = (found: Regressors, series: number): Int32Array[] =>
  Array.from({ length: series }, (_, s) => {
    const rows: number[] = [];
    for (let row = s * found.stride; row < (s + 1) * found.stride; row++) {
      const isKnown = found.known[row]! >= fewestWeeks && !Number.isNaN(found.logUnits[row]!);
      if (isKnown && (found.width === 0 || !Number.isNaN(found.values[row * found.width]!))) rows.push(row);
    }
    return Int32Array.from(rows);
  });

export const ownSlopes = (found: Regressors, rows: Int32Array, parameters: DemandParameters): Float64Array => {
  const { width, values, logUnits, level } = found;
  if (parameters.slopes.length !== width) return new Float64Array(width);
  if (width === 0) return new Float64Array(0);
  const features = new Float64Array(rows.length * width);
  const targets = new Float64Array(rows.length);
  rows.forEach((row, at) => {
    features.set(values.subarray(row * width, (row + 1) * width), at * width);
    targets[at] = logUnits[row]! - level[row]!;
  });
  return robustRidge(
    {
      features,
      targets,
      width,
      rows: Int32Array.from(targets.keys()),
      prior: parameters.slopes,
      penalty: parameters.stiffness,
      reach: outlierReach,
    },
    3,
  );
};

/** ln of what was to be expected in a row; NaN before the first known week. */
export const expectedLog = (found: Regressors, row: number, slopes: Float64Array): number => {
  let expected = found.level[row]!;
  for (let j = 0; j < found.width; j++) expected += slopes[j]! * found.values[row * found.width + j]!;
  return expected;
};

/** Root mean square of a series' misses, with the usual one as `scatterWeeks` further weeks. */
export const seriesScatter = (found: Regressors, rows: Int32Array, slopes: Float64Array, spread: number): number => {
  let squares = scatterWeeks * spread * spread;
  for (const row of rows) squares += (found.logUnits[row]! - expectedLog(found, row, slopes)) ** 2;
  return Math.sqrt(squares / (scatterWeeks + rows.length));
};
