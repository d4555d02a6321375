import { expect, test } from 'vitest';
import type { Fact } from '#core/datasets/fact.ts';
import { churnFeatureCount, writeChurnFeatures } from '#core/insight/churn/churn-features.ts';
import {
  type ChurnHorizon,
  type ChurnParameters,
  churnHorizons,
  defaultChurnParameters,
} from '#core/insight/churn/churn-parameters.ts';
import { deriveEngagement } from '#core/insight/churn/derive-engagement.ts';
import { explainChurn } from '#core/insight/churn/explain-churn.ts';
import { fitChurn } from '#core/insight/churn/fit-churn.ts';
import { predictChurn } from '#core/insight/churn/predict-churn.ts';
import { valueAtRisk } from '#core/insight/churn/value-at-risk.ts';
import { deriveBeliefs } from '#core/insight/profile/derive-beliefs.ts';
import { explainCustomer } from '#core/insight/profile/explain-customer.ts';
import { fitParameters } from '#core/insight/profile/fit-parameters.ts';
import { defaultParameters } from '#core/insight/profile/parameters.ts';
import { readPurchaseDays } from '#core/insight/purchase-days.ts';
import { fitSilence } from '#core/insight/value/fit-silence.ts';
import { seededRandom } from '#core/statistics/seeded-random.ts';
import { dayFromMs } from '#core/units/business-day.ts';
import { aBehaviour, aCustomerId, anOrderLine, atDay } from '#tests/makers/facts.ts';
import { aFakeLedger } from '#tests/makers/fake-ledger.ts';

const day = (n: number): number => dayFromMs(atDay(n));

const risksOf = (parameters: ChurnParameters, features: Float64Array): number[] => [
  ...predictChurn(parameters, features, [0, 0], new Float64Array(churnHorizons.length)),
];

/** The built-in risk of somebody who bought every 15 days for a year and then stopped. */
function riskAfter(silentDays: number, horizon: ChurnHorizon = 60): number {
  const bought = Array.from({ length: 24 }, (_, n) => n * 15);
  const days = {
    day: Int32Array.from(bought),
    lines: new Int32Array(bought.length).fill(2),
    amountFen: new Float64Array(bought.length).fill(3000),
  };
  const features = new Float64Array(churnFeatureCount);
  writeChurnFeatures(features, 0, days, 0, bought.length, 23 * 15 + silentDays, 30);
  return risksOf(defaultChurnParameters, features)[churnHorizons.indexOf(horizon)] ?? Number.NaN;
}

test('[CHN1] the longer the silence, the higher the risk; the longer the horizon, the lower', () => {
  const risks = [5, 15, 30, 90].map((silent) => riskAfter(silent));
  expect(risks).toEqual([...risks].sort((a, b) => a - b));
  expect(new Set(risks).size).toBe(4);
  for (const silent of [5, 30, 90]) expect(riskAfter(silent, 30)).toBeGreaterThan(riskAfter(silent, 60));
});

test('[CHN1] learnt in a shop where the recent ones go and the slow ones return, silence still only raises the risk', () => {
  const random = seededRandom(7);
  const slow = Array.from({ length: 150 }, (_, c) => {
    const gap = 60 + Math.floor(random() * 60);
    return Array.from({ length: 6 }, (_, n) =>
      anOrderLine({ customer: aCustomerId(c + 1), order: `s-${c}-${n}`, atMs: atDay((c % 60) + n * gap) }),
    );
  }).flat();
  const brief = Array.from({ length: 900 }, (_, c) =>
    anOrderLine({ customer: aCustomerId(c + 200), order: `b-${c}`, atMs: atDay(c % 500) }),
  );
  const days = placesOf([...slow, ...brief], day(500));
  const fitted = fitChurn(days, day(500), (origin) => fitSilence(days, origin), defaultChurnParameters);
  expect(fitted.customers).toBeGreaterThan(0);
  const bought = {
    day: Int32Array.from({ length: 8 }, (_, n) => n * 28),
    lines: new Int32Array(8).fill(1),
    amountFen: new Float64Array(8).fill(26_800),
  };
  const features = new Float64Array(churnFeatureCount);
  let before = [0, 0];
  for (let silent = 0; silent <= 500; silent += 4) {
    writeChurnFeatures(features, 0, bought, 0, 8, 7 * 28 + silent, fitted.gapDays);
    const risks = risksOf(fitted, features);
    expect(risks.map((risk, at) => risk - before[at]! >= 0)).toEqual([true, true]);
    before = risks;
  }
});

test('[CHN2] engagement is compared with the own baseline', () => {
  const seen = (days: readonly number[]) =>
    deriveEngagement(aFakeLedger(days.map((at, n) => aBehaviour({ id: `e-${n}`, atMs: atDay(at) }))), 0, day(120), {
      ratio: 0,
      recent: 0,
      baseline: 0,
      daysAgo: 0,
    });
  expect(seen([40, 50, 60, 70, 80, 85])).toEqual({ ratio: 0, recent: 0, baseline: 6, daysAgo: 35 });
  expect(seen([40, 70, 85, 100]).ratio).toBe(1);
  expect(seen([40, 100]).ratio).toBe(1);
});

test('[CHN3] without an order there is no risk, and no cause', () => {
  const ledger = aFakeLedger([aBehaviour({})]);
  const beliefs = deriveBeliefs(ledger, defaultParameters, day(120));
  expect([beliefs.churn60[0], beliefs.valueAtRiskFen[0]]).toEqual([0, 0]);
  expect(explainCustomer(ledger, beliefs, defaultParameters, 0).churn).toMatchObject({ risk60: 0, causes: null });
});

function shop(customers: number): Fact[] {
  const random = seededRandom(21);
  const facts: Fact[] = [];
  for (let c = 0; c < customers; c++) {
    const interval = 8 + random() * 25;
    const leaves = random() < 0.4 ? 60 + random() * 160 : 999;
    for (let at = random() * 60, n = 0; at < 300 && at < leaves; at += interval * (0.6 + random() * 0.8), n++)
      facts.push(anOrderLine({ customer: aCustomerId(c + 1), order: `${c}-${n}`, atMs: atDay(Math.floor(at)) }));
  }
  return facts;
}

test('[CHN4, CHN5] learnt from the shop, the risk beats the shop’s average on days it has not seen', () => {
  const facts = shop(500);
  const ledger = aFakeLedger(facts);
  const parameters = fitParameters(ledger, day(200));
  expect(parameters.churn.customers).toBeGreaterThanOrEqual(300);
  expect(fitParameters(aFakeLedger(shop(30)), day(200)).churn).toEqual({
    ...defaultParameters.churn,
    gapDays: expect.any(Number) as number,
  });
  const beliefs = deriveBeliefs(ledger, parameters, day(200));
  const later = deriveBeliefs(ledger, parameters, day(260));
  let model = 0;
  let left = 0;
  let n = 0;
  const outcomes: number[] = [];
  for (let c = 0; c < beliefs.customerCount; c++) {
    if ((beliefs.orders[c] ?? 0) === 0) continue;
    const gone = (later.lastDay[c] ?? 0) > day(200) ? 0 : 1;
    outcomes.push(gone);
    model += ((beliefs.churn60[c] ?? 0) - gone) ** 2;
    left += gone;
    n++;
  }
  const constant = outcomes.reduce((sum, gone) => sum + (left / n - gone) ** 2, 0);
  expect(model).toBeLessThan(constant * 0.8);
});

const placesOf = (facts: readonly Fact[], upTo: number) => {
  const ledger = aFakeLedger(facts);
  return readPurchaseDays(
    ledger,
    Int32Array.from({ length: ledger.customerCount }, (_, c) => c),
    upTo,
  );
};

test('[CHN6] fitting reads nothing after its day', () => {
  const facts = shop(200);
  const fitOn = (upTo: number) => {
    const days = placesOf(facts, upTo);
    return fitChurn(days, day(200), (origin) => fitSilence(days, origin), defaultChurnParameters);
  };
  const whole = fitOn(day(300));
  expect(whole.customers).toBeGreaterThan(0);
  // Who came only later has a place, and no day before: nothing about them counts.
  expect(whole).toEqual(fitOn(day(200)));
});

const someone = {
  asOfDay: 400,
  lastDay: 340,
  overdueRatio: 4,
  overdueAt: 1.5,
  intervalDays: 15,
  risk: 0.8,
  riskOn: (at: number) => (at - 340) / 75,
  engagementOn: (at: number) => ({ ratio: at >= 391 ? 0.2 : 0.9, recent: 1, baseline: 15, daysAgo: 3 }),
};

test('[CHN7] overdue and less engaged are named apart, each with the day it was crossed', () => {
  const { overdue, lessEngaged } = explainChurn(someone);
  // One and a half of 15 days after day 340: the 23rd day is the first with 22.5 behind it.
  expect(overdue).toEqual({ isCause: true, ratio: 4, crossedDay: 363 });
  expect(lessEngaged).toMatchObject({ isCause: true, crossedDay: 391 });
  const calm = explainChurn({ ...someone, overdueRatio: 1, engagementOn: () => someone.engagementOn(0), risk: 0.2 });
  expect([calm.overdue.crossedDay, calm.lessEngaged.crossedDay, calm.risk.crossedDay]).toEqual([-1, -1, -1]);
  expect([calm.overdue.isCause, calm.lessEngaged.isCause, calm.risk.isHigh]).toEqual([false, false, false]);
});

test('[CHN8] the risk’s day is the first on which it would have been told', () => {
  expect(explainChurn(someone).risk).toEqual({ probability: 0.8, isHigh: true, crossedDay: 378 });
  const facts = [0, 15, 30, 45, 60].map((at) => anOrderLine({ order: `r-${at}`, atMs: atDay(at) }));
  const ledger = aFakeLedger(facts);
  const beliefsOn = (at: number) => deriveBeliefs(ledger, defaultParameters, day(at));
  const now = beliefsOn(160);
  const { causes } = explainCustomer(ledger, now, defaultParameters, 0).churn;
  const crossed = causes?.risk.crossedDay ?? 0;
  expect(beliefsOn(160 - (day(160) - crossed)).churn60[0]).toBeGreaterThanOrEqual(0.5);
  expect(beliefsOn(160 - (day(160) - crossed) - 1).churn60[0]).toBeLessThan(0.5);
});

test('[CHN9] value at risk', () => {
  expect(valueAtRisk(0.25, { hasEvidence: true, hereFen: 10_001 }, 99_999, 3)).toBe(2500);
  expect(valueAtRisk(0.5, { hasEvidence: false, hereFen: 0 }, 30_000, 3)).toBe(5000);
  expect(valueAtRisk(0, { hasEvidence: true, hereFen: 10_000 }, 1, 1)).toBe(0);
});

test('[CHN11] whoever stays away for 60 days stays away for 30', () => {
  const level = (at: number): number[] => [at, ...new Array<number>(churnFeatureCount).fill(0)];
  const crossing = {
    ...defaultChurnParameters,
    horizons: defaultChurnParameters.horizons.map((one, at) => ({ ...one, weights: level(at === 0 ? -1 : 1) })),
  };
  expect(risksOf(crossing, new Float64Array(churnFeatureCount))).toEqual([0.5, 0.5]);
});

test('[CHN10] a feature far outside says no more than one at the edge', () => {
  const parameters = {
    ...defaultChurnParameters,
    horizons: defaultChurnParameters.horizons.map((one) => ({ ...one, weights: [0, 0.3, ...one.weights.slice(2)] })),
  };
  const at = (value: number): number =>
    risksOf(
      parameters,
      Float64Array.from({ length: churnFeatureCount }, (_, j) => (j === 0 ? value : 0)),
    )[1] ?? 0;
  expect(at(40)).toBe(at(4));
  expect(at(3)).toBeLessThan(at(4));
});
