import { expect, test } from 'vitest';
import type { Fact } from '#core/datasets/fact.ts';
import { deriveEngagement, predictChurn } from '#core/insight/churn/predict-churn.ts';
import { overdueRatio } from '#core/insight/overdue-ratio.ts';
import { deriveBeliefs } from '#core/insight/profile/derive-beliefs.ts';
import { fitParameters } from '#core/insight/profile/fit-parameters.ts';
import { defaultParameters } from '#core/insight/profile/parameters.ts';
import { seededRandom } from '#core/statistics/seeded-random.ts';
import { dayFromMs } from '#core/units/business-day.ts';
import { aBehaviour, aCustomerId, anOrderLine, atDay } from '#tests/makers/facts.ts';
import { aFakeLedger } from '#tests/makers/fake-ledger.ts';

const day = (n: number): number => dayFromMs(atDay(n));

test('[CHN1] the longer the silence against the own interval, the higher the risk', () => {
  const risks = [5, 15, 30, 90].map((days) =>
    predictChurn(defaultParameters.churn, days, 5, 200, overdueRatio(days, 15, 30)),
  );
  expect(risks).toEqual([...risks].sort((a, b) => a - b));
  expect(new Set(risks).size).toBe(4);
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

test('[CHN3] without an order there is no risk', () => {
  expect(predictChurn(defaultParameters.churn, 0, 0, 0, 0)).toBe(0);
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
  expect(fitParameters(aFakeLedger(shop(100)), day(200)).churn).toEqual(defaultParameters.churn);
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
