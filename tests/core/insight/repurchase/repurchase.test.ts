import { expect, test } from 'vitest';
import type { OrderLine } from '#core/datasets/fact.ts';
import { deriveBeliefs } from '#core/insight/profile/derive-beliefs.ts';
import { explainCustomer } from '#core/insight/profile/explain-customer.ts';
import { evidences } from '#core/insight/profile/belief-columns.ts';
import { fitParameters } from '#core/insight/profile/fit-parameters.ts';
import { defaultParameters, type Parameters } from '#core/insight/profile/parameters.ts';
import { isDue, isOverdue } from '#core/insight/repurchase/is-due.ts';
import { chanceAt, dayAt } from '#core/insight/repurchase/pair-columns.ts';
import { createGapHistory, createGapLaw, predictGap, withinDays } from '#core/insight/repurchase/predict-gap.ts';
import { normalQuantile } from '#core/statistics/normal.ts';
import { seededRandom } from '#core/statistics/seeded-random.ts';
import { dayFromMs } from '#core/units/business-day.ts';
import { aCustomerId, anOrderLine, atDay } from '#tests/makers/facts.ts';
import { aFakeLedger } from '#tests/makers/fake-ledger.ts';

const day = (n: number): number => dayFromMs(atDay(n));
/** A shop that has shown enough for its priors to count. */
const learnt: Parameters = { ...defaultParameters, repurchase: { ...defaultParameters.repurchase, gaps: 500 } };
const on = (days: readonly number[], fields: Partial<OrderLine> = {}) =>
  days.map((at) => anOrderLine({ order: `o-${at}-${fields.item ?? ''}`, atMs: atDay(at), ...fields }));
const beliefsOf = (lines: readonly OrderLine[], asOf: number, parameters = learnt) =>
  deriveBeliefs(aFakeLedger(lines), parameters, day(asOf));
const steady = [0, 14, 28, 42, 56, 70];

test('[CYC1] regular purchases are due one usual gap after the last', () => {
  const beliefs = beliefsOf(on(steady), 80);
  expect(dayAt(beliefs.pairP10, 0)).toBeLessThanOrEqual(day(84));
  expect(dayAt(beliefs.pairP90, 0)).toBeGreaterThanOrEqual(day(84));
  expect(Math.abs(dayAt(beliefs.pairP50, 0) - day(84))).toBeLessThan(5);
  expect(isDue(beliefs, 0)).toBe(true);
  expect(isOverdue(beliefsOf(on(steady), 200), 0)).toBe(true);
});

test('[CYC2] two purchases on one day are one', () => {
  const twice = [...on(steady), anOrderLine({ order: 'again', atMs: atDay(70) + 60_000 })];
  const beliefs = beliefsOf(twice, 80);
  expect(beliefs.pairPurchases[0]).toBe(6);
  expect(dayAt(beliefs.pairP50, 0)).toBe(dayAt(beliefsOf(on(steady), 80).pairP50, 0));
});

test('[CYC3] gifts, refunded and unpaid lines are no purchases', () => {
  const others = [
    anOrderLine({ order: 'gift', atMs: atDay(75), isGift: true }),
    anOrderLine({ order: 'back', atMs: atDay(76), status: 'refunded' }),
    anOrderLine({ order: 'open', atMs: atDay(77), status: 'created' }),
  ];
  const beliefs = beliefsOf([...on(steady), ...others], 80);
  expect([beliefs.pairPurchases[0], beliefs.pairLastDay[0]]).toEqual([6, day(70)]);
  const ledger = aFakeLedger([...on(steady), ...others]);
  expect(explainCustomer(ledger, beliefs, learnt, 0).windows[0]).toMatchObject({
    gapDays: [14, 14, 14, 14, 14],
    leftOut: 3,
    missingPurchases: 0,
  });
});

test('[CYC4] the window stays as days pass; the probabilities know the time', () => {
  const [soon, later] = [beliefsOf(on(steady), 71), beliefsOf(on(steady), 82)];
  expect([dayAt(later.pairP10, 0), dayAt(later.pairP50, 0), dayAt(later.pairP90, 0)]).toEqual([
    dayAt(soon.pairP10, 0),
    dayAt(soon.pairP50, 0),
    dayAt(soon.pairP90, 0),
  ]);
  expect(chanceAt(later.pairWithin7, 0)).toBeGreaterThan(chanceAt(soon.pairWithin7, 0));
});

test('[CYC5] steadier gaps make a narrower window', () => {
  const width = (days: readonly number[]): number => {
    const beliefs = beliefsOf(on(days), 90);
    return dayAt(beliefs.pairP90, 0) - dayAt(beliefs.pairP10, 0);
  };
  expect(width(steady)).toBeLessThan(width([0, 4, 28, 33, 60, 70]));
});

test('[CYC6] one purchase is answered from the product, else the category, else the shop', () => {
  const repurchase = { ...learnt.repurchase, products: { milk: -1 }, categories: { grain: 0.7 } };
  const parameters = { ...learnt, repurchase };
  const ledger = aFakeLedger(
    [...on([0], { item: 'milk' }), ...on([0], { item: 'oats' }), ...on([0], { item: 'salt' })],
    [{ items: ['oats'], name: 'oats', category: 'grain' }],
  );
  const beliefs = deriveBeliefs(ledger, parameters, day(5));
  const windows = explainCustomer(ledger, beliefs, parameters, 0).windows;
  const by = Object.fromEntries(windows.map((one) => [ledger.product(one.product).name, one]));
  expect([by['milk']?.priorOf, by['oats']?.priorOf, by['salt']?.priorOf]).toEqual(['product', 'category', 'shop']);
  expect(windows.every(({ evidence, missingPurchases }) => evidence === 'prior' && missingPurchases === 2)).toBe(true);
  expect((by['milk']?.p50 ?? 0) < (by['salt']?.p50 ?? 0) && (by['salt']?.p50 ?? 0) < (by['oats']?.p50 ?? 0)).toBe(true);
});

test('[CYC7] a young shop says it cannot know yet, but three purchases speak for themselves', () => {
  const young = beliefsOf(on([0, 10]), 12, defaultParameters);
  expect(evidences[young.pairEvidence[0] ?? 0]).toBe('insufficient-evidence');
  expect([dayAt(young.pairP50, 0), chanceAt(young.pairWithin14, 0)]).toEqual([Number.NaN, 0]);
  expect([isDue(young, 0), isOverdue(young, 0)]).toEqual([false, false]);
  expect(evidences[beliefsOf(on([0, 10, 20]), 22, defaultParameters).pairEvidence[0] ?? 0]).toBe('own');
});

test('[CYC8] probabilities rise with the horizon and stay within 0 and 1', () => {
  const random = seededRandom(11);
  const law = createGapLaw();
  for (let run = 0; run < 300; run++) {
    const known = createGapHistory();
    Object.assign(known, { m: random() * 5, purchases: 1 + Math.floor(random() * 8) });
    Object.assign(known, { lastLogGap: random() * 5, squares: random() * 6 });
    predictGap(known, learnt.repurchase, law);
    const chances = [1, 7, 14, 30, 365].map((horizon) => withinDays(law, run, horizon));
    expect(chances.every((p, at) => p >= 0 && p <= 1 && p >= (chances[at - 1] ?? 0))).toBe(true);
  }
  const { pairP10, pairP50, pairP90 } = beliefsOf(on(steady), 80);
  expect(dayAt(pairP10, 0) < dayAt(pairP50, 0) && dayAt(pairP50, 0) < dayAt(pairP90, 0)).toBe(true);
});

test('[CYC9] pairs stand likeliest first, ties by the key of the product', () => {
  const lines = [...on(steady, { item: 'b' }), ...on(steady, { item: 'a' }), ...on([0, 30, 60], { item: 'c' })];
  const ledger = aFakeLedger(lines);
  const beliefs = deriveBeliefs(ledger, learnt, day(80));
  expect([...beliefs.pairProduct].map((p) => ledger.product(p).name)).toEqual(['a', 'b', 'c']);
});

/** Customers with cycles of their own, the last purchase kept back. */
function plantedShop(customers: number) {
  const random = seededRandom(5);
  const normal = (): number => normalQuantile(Math.min(1 - 1e-9, Math.max(1e-9, random())));
  const lines: OrderLine[] = [];
  const kept: { customer: string; atDay: number }[] = [];
  for (let c = 0; c < customers; c++) {
    const cycle = Math.log(14 + 20 * random()) + 0.2 * normal();
    let at = Math.floor(random() * 30);
    const days: number[] = [];
    while (at < 200) {
      days.push(at);
      at += Math.max(1, Math.round(Math.exp(cycle + 0.25 * normal())));
    }
    lines.push(...on(days, { customer: aCustomerId(c + 1) }).map((line) => ({ ...line, order: `${c}-${line.order}` })));
    kept.push({ customer: aCustomerId(c + 1), atDay: at });
  }
  return { lines, kept };
}

test('[CYC10, CYC11] a planted cycle is recovered, whatever order the facts arrived in', () => {
  const { lines, kept } = plantedShop(150);
  const ledger = aFakeLedger(lines);
  const parameters = fitParameters(ledger, day(199));
  expect(parameters.repurchase.gaps).toBeGreaterThan(500);
  const beliefs = deriveBeliefs(ledger, parameters, day(199));
  const hits = kept.filter(({ customer, atDay: next }) => {
    const pair = beliefs.pairStart[ledger.denseCustomer(customer)] ?? 0;
    return day(next) >= dayAt(beliefs.pairP10, pair) && day(next) <= dayAt(beliefs.pairP90, pair);
  });
  expect(hits.length / kept.length).toBeGreaterThan(0.7);
  const shuffled = aFakeLedger([...lines].reverse());
  expect(fitParameters(shuffled, day(199))).toEqual(parameters);
  const again = deriveBeliefs(shuffled, parameters, day(199));
  for (const { customer } of kept) {
    const [one, other] = [
      beliefs.pairStart[ledger.denseCustomer(customer)] ?? 0,
      again.pairStart[shuffled.denseCustomer(customer)] ?? 0,
    ];
    expect(dayAt(again.pairP50, other)).toBe(dayAt(beliefs.pairP50, one));
    expect(chanceAt(again.pairWithin14, other)).toBe(chanceAt(beliefs.pairWithin14, one));
  }
});

test('[CYC12] what happens after the day of fitting teaches nothing', () => {
  const { lines } = plantedShop(60);
  const before = lines.filter((line) => line.atMs <= atDay(150));
  expect(fitParameters(aFakeLedger(lines), day(150)).repurchase).toEqual(
    fitParameters(aFakeLedger(before), day(150)).repurchase,
  );
});
