import { expect, test } from 'vitest';
import { createLedger } from '#core/datasets/create-ledger.ts';
import type { Fact } from '#core/datasets/fact.ts';
import type { Ledger } from '#core/datasets/ledger-columns.ts';
import { packFacts } from '#core/datasets/pack-facts.ts';
import { type BeliefColumns, hasTag, rfmNames, stages } from '#core/insight/profile/belief-columns.ts';
import { deriveBeliefs } from '#core/insight/profile/derive-beliefs.ts';
import { explainCustomer } from '#core/insight/profile/explain-customer.ts';
import { fitParameters } from '#core/insight/profile/fit-parameters.ts';
import { defaultParameters } from '#core/insight/profile/parameters.ts';
import { chanceAt, dayAt } from '#core/insight/repurchase/pair-columns.ts';
import { seededRandom } from '#core/statistics/seeded-random.ts';
import { dayFromMs } from '#core/units/business-day.ts';
import { aBehaviour, aChild, aCustomerId, anOrderLine, aRefund, aTagMark, atDay } from '#tests/makers/facts.ts';
import { aFakeLedger } from '#tests/makers/fake-ledger.ts';

const day = (n: number): number => dayFromMs(atDay(n));
const items = ['milk', 'flour', 'butter', 'oats', 'beef'];
const products = items.map((item, at) => ({
  items: [item],
  name: item,
  category: at < 3 ? 'fresh' : 'dry',
  tags: at === 1 || at === 2 ? ['baking'] : at === 3 ? ['light'] : [],
}));
const learnt = { ...defaultParameters, repurchase: { ...defaultParameters.repurchase, gaps: 400 } };

const random = (seed: number) => {
  const next = seededRandom(seed);
  return (below: number): number => Math.floor(next() * below);
};

function someFact(pick: (below: number) => number, n: number): Fact {
  const customer = aCustomerId(1 + pick(12));
  const item = items[pick(items.length)] ?? 'milk';
  const atMs = atDay(pick(200));
  const kind = pick(12);
  if (kind < 7)
    return anOrderLine({
      customer,
      item,
      atMs,
      order: `o-${n}`,
      paidFen: 100 + pick(9000),
      isGift: pick(9) === 0,
      status: pick(9) === 0 ? 'closed' : 'paid',
    });
  if (kind < 8) return aRefund({ order: `o-${pick(n + 1)}`, item, refund: `r-${n}`, refundFen: pick(4000) });
  if (kind < 11)
    return aBehaviour({ customer, item, atMs, id: `e-${n}`, name: pick(2) ? 'product-clicked' : 'product-added' });
  return aTagMark({
    customer,
    tag: ['baking', 'light', 'friend'][pick(3)] ?? 'baking',
    state: (['on', 'off', 'none'] as const)[pick(3)] ?? 'on',
    atMs: atDay(n),
  });
}

/** Everything a belief says of one customer, by names instead of dense numbers. */
function view(ledger: Ledger, beliefs: BeliefColumns, id: string) {
  const c = ledger.denseCustomer(id);
  const pairs = [];
  for (let p = beliefs.pairStart[c] ?? 0; p < (beliefs.pairEnd[c] ?? 0); p++)
    pairs.push([
      ledger.product(beliefs.pairProduct[p] ?? 0).name,
      beliefs.pairLastDay[p],
      dayAt(beliefs.pairP10, p),
      dayAt(beliefs.pairP50, p),
      dayAt(beliefs.pairP90, p),
      chanceAt(beliefs.pairWithin7, p),
      chanceAt(beliefs.pairWithin14, p),
      chanceAt(beliefs.pairWithin30, p),
      beliefs.pairEvidence[p],
      beliefs.pairPurchases[p],
    ]);
  return {
    rfm: [
      beliefs.rfm[c],
      beliefs.recencyScore[c],
      beliefs.frequencyScore[c],
      beliefs.moneyScore[c],
      beliefs.orders[c],
      beliefs.netFen[c],
      beliefs.firstDay[c],
      beliefs.lastDay[c],
    ],
    stage: [
      beliefs.stage[c],
      beliefs.ownIntervalDays[c],
      beliefs.churn60[c],
      beliefs.overdueRatio[c],
      beliefs.engagementRatio[c],
      beliefs.valueAtRiskFen[c],
      beliefs.expectedPurchases90[c],
      beliefs.valueFen90[c],
      beliefs.valueLowFen90[c],
      beliefs.valueHighFen90[c],
      beliefs.alive[c],
      beliefs.isPresent[c],
    ],
    tags: beliefs.tagNames.filter((_, tag) => hasTag(beliefs, c, tag)),
    tagNames: beliefs.tagNames,
    pairs,
  };
}

test('[PRO1] starting from earlier beliefs equals a fresh computation', () => {
  for (let seed = 1; seed <= 25; seed++) {
    const pick = random(seed);
    const facts: Fact[] = [aBehaviour({ customer: aCustomerId(1) })];
    let version = 1;
    let ledger = aFakeLedger(facts, products, { version });
    let beliefs = deriveBeliefs(ledger, learnt, day(210));
    for (let step = 0; step < 12; step++) {
      const added = Array.from({ length: 1 + pick(8) }, (_, n) => someFact(pick, facts.length + n));
      const before = new Set<string>();
      for (const fact of added) {
        if ('customer' in fact) before.add(fact.customer);
        else if (fact.kind === 'refund')
          for (const line of facts)
            if (line.kind === 'order-line' && line.order === fact.order) before.add(line.customer);
      }
      facts.push(...added);
      // A refund may meet a line of the same batch.
      for (const fact of added) if (fact.kind === 'order-line') before.add(fact.customer);
      version++;
      const grown: Ledger = aFakeLedger(facts, products, {
        version,
        changedSince: () => Int32Array.from([...before].map((id) => grown.denseCustomer(id)).sort((a, b) => a - b)),
      });
      ledger = grown;
      beliefs = deriveBeliefs(ledger, learnt, day(210), beliefs);
      const fresh = deriveBeliefs(ledger, learnt, day(210));
      for (let c = 1; c <= 12; c++)
        if (ledger.denseCustomer(aCustomerId(c)) >= 0)
          expect(view(ledger, beliefs, aCustomerId(c)), `seed ${seed} step ${step}`).toEqual(
            view(ledger, fresh, aCustomerId(c)),
          );
      expect(beliefs.ledgerVersion).toBe(version);
    }
  }
});

test('[PRO2] the order of facts changes no belief', () => {
  const pick = random(77);
  const facts = Array.from({ length: 150 }, (_, n) => someFact(pick, n));
  const [one, other] = [aFakeLedger(facts, products), aFakeLedger([...facts].reverse(), [...products].reverse())];
  const [a, b] = [deriveBeliefs(one, learnt, day(210)), deriveBeliefs(other, learnt, day(210))];
  for (let c = 1; c <= 12; c++) expect(view(other, b, aCustomerId(c))).toEqual(view(one, a, aCustomerId(c)));
});

test('[PRO3] another day or other parameters are computed afresh; the same ones are given back', () => {
  const ledger = aFakeLedger([anOrderLine()], products);
  const beliefs = deriveBeliefs(ledger, learnt, day(10));
  expect(deriveBeliefs(ledger, learnt, day(10), beliefs)).toBe(beliefs);
  const tomorrow = deriveBeliefs(ledger, learnt, day(11), beliefs);
  expect(tomorrow.asOfDay).toBe(day(11));
  expect(deriveBeliefs(ledger, { ...learnt }, day(11), tomorrow)).not.toBe(tomorrow);
});

test('[PRO4] numbers merged into another person are not present', () => {
  const ledger = aFakeLedger([anOrderLine(), anOrderLine({ customer: aCustomerId(2), order: 'b' })], products);
  const merged: Ledger = { ...ledger, canonical: (dense) => (dense === 1 ? 0 : dense) };
  expect([...deriveBeliefs(merged, learnt, day(10)).isPresent]).toEqual([1, 0]);
});

test('[PRO4] whose facts are gone is not present, as if they had never been there', () => {
  const ledger = createLedger();
  const lines = { a: anOrderLine(), b: anOrderLine({ customer: aCustomerId(2), order: 'b' }) };
  for (const [id, line] of Object.entries(lines))
    ledger.takeChunk({ id, importId: '', importMs: 1 } as never, packFacts('order-line', [line]));
  const before = deriveBeliefs(ledger, learnt, day(10));
  expect([...before.isPresent].slice(0, 2)).toEqual([1, 1]);
  ledger.dropChunk('b');
  const after = deriveBeliefs(ledger, learnt, day(10), before);
  expect([...after.isPresent].slice(0, 2)).toEqual([1, 0]);
  // What a family told stays in sight as long as it is kept.
  const told = packFacts('child', [aChild({ customer: aCustomerId(2), birthMonth: '2026-01' })]);
  ledger.takeChunk({ id: 'c', importId: '', importMs: 2 } as never, told);
  expect([...deriveBeliefs(ledger, learnt, day(10), after).isPresent].slice(0, 2)).toEqual([1, 1]);
});

test('[PRO5] what is explained is what the columns say', () => {
  const pick = random(3);
  const ledger = aFakeLedger(
    Array.from({ length: 120 }, (_, n) => someFact(pick, n)),
    products,
  );
  const beliefs = deriveBeliefs(ledger, learnt, day(210));
  for (let c = 0; c < ledger.customerCount; c++) {
    const explained = explainCustomer(ledger, beliefs, learnt, c);
    expect(explained.rfm.name).toBe(rfmNames[beliefs.rfm[c] ?? 0]);
    expect(explained.stage.name).toBe(stages[beliefs.stage[c] ?? 0]);
    expect(
      explained.interests
        .filter(({ isOn }) => isOn)
        .map(({ tag }) => tag)
        .sort(),
    ).toEqual(beliefs.tagNames.filter((_, tag) => hasTag(beliefs, c, tag)));
    explained.windows.forEach((window, at) => {
      const pair = (beliefs.pairStart[c] ?? 0) + at;
      expect(window.days.length).toBe(beliefs.pairPurchases[pair]);
      expect(window.days.at(-1)).toBe(beliefs.pairLastDay[pair]);
    });
  }
});

test('[PRO6, PRO7] fitting keeps what the shop chose and reads nothing after its day', () => {
  const pick = random(8);
  const facts = Array.from({ length: 300 }, (_, n) => someFact(pick, n));
  const base = {
    ...defaultParameters,
    version: 4,
    rfm: { ...defaultParameters.rfm, names: { ...defaultParameters.rfm.names, lostAfterDays: 200 } },
  };
  const fitted = fitParameters(aFakeLedger(facts, products), day(150), base);
  expect(fitted).toMatchObject({ version: 5, fittedDay: day(150), rfm: base.rfm, interests: base.interests });
  const known = facts.filter((fact) => fact.kind !== 'order-line' || fact.atMs <= atDay(150));
  expect(fitParameters(aFakeLedger(known, products), day(150), base)).toEqual(fitted);
  expect(fitParameters(aFakeLedger([...facts].reverse(), products), day(150), base)).toEqual(fitted);
});

test('[PRO8, STG5] a VIP may stand in churn warning', () => {
  const often = [0, 2, 4, 6, 8, 10].map((at) => anOrderLine({ order: `v-${at}`, atMs: atDay(at), paidFen: 90_000 }));
  const others = [1, 2, 3, 4].map((n) =>
    anOrderLine({ customer: aCustomerId(n + 1), order: `x-${n}`, atMs: atDay(9) }),
  );
  const beliefs = deriveBeliefs(aFakeLedger([...often, ...others]), learnt, day(20));
  expect([rfmNames[beliefs.rfm[0] ?? 0], stages[beliefs.stage[0] ?? 0]]).toEqual(['vip', 'churn-warning']);
});
