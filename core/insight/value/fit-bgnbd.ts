/**
 * Maximum-likelihood fit of BG/NBD (Fader, Hardie, Lee 2005) with standard errors from the observed information (the
 * inverse of the negative Hessian at the maximum). Damped Newton steps in the logarithms of the parameters, started
 * from the mean rate. Refuses below `fewestReturners` customers with a repeat. When the likelihood goes on rising ever so
 * little along a ridge, or a parameter runs into the edge of what is searched (e^-9 to e^9, alpha against the mean age),
 * `isAtEdge` tells: then the history does not determine it (nobody seems to leave, or everybody), predictions still hold,
 * and there are no standard errors.
 */
import { solveSymmetric } from '../../statistics/solve-symmetric.ts';
import { bgnbdLikelihood, createLikelihood } from './bgnbd-likelihood.ts';
import type { GroupedRepeats } from './group-repeats.ts';

export interface BgnbdParameters {
  readonly r: number;
  readonly alpha: number;
  readonly a: number;
  readonly b: number;
}

export interface BgnbdFit {
  readonly parameters: BgnbdParameters;
  /** Null where the information is not positive definite. */
  readonly standardErrors: BgnbdParameters | null;
  readonly logLikelihood: number;
  readonly isAtEdge: boolean;
  readonly steps: number;
}

export const fewestReturners = 10;
const edge = 9;
const mostSteps = 100;
const flatSteps = 3;

export const fitBgnbd = (rows: GroupedRepeats): BgnbdFit | 'insufficient-evidence' => {
  if (rows.returners < fewestReturners) return 'insufficient-evidence';
  const { ageSum, repeatSum } = totals(rows);
  const meanAge = ageSum / rows.customers;
  if (!(meanAge > 0)) return 'insufficient-evidence';
  const centre = [0, Math.log(meanAge), 0, 0];
  const lowest = centre.map((at) => at - edge);
  const highest = centre.map((at) => at + edge);
  const clip = (point: Float64Array): Float64Array =>
    point.map((value, at) => Math.min(highest[at] as number, Math.max(lowest[at] as number, value)));
  let point = clip(Float64Array.of(Math.log(0.5), Math.log((0.5 * ageSum) / repeatSum), Math.log(0.8), Math.log(2.5)));
  let [here, there] = [createLikelihood(), createLikelihood()];
  bgnbdLikelihood(rows, point.map(Math.exp), here);
  let damping = 1e-3;
  let steps = 0;
  let flat = 0;
  for (; flat < flatSteps && steps < mostSteps; steps++) {
    const scale = point.map(Math.exp);
    const direction = ascent(scale, here, damping);
    const next = clip(point.map((value, at) => value + Math.max(-3, Math.min(3, direction[at] as number))));
    bgnbdLikelihood(rows, next.map(Math.exp), there);
    const gain = there.value - here.value;
    if (gain >= 0) {
      const moved = next.reduce((most, value, at) => Math.max(most, Math.abs(value - (point[at] as number))), 0);
      point = next;
      [here, there] = [there, here];
      damping = Math.max(1e-12, damping / 10);
      flat = gain <= 1e-9 * Math.abs(here.value) ? flat + 1 : 0;
      if (moved < 1e-9 || (moved < 1e-4 && gain <= 1e-12 * Math.abs(here.value))) break;
    } else {
      damping *= 10;
      if (damping > 1e12) break;
    }
  }
  const at = point.map(Math.exp);
  const isAtEdge =
    flat >= flatSteps || point.some((value, i) => value <= (lowest[i] as number) || value >= (highest[i] as number));
  return {
    parameters: named(at),
    standardErrors: isAtEdge ? null : standardErrors(here.hessian),
    logLikelihood: here.value,
    isAtEdge,
    steps,
  };
};

const named = ([r, alpha, a, b]: Float64Array): BgnbdParameters => ({
  r: r as number,
  alpha: alpha as number,
  a: a as number,
  b: b as number,
});

function totals({ repeats, age, count, onceAge, onceCount }: GroupedRepeats) {
  let [ageSum, repeatSum] = [0, 0];
  for (let row = 0; row < repeats.length; row++) {
    ageSum += (count[row] as number) * (age[row] as number);
    repeatSum += (count[row] as number) * (repeats[row] as number);
  }
  for (let row = 0; row < onceAge.length; row++) ageSum += (onceCount[row] as number) * (onceAge[row] as number);
  return { ageSum, repeatSum };
}

/** The Newton step in logarithms; `damping` grows until the negative Hessian is positive definite. */
function ascent(
  scale: Float64Array,
  { gradient, hessian }: { gradient: Float64Array; hessian: Float64Array },
  damping: number,
): Float64Array {
  const slope = gradient.map((value, at) => value * (scale[at] as number));
  const bend = new Float64Array(16);
  for (let i = 0; i < 4; i++)
    for (let j = 0; j < 4; j++)
      bend[i * 4 + j] = -(
        (hessian[i * 4 + j] as number) * (scale[i] as number) * (scale[j] as number) +
        (i === j ? (slope[i] as number) : 0)
      );
  const size = Math.max(1e-9, ...[0, 5, 10, 15].map((at) => Math.abs(bend[at] as number)));
  for (let extra = damping; extra < 1e15; extra *= 10) {
    const matrix = Float64Array.from(bend);
    for (const at of [0, 5, 10, 15])
      matrix[at] = (matrix[at] as number) + extra * Math.max(Math.abs(bend[at] as number), 1e-6 * size);
    const step = solved(matrix, slope);
    if (step) return step;
  }
  return slope.map((value) => value / size);
}

function standardErrors(hessian: Float64Array): BgnbdParameters | null {
  const information = hessian.map((value) => -value);
  const errors = new Float64Array(4);
  for (let i = 0; i < 4; i++) {
    const column = solved(
      information,
      Float64Array.from({ length: 4 }, (_, at) => (at === i ? 1 : 0)),
    );
    if (!column) return null;
    errors[i] = Math.sqrt(column[i] as number);
  }
  return named(errors);
}

function solved(matrix: Float64Array, right: Float64Array): Float64Array | null {
  try {
    return solveSymmetric(matrix, right);
  } catch {
    return null;
  }
}
