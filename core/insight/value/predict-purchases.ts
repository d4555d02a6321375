/**
 * How often a customer will buy in the time to come, under BG/NBD (Fader, Hardie, Lee 2005). Given the history
 * (x, tx, T) the chance of still being here is 1 / (1 + e^D) with the D of `bgnbd-likelihood.ts` (1 without a repeat);
 * given that, rate and leaving are independent again: Gamma(r+x, alpha+T) and Beta(a, b+x). So n purchases or more
 * within t have the probability
 *
 *   P(alive) · S(n) · R(n),  S(n) = P(NB(r+x, t/(alpha+T+t)) >= n),  R(n) = product over k < n-1 of (b+x+k)/(a+b+x+k)
 *
 * and their sum over n is the expectation, which the paper writes with a hypergeometric function. The sum has only
 * positive terms of at most 1: nothing overflows or cancels, at a = 1 or for hundreds of repeats either.
 */
import type { BgnbdParameters } from './fit-bgnbd.ts';

/** Log odds of having left; -Infinity without a repeat. */
export const leavingLogOdds = (
  { r, alpha, a, b }: BgnbdParameters,
  repeats: number,
  recency: number,
  age: number,
): number =>
  repeats === 0
    ? Number.NEGATIVE_INFINITY
    : Math.log(a / (b + repeats - 1)) + (r + repeats) * Math.log((alpha + age) / (alpha + recency));

export const probabilityAlive = (parameters: BgnbdParameters, repeats: number, recency: number, age: number): number =>
  1 / (1 + Math.exp(leavingLogOdds(parameters, repeats, recency, age)));

/** Of somebody who is still here. */
export interface PurchaseMoments {
  /** Probability of at least one purchase. */
  any: number;
  mean: number;
  /** E[n (n - 1)]. */
  factorial: number;
}

const fewestLeft = 1e-9;
const mostTerms = 20_000;
const smallestLog = -600;

export const purchaseMoments = (
  { r, alpha, a, b }: BgnbdParameters,
  repeats: number,
  age: number,
  horizon: number,
  into: PurchaseMoments,
): PurchaseMoments => {
  into.any = 0;
  into.mean = 0;
  into.factorial = 0;
  if (!(horizon > 0)) return into;
  const shape = r + repeats;
  const share = horizon / (alpha + age + horizon);
  // The first probability may be too small for a number: the sum then starts where they are not.
  const lnNone = shape * Math.log1p(-share);
  let n = 0;
  let lnMass = lnNone;
  while (lnMass < smallestLog) {
    lnMass += Math.log(((shape + n) / (n + 1)) * share);
    n++;
  }
  let mass = Math.exp(lnMass);
  let atLeast = 1;
  let stays = 1;
  for (let k = 1; k <= n; k++) {
    into.mean += stays;
    into.factorial += 2 * (k - 1) * stays;
    stays *= (b + repeats + k - 1) / (a + b + repeats + k - 1);
  }
  const tail = share / (1 - share);
  for (const last = n + mostTerms; n < last;) {
    atLeast -= mass;
    const term = atLeast * stays;
    if (n === 0) into.any = term;
    n++;
    into.mean += term;
    into.factorial += 2 * (n - 1) * term;
    if (atLeast <= 1e-13 || (mass < atLeast && term * tail * n < fewestLeft)) break;
    mass *= ((shape + n - 1) / n) * share;
    stays *= (b + repeats + n - 1) / (a + b + repeats + n - 1);
  }
  if (into.any === 0) into.any = 1;
  return into;
};

/** Expected purchases within `horizon` from now on. */
export const expectedPurchases = (
  parameters: BgnbdParameters,
  repeats: number,
  recency: number,
  age: number,
  horizon: number,
): number =>
  probabilityAlive(parameters, repeats, recency, age) *
  purchaseMoments(parameters, repeats, age, horizon, { any: 0, mean: 0, factorial: 0 }).mean;
