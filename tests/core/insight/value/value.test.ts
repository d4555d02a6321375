import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { deriveBeliefs } from '#core/insight/profile/derive-beliefs.ts';
import { explainCustomer } from '#core/insight/profile/explain-customer.ts';
import { fitParameters } from '#core/insight/profile/fit-parameters.ts';
import type { PurchaseDayColumns } from '#core/insight/purchase-days.ts';
import { type BgnbdFit, fitBgnbd } from '#core/insight/value/fit-bgnbd.ts';
import { fitGammaGamma } from '#core/insight/value/fit-gamma-gamma.ts';
import { fitValue } from '#core/insight/value/fit-value.ts';
import { explainValue } from '#core/insight/value/explain-value.ts';
import { groupRepeats } from '#core/insight/value/group-repeats.ts';
import { amountMoments } from '#core/insight/value/predict-amount.ts';
import { expectedPurchases, probabilityAlive } from '#core/insight/value/predict-purchases.ts';
import { correctionFactor, createForecast, predictValue } from '#core/insight/value/predict-value.ts';
import { sumValue } from '#core/insight/value/sum-value.ts';
import { createSummary } from '#core/insight/value/summarise-purchases.ts';
import { type ValueParameters, defaultValueParameters } from '#core/insight/value/value-parameters.ts';
import { seededRandom } from '#core/statistics/seeded-random.ts';
import { dayFromMs } from '#core/units/business-day.ts';
import { aCustomerId, anOrderLine, atDay } from '#tests/makers/facts.ts';
import { aFakeLedger } from '#tests/makers/fake-ledger.ts';

type Four = [number, number, number, number];
/** Made by `golden.py` beside it with scipy 1.17 and mpmath 1.3 on a table it drew itself. */
const golden = JSON.parse(readFileSync(join(import.meta.dirname, 'golden.json'), 'utf8')) as {
  /** x, tx, T, mean amount, sum of ln amount. */
  rows: [...Four, number][];
  bgnbd: { parameters: Four; standardErrors: Four; logLikelihood: number };
  expectations: {
    parameters: Four;
    history: [number, number, number];
    horizon: number;
    expected: number;
    alive: number;
  }[];
  gammaGamma: { parameters: [number, number, number]; logLikelihood: number; means: [number, number, number][] };
};
const repeatsOf = (rows: readonly (readonly number[])[]) => ({
  repeats: rows.map(([x]) => x ?? 0),
  recency: rows.map(([, tx]) => tx ?? 0),
  age: rows.map(([, , t]) => t ?? 0),
});
const fitted = (rows: readonly (readonly number[])[]): BgnbdFit => {
  const fit = fitBgnbd(groupRepeats(repeatsOf(rows)));
  if (fit === 'insufficient-evidence') throw new Error(fit);
  return fit;
};
const near = (found: object | null, wanted: readonly number[], share: number): void =>
  Object.values(found ?? {}).forEach((value, at) =>
    expect(Math.abs((value as number) / (wanted[at] as number) - 1)).toBeLessThan(share),
  );
const named = ([r, alpha, a, b]: Four) => ({ r, alpha, a, b });

test('[VAL1] parameters, standard errors and likelihood agree with scipy', () => {
  const { parameters, standardErrors, logLikelihood } = fitted(golden.rows);
  near(parameters, golden.bgnbd.parameters, 1e-5);
  near(standardErrors, golden.bgnbd.standardErrors, 1e-4);
  expect(logLikelihood).toBeCloseTo(golden.bgnbd.logLikelihood, 7);
});

/** Fader and Hardie's published sample; its table may not be copied here. */
const cdnow = join(import.meta.dirname, '../../../../../shared/data/cdnow/cdnow_customers_summary.csv');
test.skipIf(!existsSync(cdnow))('[VAL1] the published CDNOW sample, where its file lies beside the checkout', () => {
  const rows = readFileSync(cdnow, 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(',').slice(1).map(Number));
  const { parameters, logLikelihood } = fitted(rows);
  expect(Object.values(parameters).map((value) => Number(value.toPrecision(4)))).toEqual([
    0.2426, 4.414, 0.7929, 2.426,
  ]);
  expect(logLikelihood).toBeCloseTo(-9582.43, 2);
});

test('[VAL2] equal histories count once, order and unit of time change nothing', () => {
  const base = fitted(golden.rows);
  const twice = fitted([...golden.rows, ...[...golden.rows].reverse()]);
  near(twice.parameters, Object.values(base.parameters), 1e-6);
  expect(fitted([...golden.rows].reverse())).toEqual(base);
  expect(twice.logLikelihood).toBeCloseTo(2 * base.logLikelihood, 6);
  expect(groupRepeats(repeatsOf([...golden.rows, ...golden.rows])).repeats.length).toBe(
    groupRepeats(repeatsOf(golden.rows)).repeats.length,
  );
  const { r, alpha, a, b } = base.parameters;
  near(fitted(golden.rows.map(([x, tx, t]) => [x, tx * 7, t * 7])).parameters, [r, alpha * 7, a, b], 1e-5);
});

const person = (days: readonly number[], fen = 5000): PurchaseDayColumns => ({
  start: Int32Array.of(0, days.length),
  day: Int32Array.from(days),
  lines: new Int32Array(days.length).fill(1),
  amountFen: new Float64Array(days.length).fill(fen),
});

test('[VAL3, VAL11, VAL13, VAL15] too short a history, or no purchase, says so and predicts nothing', () => {
  expect(fitBgnbd(groupRepeats(repeatsOf(golden.rows.slice(0, 9))))).toBe('insufficient-evidence');
  const days = person([0, 10]);
  const parameters = fitValue(days, 40, 90);
  expect(parameters).toEqual({ ...defaultValueParameters, customers: 1, returners: 1 });
  expect(explainValue(days, 0, 2, 40, parameters, 90)).toEqual({
    kind: 'insufficient-evidence',
    missing: 'returners',
    returners: 1,
    needed: 10,
  });
  expect(explainValue(days, 0, 2, 40, defaultValueParameters, 90)).toEqual({
    kind: 'insufficient-evidence',
    missing: 'fit',
  });
  expect(explainValue(days, 0, 0, 40, learnt, 90)).toMatchObject({
    kind: 'insufficient-evidence',
    missing: 'purchase',
  });
  expect(predictValue(learnt, createSummary(), 90, createForecast())).toEqual(createForecast());
});

test('[VAL4] when nobody ever leaves, the edge is told and no standard errors are invented', () => {
  const random = seededRandom(4);
  const faithful = Array.from({ length: 200 }, () => {
    const [x, t] = [3 + Math.floor(random() * 9), 50 + Math.floor(random() * 50)];
    return [x, t - random() * (t / (x + 1)), t];
  });
  const fit = fitted(faithful);
  expect(fit.isAtEdge).toBe(true);
  expect(fit.standardErrors).toBeNull();
  expect(probabilityAlive(fit.parameters, 5, 60, 70)).toBeGreaterThan(0.98);
  expect(Number.isFinite(fit.logLikelihood)).toBe(true);
});

test('[VAL5] the expectation equals the hypergeometric formula at forty digits', () => {
  for (const { parameters, history, horizon, expected, alive } of golden.expectations) {
    expect(expectedPurchases(named(parameters), ...history, horizon) / expected).toBeCloseTo(1, 8);
    expect(probabilityAlive(named(parameters), ...history)).toBeCloseTo(alive, 10);
  }
  const [one] = golden.expectations;
  const over = [7, 30, 90, 365].map((horizon) => expectedPurchases(named(one?.parameters as Four), 3, 20, 30, horizon));
  expect([...over].sort((a, b) => a - b)).toEqual(over);
});

test('[VAL6] silence lowers the chance of being here; without a repeat nobody is taken for gone', () => {
  const parameters = named(golden.bgnbd.parameters);
  const chances = [31, 40, 60, 120, 400].map((age) => probabilityAlive(parameters, 4, 30, age));
  expect([...chances].sort((a, b) => b - a)).toEqual(chances);
  expect(probabilityAlive(parameters, 0, 0, 500)).toBe(1);
});

test('[VAL7] amounts agree with scipy, and few of them are drawn toward the shop', () => {
  const fit = fitGammaGamma({
    meanFen: Float64Array.from(golden.rows, (row) => row[3]),
    paidDays: Float64Array.from(golden.rows, ([x]) => x + 1),
    logFenSum: Float64Array.from(golden.rows, (row) => row[4]),
  });
  if (!fit) throw new Error('no fit');
  const [p, q, gamma] = golden.gammaGamma.parameters;
  near({ p: fit.p, q: fit.q, gamma: fit.gamma }, [p, q, gamma], 1e-3);
  expect(fit.logLikelihood).toBeCloseTo(golden.gammaGamma.logLikelihood, 4);
  const into = { mean: 0, square: 0, product: 0 };
  for (const [n, mean, expected] of golden.gammaGamma.means)
    expect(amountMoments({ p, q, gamma }, mean, n, into).mean / expected).toBeCloseTo(1, 8);
  const [shop, once, often] = [0, 1, 30].map((n) => amountMoments({ p, q, gamma }, 90_000, n, into).mean);
  expect(once).toBeGreaterThan(shop as number);
  expect(once).toBeLessThan(often as number);
  expect(often).toBeGreaterThan(80_000);
});

/** A shop that follows the model: rates, leaving and amounts as the papers have them. */
const truth = { r: 0.9, alpha: 40, a: 0.8, b: 3 };
function shop(customers: number, lastDay: number, seed: number) {
  const random = seededRandom(seed);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  /** G. Marsaglia, W. Tsang, 2000. */
  const gamma = (shape: number): number => {
    if (shape < 1) return gamma(shape + 1) * (1 - random()) ** (1 / shape);
    const d = shape - 1 / 3;
    for (;;) {
      const z = normal();
      const v = (1 + z / Math.sqrt(9 * d)) ** 3;
      if (v > 0 && Math.log(1 - random()) < z * z * 0.5 + d - d * v + d * Math.log(v)) return d * v;
    }
  };
  const start = [0];
  const [day, amountFen]: [number[], number[]] = [[], []];
  for (let c = 0; c < customers; c++) {
    const rate = gamma(truth.r) / truth.alpha;
    const [a, b] = [gamma(truth.a), gamma(truth.b)];
    const nu = gamma(4) / 6000;
    for (
      let at = Math.floor(random() * 200);
      at <= lastDay;
      at += Math.max(1, Math.round(-Math.log(1 - random()) / rate))
    ) {
      day.push(at);
      amountFen.push(Math.max(1, Math.round(gamma(5) / nu)));
      if (day.length - (start.at(-1) as number) > 1 && random() < a / (a + b)) break;
    }
    start.push(day.length);
  }
  return {
    start: Int32Array.from(start),
    day: Int32Array.from(day),
    lines: new Int32Array(day.length).fill(1),
    amountFen: Float64Array.from(amountFen),
  };
}
const today = 400;
const days = shop(3000, today + 90, 12);
const learnt: ValueParameters = fitValue(days, today, 90);

test('[VAL8, VAL9] the correction is neutral for the ordinary, and unused where it does not help', () => {
  const correction = { weights: [0.4, 0.7, 0.1, 0.1], meanLogAmount: Math.log(1 + 50), rows: 5000 };
  const ordinary = {
    repeats: 0,
    recency: 0,
    age: 100,
    meanFen: 5000,
    paidDays: 1,
    logFenSum: 8.5,
    lastThird: 0,
    lastSixth: 0,
  };
  expect(correctionFactor({ ...learnt, correction }, ordinary)).toBeCloseTo(1, 10);
  expect(correctionFactor({ ...learnt, correction }, { ...ordinary, meanFen: 20_000 })).toBeGreaterThan(1);
  expect(fitValue(person([0, 4, 9]), 30, 90).correction).toBeNull();
  // The shop is the model's own: there is hardly anything to correct.
  for (const weight of learnt.correction?.weights ?? []) expect(Math.abs(weight)).toBeLessThan(0.35);
});

test('[VAL10] fitting reads nothing after its day', () => {
  const cut = shop(3000, today + 90, 12);
  const known = {
    ...cut,
    day: cut.day.map((day) => (day > today ? day + 500 : day)),
    amountFen: cut.amountFen.map((fen, at) => ((cut.day[at] as number) > today ? 1 : fen)),
  };
  expect(fitValue(known, today, 90)).toEqual(learnt);
});

test('[VAL12] the interval holds the money of four of five customers', () => {
  let [held, n, expected, came] = [0, 0, 0, 0];
  for (let c = 0; c + 1 < days.start.length; c++) {
    const [from, to] = [days.start[c] as number, days.start[c + 1] as number];
    const why = explainValue(days, from, to, today, learnt, 90);
    if (why.kind !== 'forecast') continue;
    let spent = 0;
    for (let at = from; at < to; at++) if ((days.day[at] as number) > today) spent += days.amountFen[at] as number;
    if (spent >= why.lowFen && spent <= why.highFen) held++;
    expected += why.fen;
    came += spent;
    n++;
  }
  expect(n).toBeGreaterThan(2900);
  expect(held / n).toBeGreaterThan(0.78);
  expect(held / n).toBeLessThan(0.95);
  expect(Math.abs(expected / came - 1)).toBeLessThan(0.12);
});

test('[VAL13] the explanation carries the history, the factor and how many were learnt from', () => {
  const history = person([0, 30, 60, 90], 4000);
  expect(explainValue(history, 0, 4, 100, learnt, 90)).toMatchObject({
    kind: 'forecast',
    horizonDays: 90,
    repeats: 3,
    spanDays: 90,
    silentDays: 10,
    ageDays: 100,
    ownDayFen: 4000,
    paidDays: 4,
    learntFrom: learnt.customers,
  });
});

test('[VAL13] what is explained is what the columns say', () => {
  const facts = Array.from({ length: 60 }, (_, c) =>
    Array.from({ length: 1 + (c % 6) }, (__, n) =>
      anOrderLine({
        customer: aCustomerId(c + 1),
        order: `v-${c}-${n}`,
        atMs: atDay(((c * 7) % 50) + n * (5 + (c % 20))),
        paidFen: 1000 + c * 90 + n * 200,
      }),
    ),
  ).flat();
  const ledger = aFakeLedger(facts);
  const asOf = dayFromMs(atDay(180));
  const parameters = fitParameters(ledger, asOf);
  expect(parameters.value.bgnbd).not.toBeNull();
  const beliefs = deriveBeliefs(ledger, parameters, asOf);
  for (let c = 0; c < beliefs.customerCount; c++) {
    const { value } = explainCustomer(ledger, beliefs, parameters, c);
    if (value.kind !== 'forecast') throw new Error(value.kind);
    expect([value.purchases, value.fen, value.lowFen, value.highFen, value.alive]).toEqual([
      beliefs.expectedPurchases90[c],
      beliefs.valueFen90[c],
      beliefs.valueLowFen90[c],
      beliefs.valueHighFen90[c],
      beliefs.alive[c],
    ]);
    expect(value.fen).toBeGreaterThan(0);
    expect(value.lowFen).toBeLessThanOrEqual(value.highFen);
  }
});

test('[VAL14] sums are whole fen over the members of a group', () => {
  const columns = {
    purchases: Float64Array.of(1.5, 0.25, 2, 1),
    fen: Float64Array.of(100, 50, 999, 1),
    lowFen: Float64Array.of(0, 0, 999, 1),
    highFen: Float64Array.of(300, 90, 999, 1),
  };
  const [first, second] = sumValue(columns, 0, 2, (c) => [0, 0, 1, -1][c] as number);
  expect(first).toMatchObject({ customers: 2, purchases: 1.75, fen: 150 });
  expect(first?.lowFen).toBeLessThan(150);
  expect(second).toEqual({ customers: 1, purchases: 2, fen: 999, lowFen: 999, highFen: 999 });
  // A season that moved everybody by a tenth: 1.28 tenths either way.
  const [, moved] = sumValue(columns, 0.1, 2, (c) => [0, 0, 1, -1][c] as number);
  expect(moved).toMatchObject({ fen: 999, lowFen: 871, highFen: 1127 });
  expect(learnt.levelSpread).toBeGreaterThan(0);
  expect(learnt.levelSpread).toBeLessThan(0.2);
});
