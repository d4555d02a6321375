/**
 * The verdict on a belief: its error against the best of its baselines. Better needs at least half a percent less error,
 * so that a draw is not called a gain; below the least number of cases, or of either outcome, there is none. Percent of
 * the baseline's error, one decimal.
 */
import type { BaselineCode, Verdict } from './back-test.ts';

export interface LeastEvidence {
  readonly cases: number;
  /** Of cases that came true, and that did not. */
  readonly ofEach: number;
}

export const leastGainPercent = 0.5;

export const judgeBelief = (
  error: number,
  baselines: readonly { readonly code: BaselineCode; readonly error: number }[],
  have: { readonly cases: number; readonly cameTrue: number; readonly cameFalse: number },
  least: LeastEvidence,
): Verdict => {
  if (have.cases < least.cases) return missing('cases', least.cases, have.cases);
  if (have.cameTrue < least.ofEach) return missing('came-true', least.ofEach, have.cameTrue);
  if (have.cameFalse < least.ofEach) return missing('came-false', least.ofEach, have.cameFalse);
  const best = baselines.reduce((a, b) => (b.error < a.error ? b : a));
  const percent = best.error === 0 ? 0 : Math.round((1000 * (best.error - error)) / best.error) / 10;
  return { kind: percent >= leastGainPercent ? 'better' : 'not-better', percent, than: best.code };
};

const missing = (what: 'cases' | 'came-true' | 'came-false', needed: number, have: number): Verdict => ({
  kind: 'insufficient-evidence',
  missing: what,
  needed,
  have,
});
