/**
 * The law of the days between two purchases of one product by one customer, and what follows from it on a given day.
 *
 * ln(gap) is normal around a location with a standard deviation; a share `returns` of purchases has a next one at all
 * (renewal with a cure fraction: R. Bhagat et al., KDD 2018; log-normal law and crossed shrinkage: `PREDICTION` 2.1).
 *   m = mu + product + customer + pair
 *   location = m + shift + count ln(n / 3) + pull (ln last gap - m) + productPull product + customerPull customer
 *              + what season and stock-up say of the last purchase (+ once, after a single one)
 *   variance = scatter + 1 / (1 / spread^2 + n / scatter), scatter = (weight sigma^2 + own squares) / (weight + n - 1)
 *   deviation = the root of it, at least a tenth, and half a day on the gap
 *   P(within h) = returns (S(e) - S(e + h)) / (1 - returns + returns S(e)), S = 1 - F, days taken at their middle (+ 0.5)
 * Gaps are whole days, so nothing is known more finely than half a day; and where six gaps had been alike within 6 %, a
 * fifth of the next ones were more than 11 % off (figures: DECISIONS).
 * The pulls are how far the effects are to be trusted more or less than moments say. Effects come in already shrunk.
 * Days. The window is counted from the last purchase and given a return.
 */
import { logNormalQuantile, logNormalTail } from '../../statistics/log-normal.ts';
import { logistic } from '../../statistics/logistic.ts';
import { normalQuantile } from '../../statistics/normal.ts';
import type { RepurchaseParameters } from './repurchase-parameters.ts';

/** What is known of a pair when a gap begins. ln gaps; those of the own history are not read below two purchases. */
export interface GapHistory {
  product: number;
  customer: number;
  /** mu + product + customer + pair effect. */
  m: number;
  purchases: number;
  lastLogGap: number;
  previousLogGap: number;
  leastLogGap: number;
  mostLogGap: number;
  smoothedLogGap: number;
  meanLogGap: number;
  /** Sum of squared deviations of own ln gaps from their mean. */
  squares: number;
  /** ln of what season and stock-up do to the gap that begins. */
  factor: number;
}

export interface GapLaw {
  location: number;
  deviation: number;
  returns: number;
  /** The variance of gaps around their own centre, and of that centre. */
  scatter: number;
  centre: number;
}

export const createGapHistory = (): GapHistory => ({
  product: 0,
  customer: 0,
  m: 0,
  purchases: 1,
  lastLogGap: 0,
  previousLogGap: 0,
  leastLogGap: 0,
  mostLogGap: 0,
  smoothedLogGap: 0,
  meanLogGap: 0,
  squares: 0,
  factor: 0,
});

export const createGapLaw = (): GapLaw => ({ location: 0, deviation: 1, returns: 0, scatter: 1, centre: 0 });

const ln3 = Math.log(3);
export const leastDeviation = 0.1;
const roundingDays = 0.5;

/** Only the figures of `GapLawFigures` are read of the history. */
export const predictGap = (history: GapLawFigures, parameters: RepurchaseParameters, into: GapLaw): GapLaw => {
  const { m, purchases } = history;
  const gaps = purchases - 1;
  const { sigma, sigmaWeight, spread, shift, pull, returns, once } = parameters;
  const logPurchases = Math.log(purchases);
  const effects = parameters.productPull * history.product + parameters.customerPull * history.customer;
  into.location =
    m +
    shift +
    history.factor +
    effects +
    parameters.count * (logPurchases - ln3) +
    (gaps > 0 ? pull * (history.lastLogGap - m) : once[0]);
  const scatter = gaps > 1 ? (sigmaWeight * sigma * sigma + history.squares) / (sigmaWeight + gaps - 1) : sigma * sigma;
  const centre = 1 / (1 / (spread * spread) + gaps / scatter);
  into.scatter = scatter;
  into.centre = centre;
  into.deviation = Math.max(leastDeviation, roundingDays * Math.exp(-into.location), Math.sqrt(scatter + centre));
  into.returns = logistic(returns[0] + returns[1] * logPurchases + returns[2] * m + (gaps > 0 ? 0 : once[1]));
  return into;
};

export type GapLawFigures = Pick<
  GapHistory,
  'product' | 'customer' | 'm' | 'purchases' | 'lastLogGap' | 'squares' | 'factor'
>;

/** Probability of a purchase within `horizon` days from today, `elapsed` days after the last one. Not rounded. */
export const withinDays = (law: GapLaw, elapsed: number, horizon: number): number =>
  chanceBetween(law, shareAfter(law, elapsed), shareAfter(law, elapsed + horizon));

/** The same from the shares of returning purchases that come after today, and after the horizon. */
export const chanceBetween = (law: GapLaw, still: number, then: number): number => {
  const left = stillOpen(law, still);
  return left > 0 ? (law.returns * (still - then)) / left : 0;
};

/** The share of returning purchases that come later than so many days after the last. None come on its own day. */
export const shareAfter = (law: GapLaw, days: number): number =>
  days <= 0 ? 1 : logNormalTail(days + 0.5, law.location, law.deviation);

/** The share of all purchases without a next one yet, of which those to come are the share `still` of the returning. */
export const stillOpen = ({ returns }: GapLaw, still: number): number => 1 - returns + returns * still;

const lowEdge = normalQuantile(0.1);

/** The gap that a tenth of returning purchases stays below, half of them, and nine tenths. */
export const gapP10 = (law: GapLaw): number => Math.exp(law.location + lowEdge * law.deviation);
export const gapP50 = (law: GapLaw): number => Math.exp(law.location);
export const gapP90 = (law: GapLaw): number => Math.exp(law.location - lowEdge * law.deviation);

/** The gap that a `share` of returning purchases stays below. */
export const gapQuantile = (law: GapLaw, share: number): number =>
  logNormalQuantile(share, law.location, law.deviation);

/**
 * Days from today to the next purchase, given that it comes within `horizon` days of today: the median of what is left
 * of the law, at least 1.
 */
export const daysToNext = (law: GapLaw, elapsed: number, horizon: number): number => {
  const still = shareAfter(law, elapsed);
  const then = shareAfter(law, elapsed + horizon);
  // Nothing of the law is left where it ended long ago: the middle of the horizon says as little as is known.
  if (!(still - then > 1e-9)) return horizon / 2;
  return Math.min(horizon, Math.max(1, gapQuantile(law, 1 - (still + then) / 2) - elapsed));
};
