import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { OrderLine } from '#core/datasets/fact.ts';
import type { BackTest } from '#core/insight/backtest/back-test.ts';
import { ChanceCases } from '#core/insight/backtest/chance-cases.ts';
import { judgeBelief } from '#core/insight/backtest/judge-belief.ts';
import { backTestType, keepBackTest, readBackTest } from '#core/insight/backtest/results.doc.ts';
import { runBackTest } from '#core/insight/backtest/run-back-test.ts';
import { keepVerdicts, readVerdicts, takeBackVerdict, verdictsType } from '#core/insight/backtest/verdicts.doc.ts';
import { withVerdicts } from '#core/insight/backtest/with-verdicts.ts';
import { defaultNextProductsParameters } from '#core/insight/next-products/next-products-parameters.ts';
import { deriveBeliefs } from '#core/insight/profile/derive-beliefs.ts';
import { fitParameters } from '#core/insight/profile/fit-parameters.ts';
import { defaultParameters } from '#core/insight/profile/parameters.ts';
import { readParameters } from '#core/insight/profile/parameters.doc.ts';
import { seededRandom } from '#core/statistics/seeded-random.ts';
import { dayFromMs } from '#core/units/business-day.ts';
import { aCustomerId, anOrderLine, atDay } from '#tests/makers/facts.ts';
import { aFakeLedger } from '#tests/makers/fake-ledger.ts';

const lastDay = dayFromMs(atDay(200));

/** 90 people, three products each at a rhythm of their own of 8 to 40 days; a fifth stop for good on day 100. */
const aShop = (days = 200): OrderLine[] => {
  const random = seededRandom(7);
  const lines: OrderLine[] = [];
  for (let customer = 1; customer <= 90; customer++)
    for (let product = 0; product < 3; product++) {
      const gap = 8 + Math.floor(random() * 33);
      const ends = customer % 5 === 0 ? 100 : days;
      for (let day = Math.floor(random() * gap); day <= ends; day += Math.max(2, gap + Math.round(4 * random() - 2)))
        lines.push(
          anOrderLine({
            customer: aCustomerId(customer),
            order: `${customer}-${day}`,
            item: `p${(customer + product * 3) % 12}`,
            atMs: atDay(day),
          }),
        );
    }
  return lines;
};

const run = (lines: readonly OrderLine[], day = lastDay): { result: BackTest; shares: number[] } => {
  const steps = runBackTest(aFakeLedger(lines), day, defaultParameters);
  const shares: number[] = [];
  for (;;) {
    const { done, value } = steps.next();
    if (done) return { result: value, shares };
    shares.push(value);
  }
};

const lines = aShop();
const { result, shares } = run(lines);
const of = (belief: string, of = result) => of.tests.find((one) => one.belief === belief)!;

describe('a test of the past', () => {
  test('[BTE3] a shop with rhythms: the chance of 30 days beats the average and the own median gap', () => {
    const cycle = of('cycle');
    expect(cycle).toMatchObject({ measure: 'brier', origins: [lastDay - 90, lastDay - 60, lastDay - 30] });
    expect(cycle.verdict).toMatchObject({ kind: 'better' });
    expect(cycle.averages[0]).toBeCloseTo(cycle.cameTrue / cycle.cases, 3);
    const average = cycle.cameTrue / cycle.cases;
    expect(cycle.baselines.find(({ code }) => code === 'average')?.error).toBeCloseTo(average * (1 - average), 3);
    expect(cycle.figures[0]!.value).toBeLessThan(8);
  });

  test('[BTE4] those who stopped are told from those who come', () => {
    const churn = of('churn');
    expect(churn.origins).toEqual([lastDay - 90, lastDay - 60]);
    const silent = (origin: number): number => {
      const days = new Map<string, number[]>();
      for (const { customer, atMs } of lines) days.set(customer, [...(days.get(customer) ?? []), dayFromMs(atMs)]);
      return [...days.values()].filter((own) => !own.some((day) => day > origin && day <= origin + 60)).length;
    };
    expect(churn.cameTrue).toBe(silent(lastDay - 90) + silent(lastDay - 60));
  });

  test('[BTE5] baskets are counted once a customer and origin, and found among ten', () => {
    const next = of('next-products');
    expect(next.cases).toBeLessThanOrEqual(3 * 90);
    expect(next.cases).toBeGreaterThan(100);
    // Nobody has more than ten products: habits find whole baskets, and there is nothing to be better at.
    expect(next.error).toBeLessThan(0.05);
  });

  test('[BTE6] four weeks are forecast, each from the days before it', () => {
    const demand = of('demand');
    expect(demand.origins).toEqual([28, 21, 14, 7].map((back) => lastDay - back));
    const sold = lines.filter(({ atMs }) => dayFromMs(atMs) > lastDay - 28 && dayFromMs(atMs) <= lastDay).length;
    expect(demand.cameTrue).toBe(sold);
  });

  test('[BTE1] what comes after an origin changes what came of it and never a forecast', () => {
    const without = lines.filter(({ atMs }) => dayFromMs(atMs) <= lastDay - 30);
    const emptied = of('cycle', run(without).result);
    expect(emptied.cases).toBe(of('cycle').cases);
    expect(emptied.cameTrue).toBeLessThan(of('cycle').cameTrue);
    expect(emptied.reliability.map(({ forecast }) => forecast)).toEqual(
      of('cycle').reliability.map(({ forecast }) => forecast),
    );
  });

  test('[BTE2] a short history names the days that are missing, and nothing is judged', () => {
    const { result: short } = run(aShop(70), dayFromMs(atDay(70)));
    for (const { belief, verdict, cases } of short.tests) {
      expect(cases).toBe(0);
      expect(verdict).toMatchObject({
        kind: 'insufficient-evidence',
        missing: 'days',
        needed: belief === 'churn' ? 120 : 90,
      });
    }
    expect(run([]).result.tests.every(({ verdict }) => verdict.kind === 'insufficient-evidence')).toBe(true);
  });

  test('[BTE10] the share done rises to the end, and a test that is left runs no further', () => {
    expect(shares.length).toBeGreaterThan(20);
    expect(shares.every((share, at) => share >= (shares[at - 1] ?? 0) && share <= 1)).toBe(true);
    const steps = runBackTest(aFakeLedger(lines), lastDay, defaultParameters);
    steps.next();
    steps.return(undefined as never);
    expect(steps.next().done).toBe(true);
  });
});

describe('a verdict', () => {
  const least = { cases: 100, ofEach: 30 };
  const enough = { cases: 200, cameTrue: 60, cameFalse: 140 };
  const baselines = [
    { code: 'average' as const, error: 0.2 },
    { code: 'own-gap' as const, error: 0.4 },
  ];

  test('[BTE7] half a percent against the best baseline, and enough cases of either kind', () => {
    expect(judgeBelief(0.1, baselines, enough, least)).toEqual({ kind: 'better', percent: 50, than: 'average' });
    expect(judgeBelief(0.1995, baselines, enough, least)).toEqual({
      kind: 'not-better',
      percent: 0.3,
      than: 'average',
    });
    expect(judgeBelief(0.22, baselines, enough, least)).toEqual({ kind: 'not-better', percent: -10, than: 'average' });
    expect(judgeBelief(0.1, baselines, { ...enough, cases: 40 }, least)).toEqual({
      kind: 'insufficient-evidence',
      missing: 'cases',
      needed: 100,
      have: 40,
    });
    expect(judgeBelief(0.1, baselines, { ...enough, cameTrue: 3 }, least)).toMatchObject({
      missing: 'came-true',
      have: 3,
    });
    expect(judgeBelief(0.1, baselines, { ...enough, cameFalse: 3 }, least)).toMatchObject({ missing: 'came-false' });
  });

  test('[BTE8] ten bins of equally many cases, and a ranking that counts ties half', () => {
    const cases = new ChanceCases();
    for (let at = 0; at < 100; at++) cases.add(at / 100, at >= 50);
    expect(cases.reliability()).toHaveLength(10);
    expect(cases.reliability()[0]).toEqual({ forecast: 0.045, observed: 0, n: 10 });
    expect(cases.reliability()[9]).toEqual({ forecast: 0.945, observed: 1, n: 10 });
    expect(cases.ranking()).toBe(1);
    expect(cases.ranking(() => 0.5)).toBe(0.5);
    expect(new ChanceCases().reliability()).toEqual([]);
  });
});

describe('what is not better', () => {
  const not = (averages: readonly number[] = [], than: 'average' | 'last-week' = 'average') => ({
    kind: 'not-better' as const,
    than,
    averages,
  });

  test('[BTE9] its baseline answers', () => {
    const ledger = aFakeLedger(lines);
    const fitted = fitParameters(ledger, lastDay);
    expect(withVerdicts(fitted, { cycle: { ...not(), kind: 'better' } })).toBe(fitted);
    const flat = deriveBeliefs(ledger, withVerdicts(fitted, { churn: not([0.6, 0.25]) }), lastDay);
    expect(new Set([...flat.churn60].filter((_, c) => flat.orders[c]! > 0))).toEqual(new Set([0.25]));
    const alike = deriveBeliefs(ledger, withVerdicts(fitted, { cycle: not() }), lastDay);
    const usual = [...alike.pairP50].map((tenths, pair) => Math.round((tenths / 10 - alike.pairLastDay[pair]!) / 2));
    const plain = deriveBeliefs(ledger, fitted, lastDay);
    const own = [...plain.pairP50].map((tenths, pair) => Math.round((tenths / 10 - plain.pairLastDay[pair]!) / 2));
    expect(new Set(usual).size).toBeLessThan(new Set(own).size / 2);
    expect(withVerdicts(fitted, { 'next-products': not() }).nextProducts).toBe(defaultNextProductsParameters);
    expect(withVerdicts(fitted, { demand: not([], 'last-week') }).demand).toMatchObject({
      simple: 'last-week',
      slopes: [],
    });
  });

  test('[BTE11] the newest verdict counts until it is taken back; damaged ones are not read', () => {
    const doc = new Y.Doc();
    const before = Y.encodeStateVector(doc);
    expect(readVerdicts(doc)).toEqual({});
    expect(takeBackVerdict(doc, 'demand')).toBe('unchanged');
    expect(Y.encodeStateVector(doc)).toEqual(before);
    const test = { ...of('demand'), verdict: { kind: 'not-better', percent: -3, than: 'last-week' } as const };
    keepVerdicts(doc, { asOfDay: lastDay, tests: [test, of('cycle')] }, { member: 'm1', atMs: 5 });
    expect(readVerdicts(doc).demand).toEqual({
      kind: 'not-better',
      than: 'last-week',
      percent: -3,
      averages: [],
      testedDay: lastDay,
      atMs: 5,
      member: 'm1',
    });
    expect(readParameters(doc).demand.simple).toBe('last-week');
    expect(takeBackVerdict(doc, 'demand')).toBe('done');
    expect(readParameters(doc).demand.simple).toBeUndefined();
    verdictsType(doc).set('churn', { kind: 'not-better', than: 'average', averages: [7], percent: 1 });
    expect(readVerdicts(doc).churn).toBeUndefined();
  });

  test('[BTE12] the newest test is read back as it was made, with its verdicts; a damaged one is none', () => {
    const doc = new Y.Doc();
    expect(readBackTest(doc)).toBeNull();
    expect(Y.encodeStateVector(doc)).toEqual(Y.encodeStateVector(new Y.Doc()));
    const kept = { test: result, tookMs: 900, lines: 12, atMs: 5, member: 'm1' };
    keepBackTest(doc, kept);
    expect(readBackTest(doc)).toEqual(kept);
    expect(Object.keys(readVerdicts(doc))).toEqual(result.tests.map(({ belief }) => belief));
    const { tests } = result;
    for (const damaged of [
      '',
      '[]',
      JSON.stringify({ ...result, tests: [{ ...tests[0], measure: 'guess' }] }),
      JSON.stringify({ ...result, tests: [{ ...tests[0], verdict: { kind: 'better', percent: 1, than: 'luck' } }] }),
      JSON.stringify({ ...result, tests: [{ ...tests[0], reliability: [{ forecast: '1' }] }] }),
    ]) {
      backTestType(doc).set('latest', { ...kept, test: undefined, body: damaged });
      expect(readBackTest(doc), damaged).toBeNull();
    }
  });
});
