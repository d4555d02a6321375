/**
 * P(X >= hits) when `left` things are drawn without putting back from `all`, of which `right` are marked: the chance that
 * two properties meet at least so often though neither knows of the other (Fisher's exact test, one-sided). 1 when so
 * many meet whatever happens. Relative error below 1e-9.
 */
import { logGamma } from './log-gamma.ts';

export const hypergeometricTail = (hits: number, left: number, right: number, all: number): number => {
  const fewest = Math.max(0, left + right - all);
  const most = Math.min(left, right);
  if (hits <= fewest) return 1;
  if (hits > most) return 0;
  const mode = ((left + 1) * (right + 1)) / (all + 2);
  return hits > mode
    ? sumAway(hits, left, right, all, 1, most)
    : Math.min(1, 1 - sumAway(hits - 1, left, right, all, -1, fewest));
};

/** From `start` one step at a time, away from the mode, until the terms no longer matter. */
function sumAway(start: number, left: number, right: number, all: number, step: 1 | -1, end: number): number {
  let term = Math.exp(logMass(start, left, right, all));
  let sum = term;
  for (let k = start; k !== end && term > sum * 1e-17; k += step) {
    term *=
      step === 1
        ? ((left - k) * (right - k)) / ((k + 1) * (all - left - right + k + 1))
        : (k * (all - left - right + k)) / ((left - k + 1) * (right - k + 1));
    sum += term;
  }
  return sum;
}

function logMass(k: number, left: number, right: number, all: number): number {
  return logChoose(right, k) + logChoose(all - right, left - k) - logChoose(all, left);
}

const logChoose = (n: number, k: number): number => logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);
