import { expect, test } from 'vitest';
import { deriveBeliefs } from '#core/insight/profile/derive-beliefs.ts';
import { fitParameters } from '#core/insight/profile/fit-parameters.ts';
import { defaultParameters } from '#core/insight/profile/parameters.ts';
import { explainPair } from '#core/insight/repurchase/explain-pair.ts';
import { dayAt } from '#core/insight/repurchase/pair-columns.ts';
import { defaultRepurchaseParameters } from '#core/insight/repurchase/repurchase-parameters.ts';
import { lineFlag } from '#core/datasets/ledger-columns.ts';
import { dayFromMs } from '#core/units/business-day.ts';
import { aCustomerId, anOrderLine, aRefund, atDay } from '#tests/makers/facts.ts';
import { aFakeLedger } from '#tests/makers/fake-ledger.ts';

const day = (n: number): number => dayFromMs(atDay(n));
const learnt = {
  ...defaultRepurchaseParameters,
  gaps: 500,
  products: { milk: 0.2 },
  chosenFactors: {
    products: {},
    // Every month is summer.
    categories: { '': { season: new Array<number>(12).fill(0.8), stockUp: 0.5 } },
  },
};
const lines = [
  ...[0, 10, 20, 30].map((at) =>
    anOrderLine({ order: `m-${at}`, atMs: atDay(at), quantityMilli: at === 30 ? 4000 : 1000 }),
  ),
  ...[0, 12, 24].map((at) => anOrderLine({ order: `t-${at}`, atMs: atDay(at), item: 'tea' })),
  anOrderLine({ order: 'gift', atMs: atDay(31), isGift: true }),
  anOrderLine({ order: 'back', atMs: atDay(32) }),
  aRefund({ order: 'back' }),
];

test('[CYC22] the explanation is the law the columns rest on', () => {
  const ledger = aFakeLedger(lines);
  const parameters = { ...defaultParameters, repurchase: learnt };
  const beliefs = deriveBeliefs(ledger, parameters, day(40));
  const milk = ledger.denseProduct('milk');
  const found = explainPair(ledger, 0, milk, day(40), learnt);
  expect(found).toMatchObject({
    gapDays: [10, 10, 10],
    lastQuantityMilli: 4000,
    missingPurchases: 0,
    missingShopGaps: 0,
    priorOf: 'product',
    leftOut: 2,
    customer: { gaps: 5, weight: 0.5556 },
    pair: { gaps: 3, weight: 0.4286 },
    season: 0.8,
    stockUp: 2,
    calibratedOn: 0,
  });
  expect(found.expectedGapDays / found.plainGapDays).toBeCloseTo(1.6, 1);
  const pair = beliefs.pairProduct.indexOf(milk);
  expect(day(30) + found.expectedGapDays).toBeCloseTo(dayAt(beliefs.pairP50, pair), 1);
  expect(found.daysToNext).toBeGreaterThanOrEqual(1);
});

test('[CYC22] the level named is the one that weighs most, with the gaps it was learnt from itself', () => {
  // Forty gaps of rice, one of salt; both of one shop of 41.
  const facts = Array.from({ length: 20 }, (_, c) =>
    [0, 20, 40].map((at) =>
      anOrderLine({ customer: aCustomerId(c + 1), order: `r-${c}-${at}`, item: 'rice', atMs: atDay(at + c) }),
    ),
  ).flat();
  const salt = [0, 90].map((at) =>
    anOrderLine({ customer: aCustomerId(50), order: `s-${at}`, item: 'salt', atMs: atDay(at) }),
  );
  const ledger = aFakeLedger([...facts, ...salt, anOrderLine({ customer: aCustomerId(51), order: 'x', item: 'salt' })]);
  const { repurchase } = fitParameters(ledger, day(100));
  const explained = (customer: number, item: string) =>
    explainPair(ledger, ledger.denseCustomer(aCustomerId(customer)), ledger.denseProduct(item), day(100), repurchase);
  expect(repurchase.gaps).toBe(41);
  expect(explained(1, 'rice')).toMatchObject({ priorOf: 'product', priorGaps: 40 });
  const once = explained(51, 'salt');
  expect(once).toMatchObject({ priorOf: 'shop', priorGaps: 41 });
  const beliefs = deriveBeliefs(ledger, { ...defaultParameters, repurchase }, day(100));
  const pair = beliefs.pairStart[ledger.denseCustomer(aCustomerId(51))]!;
  expect(dayAt(beliefs.pairP50, pair) - beliefs.pairLastDay[pair]!).toBeCloseTo(once.plainGapDays, 1);
});

test('[CYC22] what is missing is named', () => {
  const ledger = aFakeLedger([anOrderLine()]);
  expect(explainPair(ledger, 0, 0, day(5), { ...defaultRepurchaseParameters, gaps: 12 })).toMatchObject({
    missingPurchases: 2,
    missingShopGaps: 18,
    daysToNext: Number.NaN,
    priorOf: 'shop',
  });
});

test('[CYC3] test orders are no purchases', () => {
  const ledger = aFakeLedger(lines);
  const flags = ledger.orderLines.flags.slice();
  const { product, day: days } = ledger.orderLines;
  flags[flags.findIndex((_, row) => product[row] === ledger.denseProduct('milk') && days[row] === day(10))] =
    lineFlag.test;
  const marked = { ...ledger, orderLines: { ...ledger.orderLines, flags } };
  const found = explainPair(marked, 0, ledger.denseProduct('milk'), day(40), learnt);
  expect([found.gapDays, found.leftOut]).toEqual([[20, 10], 3]);
  const beliefs = deriveBeliefs(marked, defaultParameters, day(40));
  expect(beliefs.pairPurchases[beliefs.pairProduct.indexOf(ledger.denseProduct('milk'))]).toBe(3);
});
