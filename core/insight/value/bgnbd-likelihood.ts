/**
 * The log-likelihood of BG/NBD with its gradient and Hessian (P. Fader, B. Hardie, K. Lee, "Counting your customers"
 * the easy way, Marketing Science 24, 2005, equation 6). A customer buys at a rate that is Gamma(r, alpha) over
 * customers, and after each purchase leaves with a probability that is Beta(a, b). With x repeats, recency tx, age T:
 *
 *   ln L = ln Γ(r+x)/Γ(r) + r ln alpha + ln B(a,b+x)/B(a,b) - (r+x) ln(alpha+T) + ln(1 + e^D)   [last term for x > 0]
 *   D = ln a - ln(b+x-1) + (r+x) ln((alpha+T)/(alpha+tx))
 *
 * e^D are the odds of having left at tx against being here still. For whole x the ratios of gamma functions are
 * products, so no special function is needed, and nothing overflows.
 */
import type { GroupedRepeats } from './group-repeats.ts';

export interface Likelihood {
  value: number;
  /** By r, alpha, a, b. */
  readonly gradient: Float64Array;
  /** Row-major, symmetric. */
  readonly hessian: Float64Array;
}

export const createLikelihood = (): Likelihood => ({
  value: 0,
  gradient: new Float64Array(4),
  hessian: new Float64Array(16),
});

export const bgnbdLikelihood = (
  rows: GroupedRepeats,
  [r, alpha, a, b]: ArrayLike<number> & Iterable<number>,
  into: Likelihood,
): Likelihood => {
  const point = { r: r as number, alpha: alpha as number, a: a as number, b: b as number };
  into.gradient.fill(0);
  into.hessian.fill(0);
  into.value = 0;
  addProducts(rows, point, into);
  addOnce(rows, point, into);
  addAgain(rows, point, into);
  const { hessian } = into;
  for (let i = 0; i < 4; i++) for (let j = 0; j < i; j++) hessian[i * 4 + j] = hessian[j * 4 + i] as number;
  return into;
};

interface Point {
  readonly r: number;
  readonly alpha: number;
  readonly a: number;
  readonly b: number;
}

const add = (into: Float64Array, at: number, value: number): void => {
  into[at] = (into[at] as number) + value;
};

/** What depends on x alone, and r ln alpha. */
function addProducts({ customers, beyond }: GroupedRepeats, { r, alpha, a, b }: Point, into: Likelihood): void {
  const { gradient, hessian } = into;
  into.value += customers * r * Math.log(alpha);
  add(gradient, 0, customers * Math.log(alpha));
  add(gradient, 1, (customers * r) / alpha);
  add(hessian, 1, customers / alpha);
  add(hessian, 5, (-customers * r) / alpha ** 2);
  for (let k = 0; k < beyond.length; k++) {
    const n = beyond[k] as number;
    const [rk, bk, abk] = [1 / (r + k), 1 / (b + k), 1 / (a + b + k)];
    into.value += n * Math.log((r + k) * (b + k) * abk);
    add(gradient, 0, n * rk);
    add(gradient, 2, -n * abk);
    add(gradient, 3, n * (bk - abk));
    add(hessian, 0, -n * rk * rk);
    add(hessian, 10, n * abk * abk);
    add(hessian, 11, n * abk * abk);
    add(hessian, 15, n * (abk * abk - bk * bk));
  }
}

/** Customers without a repeat: -r ln(alpha + T). */
function addOnce({ onceAge, onceCount }: GroupedRepeats, { r, alpha }: Point, into: Likelihood): void {
  let [logs, ones, squares] = [0, 0, 0];
  for (let row = 0; row < onceAge.length; row++) {
    const n = onceCount[row] as number;
    const sum = alpha + (onceAge[row] as number);
    logs += n * Math.log(sum);
    ones += n / sum;
    squares += n / (sum * sum);
  }
  into.value -= r * logs;
  add(into.gradient, 0, -logs);
  add(into.gradient, 1, -r * ones);
  add(into.hessian, 1, -ones);
  add(into.hessian, 5, r * squares);
}

function addAgain(rows: GroupedRepeats, { r, alpha, a, b }: Point, into: Likelihood): void {
  const { repeats, recency, age, count } = rows;
  const lnA = Math.log(a);
  let value = 0;
  let [gr, gAlpha, ga, gb] = [0, 0, 0, 0];
  let [rr, rAlpha, ra, rb, alphaAlpha, alphaA, alphaB, aa, ab, bb] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
  for (let row = 0; row < repeats.length; row++) {
    const n = count[row] as number;
    const x = repeats[row] as number;
    const now = 1 / (alpha + (age[row] as number));
    const then = 1 / (alpha + (recency[row] as number));
    const lnNow = -Math.log(now);
    const stretch = lnNow + Math.log(then);
    const beta = 1 / (b + x - 1);
    const rx = r + x;
    const d = lnA + Math.log(beta) + rx * stretch;
    const odds = Math.exp(-Math.abs(d));
    const gone = n * (d > 0 ? 1 / (1 + odds) : odds / (1 + odds));
    const both = (n * odds) / ((1 + odds) * (1 + odds));
    value += n * ((d > 0 ? d : 0) + Math.log1p(odds) - rx * lnNow);
    const slope = rx * (now - then);
    gr += gone * stretch - n * lnNow;
    gAlpha += gone * slope - n * rx * now;
    ga += gone;
    gb -= gone * beta;
    rr += both * stretch * stretch;
    rAlpha += both * stretch * slope + gone * (now - then) - n * now;
    ra += both * stretch;
    rb -= both * stretch * beta;
    alphaAlpha += both * slope * slope + gone * rx * (then * then - now * now) + n * rx * now * now;
    alphaA += both * slope;
    alphaB -= both * slope * beta;
    aa += both - gone;
    ab -= both * beta;
    bb += (both + gone) * beta * beta;
  }
  into.value += value;
  [gr, gAlpha, ga / a, gb].forEach((part, at) => add(into.gradient, at, part));
  const upper = [rr, rAlpha, ra / a, rb, 0, alphaAlpha, alphaA / a, alphaB, 0, 0, aa / (a * a), ab / a, 0, 0, 0, bb];
  upper.forEach((part, at) => add(into.hessian, at, part));
}
