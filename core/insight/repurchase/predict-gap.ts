/**
 * The law of the days between two purchases of one product by one customer, and what follows from it on a given day.
 *
 * ln(gap) is normal around a location with a standard deviation; a share `returns` of purchases has a next one at all
 * (renewal with a cure fraction: R. Bhagat et al., KDD 2018; log-normal law and crossed shrinkage: `PREDICTION` 2.1).
 *   m = mu + item + customer + pair; location = m + shift + pull (ln last gap - m)
 *   variance = scatter + 1 / (1 / spread^2 + n / scatter), scatter = (weight sigma^2 + own squares) / (weight + n - 1)
 *   P(within h) = returns (F(e + h) - F(e)) / (1 - returns F(e)), days taken at their middle (+ 0.5)
 * Effects come in already shrunk. Days. The window is counted from the last purchase and given a return.
 */
import { logNormalCdf, logNormalQuantile } from '../../statistics/log-normal.ts';
import { logistic } from '../../statistics/logistic.ts';
import type { RepurchaseParameters } from './repurchase-parameters.ts';

export interface GapHistory {
  /** mu + item + customer + pair effect. */
  readonly m: number;
  readonly purchases: number;
  /** ln of the last gap; not read below two purchases. */
  readonly lastLogGap: number;
  /** Sum of squared deviations of own ln gaps from their mean. */
  readonly squares: number;
}

export interface GapLaw {
  location: number;
  deviation: number;
  returns: number;
}

export const predictGap = (history: GapHistory, parameters: RepurchaseParameters, into: GapLaw): GapLaw => {
  const { m, purchases } = history;
  const gaps = purchases - 1;
  const { sigma, sigmaWeight, spread, shift, pull, returns } = parameters;
  into.location = m + shift + (gaps > 0 ? pull * (history.lastLogGap - m) : 0);
  const scatter = gaps > 1 ? (sigmaWeight * sigma * sigma + history.squares) / (sigmaWeight + gaps - 1) : sigma * sigma;
  const centre = 1 / (1 / (spread * spread) + gaps / scatter);
  into.deviation = Math.sqrt(scatter + centre);
  into.returns = logistic(returns[0] + returns[1] * Math.log(purchases) + returns[2] * m);
  return into;
};

/** Probability of a purchase within `horizon` days from today, `elapsed` days after the last one. Not rounded. */
export const withinDays = (law: GapLaw, elapsed: number, horizon: number): number => {
  const soFar = logNormalCdf(elapsed + 0.5, law.location, law.deviation);
  const then = logNormalCdf(elapsed + horizon + 0.5, law.location, law.deviation);
  return (law.returns * (then - soFar)) / Math.max(1e-12, 1 - law.returns * soFar);
};

/** The gap that a `share` of returning purchases stays below. */
export const gapQuantile = (law: GapLaw, share: number): number =>
  logNormalQuantile(share, law.location, law.deviation);
