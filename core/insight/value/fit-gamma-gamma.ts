/**
 * What a customer spends on a purchase day (P. Fader, B. Hardie, "The gamma-gamma model of monetary value", 2013): an
 * amount is Gamma(p, nu), and nu is Gamma(q, gamma) over customers. With n amounts of mean z the likelihood is
 *
 *   Γ(pn+q) / (Γ(pn) Γ(q)) · gamma^q z^(pn-1) n^(pn) / (gamma + nz)^(pn+q)
 *
 * maximised in logarithms without derivatives, on at most `mostSampled` customers. Fen. Refuses (null) below
 * `fewestCustomers` customers with two or more paid days: who paid once says nothing of how amounts vary.
 */
import { logGamma } from '../../statistics/log-gamma.ts';
import { minimise } from '../../statistics/minimise.ts';

export interface GammaGammaParameters {
  readonly p: number;
  readonly q: number;
  readonly gamma: number;
}

export const fewestCustomers = 30;
const mostSampled = 10_000;
const edge = 8;

export const fitGammaGamma = (
  meanFen: Float64Array,
  paidDays: Float64Array,
): (GammaGammaParameters & { readonly logLikelihood: number }) | null => {
  const rows = sample(meanFen, paidDays);
  if (rows.again < fewestCustomers) return null;
  const centre = [0, 0, Math.log(rows.meanOfMeans)];
  const start = [Math.log(4), Math.log(3), Math.log(rows.meanOfMeans / 2)];
  const { point, cost } = minimise(
    (at) =>
      at.some((value, j) => Math.abs(value - (centre[j] as number)) > edge)
        ? Number.POSITIVE_INFINITY
        : -logLikelihood(rows, Math.exp(at[0] as number), Math.exp(at[1] as number), Math.exp(at[2] as number)),
    start,
    [0.5, 0.5, 0.5],
    { evaluations: 500, tolerance: 1e-12 },
  );
  const [p, q, gamma] = [...point.map(Math.exp)] as [number, number, number];
  return { p, q, gamma, logLikelihood: -cost };
};

interface Rows {
  /** Sum n z and count n of each sampled customer. */
  readonly sums: Float64Array;
  readonly counts: Float64Array;
  /** How many customers have n amounts. */
  readonly having: ReadonlyMap<number, number>;
  readonly again: number;
  readonly meanOfMeans: number;
  /** Sums over customers of ln z and of n ln(n z). */
  readonly logMeans: number;
  readonly weightedLogs: number;
}

function sample(meanFen: Float64Array, paidDays: Float64Array): Rows {
  const places: number[] = [];
  paidDays.forEach((n, c) => {
    if (n > 0) places.push(c);
  });
  const stride = Math.ceil(places.length / mostSampled);
  const taken = places.filter((_, at) => at % stride === 0);
  const counts = Float64Array.from(taken, (c) => paidDays[c] as number);
  const sums = Float64Array.from(taken, (c) => (paidDays[c] as number) * (meanFen[c] as number));
  const having = new Map<number, number>();
  let [again, means, logMeans, weightedLogs] = [0, 0, 0, 0];
  taken.forEach((c, at) => {
    const n = counts[at] as number;
    having.set(n, (having.get(n) ?? 0) + 1);
    if (n > 1) again++;
    means += meanFen[c] as number;
    logMeans += Math.log(meanFen[c] as number);
    weightedLogs += n * Math.log(sums[at] as number);
  });
  return { sums, counts, having, again, meanOfMeans: means / Math.max(1, taken.length), logMeans, weightedLogs };
}

function logLikelihood(rows: Rows, p: number, q: number, gamma: number): number {
  let sum = rows.counts.length * (q * Math.log(gamma) - logGamma(q)) + p * rows.weightedLogs - rows.logMeans;
  for (const [n, customers] of rows.having) sum += customers * (logGamma(p * n + q) - logGamma(p * n));
  for (let at = 0; at < rows.counts.length; at++)
    sum -= (p * (rows.counts[at] as number) + q) * Math.log(gamma + (rows.sums[at] as number));
  return sum;
}
