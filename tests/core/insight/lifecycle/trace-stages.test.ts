import { expect, test } from 'vitest';
import type { Fact } from '#core/datasets/fact.ts';
import { countFlows } from '#core/insight/count-flows.ts';
import { stageOn, traceStages } from '#core/insight/lifecycle/trace-stages.ts';
import { stages } from '#core/insight/profile/belief-columns.ts';
import { deriveBeliefs } from '#core/insight/profile/derive-beliefs.ts';
import { absent, deriveStages } from '#core/insight/profile/derive-standings.ts';
import { defaultParameters } from '#core/insight/profile/parameters.ts';
import { stageEvents } from '#core/insight/profile/stage-events.ts';
import { seededRandom } from '#core/statistics/seeded-random.ts';
import { dayFromMs } from '#core/units/business-day.ts';
import { aBehaviour, aCustomerId, anOrderLine, atDay } from '#tests/makers/facts.ts';
import { aFakeLedger } from '#tests/makers/fake-ledger.ts';

const day = (n: number): number => dayFromMs(atDay(n));
const { lifecycle } = defaultParameters;

test('[STG7] each change has its day and reason', () => {
  const ledger = aFakeLedger([
    aBehaviour({ customer: aCustomerId(1), id: 'e', name: 'product-clicked', atMs: atDay(0) }),
    ...[40, 50, 60, 70, 95].map((at) => anOrderLine({ order: `o-${at}`, atMs: atDay(at) })),
  ]);
  const steps = traceStages(stageEvents(ledger, 0, day(100)), day(100), lifecycle);
  expect(steps.map(({ day: at, stage, reason }) => [at - day(0), stage, reason.kind])).toEqual([
    [0, 'considering', 'engaged'],
    [31, 'aware', 'engaged-long-ago'],
    [40, 'first-purchase', 'one-order'],
    [50, 'repurchasing', 'some-orders'],
    [70, 'loyal', 'many-orders'],
    [85, 'churn-warning', 'overdue'],
    [95, 'loyal', 'many-orders'],
  ]);
  expect(steps[5]?.reason).toEqual({ kind: 'overdue', daysSince: 15, intervalDays: 10, ratio: 1.5, interval: 'own' });
});

test('[STG7, STG8] the way, the stage of a day and the columns agree on every day', () => {
  const random = seededRandom(11);
  const pick = (below: number): number => Math.floor(random() * below);
  const facts: Fact[] = Array.from({ length: 160 }, (_, n) => {
    const customer = aCustomerId(1 + pick(14));
    const atMs = atDay(pick(180));
    return pick(3) === 0
      ? aBehaviour({ customer, id: `e-${n}`, name: 'product-clicked', atMs })
      : anOrderLine({ customer, order: `o-${n}`, atMs, isGift: pick(6) === 0, status: pick(8) ? 'paid' : 'closed' });
  });
  const ledger = aFakeLedger(facts);
  for (let at = 0; at < 200; at += 7) {
    const standings = deriveStages(ledger, defaultParameters, day(at));
    const beliefs = deriveBeliefs(ledger, defaultParameters, day(at));
    for (let c = 0; c < ledger.customerCount; c++) {
      const { stage } = stageOn(stageEvents(ledger, c, day(at)), day(at), lifecycle);
      const traced = traceStages(stageEvents(ledger, c, day(200)), day(200), lifecycle);
      expect(stages[beliefs.stage[c] ?? 0]).toBe(stage);
      expect(traced.filter((step) => step.day <= day(at)).at(-1)?.stage ?? 'aware').toBe(stage);
      if (standings[c] !== absent) expect(stages[standings[c] ?? 0]).toBe(stage);
    }
  }
});

test('[STG8] flows count everybody present once, from absent too', () => {
  const ledger = aFakeLedger([
    anOrderLine({ customer: aCustomerId(1), order: 'a', atMs: atDay(0) }),
    anOrderLine({ customer: aCustomerId(2), order: 'b', atMs: atDay(20) }),
  ]);
  const [before, after] = [10, 50].map((at) => deriveStages(ledger, defaultParameters, day(at)));
  const flows = countFlows(before!, after!, new Uint8Array([1, 1]), absent + 1);
  const at = { first: stages.indexOf('first-purchase'), warning: stages.indexOf('churn-warning') };
  expect(flows.flows[at.first]?.[at.warning]).toBe(1);
  expect(flows.flows[absent]?.[at.first]).toBe(1);
  expect(flows.after.reduce((sum, n) => sum + n, 0)).toBe(2);
  expect(countFlows(before!, after!, new Uint8Array([1, 0]), absent + 1).before[absent]).toBe(0);
});
