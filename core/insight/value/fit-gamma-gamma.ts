/**
 * What a customer spends on a purchase day (P. Fader, B. Hardie, "The gamma-gamma model of monetary value", 2013): an
 * amount is Gamma(p, nu), and nu is Gamma(q, gamma) over customers. The paper knows a customer's n amounts by their mean
 * only; here each is known, and the likelihood of all of them, with sum s and product π, is
 *
 *   Γ(pn+q) / (Γ(p)^n Γ(q)) · gamma^q π^(p-1) / (gamma + s)^(pn+q)
 *
 * which also sees how a customer's amounts vary among themselves: by means alone CDNOW's look nearly four times as steady as
 * they are. Maximised in logarithms without derivatives, on at most `mostSampled` customers. Fen. Refuses (null) below
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

/** By customer: mean of the amounts, how many, and the sum of their logarithms. */
export interface Amounts {
  readonly meanFen: Float64Array;
  readonly paidDays: Float64Array;
  readonly logFenSum: Float64Array;
}

export const fitGammaGamma = (amounts: Amounts): (GammaGammaParameters & { readonly logLikelihood: number }) | null => {
  const rows = sample(amounts);
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
  /** Over all amounts of all customers: how many, and the sum of their logarithms. */
  readonly amounts: number;
  readonly logs: number;
}

function sample({ meanFen, paidDays, logFenSum }: Amounts): Rows {
  const places: number[] = [];
  paidDays.forEach((n, c) => {
    if (n > 0) places.push(c);
  });
  const stride = Math.ceil(places.length / mostSampled);
  const taken = places.filter((_, at) => at % stride === 0);
  const counts = Float64Array.from(taken, (c) => paidDays[c] as number);
  const sums = Float64Array.from(taken, (c) => (paidDays[c] as number) * (meanFen[c] as number));
  const having = new Map<number, number>();
  let [again, means, amounts, logs] = [0, 0, 0, 0];
  taken.forEach((c, at) => {
    const n = counts[at] as number;
    having.set(n, (having.get(n) ?? 0) + 1);
    if (n > 1) again++;
    means += meanFen[c] as number;
    amounts += n;
    logs += logFenSum[c] as number;
  });
  return { sums, counts, having, again, meanOfMeans: means / Math.max(1, taken.length), amounts, logs };
}

function logLikelihood(rows: Rows, p: number, q: number, gamma: number): number {
  let sum = rows.counts.length * (q * Math.log(gamma) - logGamma(q)) + (p - 1) * rows.logs - rows.amounts * logGamma(p);
  for (const [n, customers] of rows.having) sum += customers * logGamma(p * n + q);
  for (let at = 0; at < rows.counts.length; at++)
    sum -= (p * (rows.counts[at] as number) + q) * Math.log(gamma + (rows.sums[at] as number));
  return sum;
}
