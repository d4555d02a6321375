import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { fitParameters } from '#core/insight/profile/fit-parameters.ts';
import { defaultParameters } from '#core/insight/profile/parameters.ts';
import { readParameters } from '#core/insight/profile/parameters.doc.ts';
import { chooseFactors, chosenFactorsType, readChosenFactors } from '#core/insight/repurchase/chosen-factors.doc.ts';
import { fitHistories, learnEffects } from '#core/insight/repurchase/fit-repurchase.ts';
import { type GapFactors, factorOf, noFactors, stockUpRatio } from '#core/insight/repurchase/gap-factors.ts';
import { PairHistory } from '#core/insight/repurchase/pair-history.ts';
import { defaultRepurchaseParameters } from '#core/insight/repurchase/repurchase-parameters.ts';
import { dayFromCivil } from '#core/units/business-day.ts';
import { aFakeLedger } from '#tests/makers/fake-ledger.ts';
import { anOrderLine, atDay } from '#tests/makers/facts.ts';
import { dayFromMs } from '#core/units/business-day.ts';
import { type Plan, firstDay, historiesOf, plantShop } from './planted-shop.ts';

const learn = (plan: Plan, days = 400) =>
  learnEffects(historiesOf(plantShop({ days, ...plan }), firstDay + days), firstDay + days, defaultRepurchaseParameters)
    .parameters.factors.categories[''] ?? {};

test('[CYC15] a larger basket makes the next gap longer', () => {
  expect(learn({ stockUp: 0.5 }).stockUp).toBeGreaterThan(0.35);
  expect(learn({ stockUp: 0.5 }).stockUp).toBeLessThan(0.65);
  expect(learn({ stockUp: -0.5 }).stockUp).toBeUndefined();
  expect(stockUpRatio(2000, 0, 0)).toBe(0);
  expect(stockUpRatio(2000, 3000, 3)).toBeCloseTo(Math.LN2);
  const single = new PairHistory(1);
  const double = new PairHistory(1);
  const factor = { season: null, stockUp: 0.5, promotion: 0 };
  for (const [at, day] of [0, 20, 40].entries()) {
    single.add(0, day, factor, 1000, 10);
    double.add(0, day, factor, at === 2 ? 2000 : 1000, 10);
  }
  // A second line of the same day is part of the same basket.
  single.add(0, 40, factor, 1000, 10);
  expect(single.slots.factor[0]).toBeCloseTo(0.5 * Math.LN2);
  expect(double.slots.factor[0]).toBeCloseTo(0.5 * Math.LN2);
  expect(double.slots.lastLogGap[0]).toBeCloseTo(Math.log(20));
});

test('[CYC16] a promotion does not shorten the cycle, and one to come changes nothing', () => {
  const found = learn({ promotion: 0.6 });
  expect(found.promotion).toBeGreaterThan(0.5);
  expect(found.promotion).toBeLessThan(0.75);
  const factor = { season: null, stockUp: 0, promotion: Math.log(0.6) };
  const history = new PairHistory(1);
  history.add(0, 0, factor, 1000, 100);
  history.add(0, 20, factor, 1000, 100);
  const before = history.slots.factor[0];
  history.add(0, 32, factor, 1000, 70);
  expect(history.slots.lastLogGap[0]).toBeCloseTo(Math.log(20));
  expect(history.slots.factor[0]).toBe(before);
});

test('[CYC17] seasons are learnt from two years, by the month a gap begins in', () => {
  const plan: Plan = { summer: 0.6, returns: 1, customers: 80, firstDay: dayFromCivil(2022, 1, 1) };
  const asOf = (days: number) => dayFromCivil(2022, 1, 1) + days;
  const seasonsAfter = (days: number) => {
    const histories = historiesOf(plantShop({ ...plan, days }), asOf(days));
    return fitHistories(histories, asOf(days), defaultRepurchaseParameters);
  };
  const { season = [] } = seasonsAfter(900).factors.categories[''] ?? {};
  expect(Math.max(...season.slice(5, 8))).toBeLessThan(0.8);
  expect(Math.min(...season.slice(0, 4), ...season.slice(9))).toBeGreaterThan(0.95);
  expect(seasonsAfter(500).factors.categories['']?.season).toBeUndefined();
});

test('[CYC18] what is not there is not learnt', () => {
  expect(learn({}, 900)).toEqual({});
});

test('[CYC19] the narrower choice wins, and learning again keeps it', () => {
  const learnt: GapFactors = { products: { p: { stockUp: 0.9 } }, categories: { '': { promotion: 0.8 } } };
  const chosen: GapFactors = { products: {}, categories: { '': { stockUp: 0.1 }, milk: { stockUp: 0.3 } } };
  expect(factorOf(learnt, chosen, 'p', 'milk')).toEqual({ season: null, stockUp: 0.3, promotion: Math.log(0.8) });
  expect(factorOf(learnt, chosen, 'p', 'tea').stockUp).toBe(0.1);
  expect(factorOf(learnt, noFactors, 'p', 'tea').stockUp).toBe(0.9);
  const lines = Array.from({ length: 60 }, (_, n) => anOrderLine({ order: `o-${n}`, atMs: atDay(n * 5) }));
  const base = { ...defaultParameters, repurchase: { ...defaultRepurchaseParameters, chosenFactors: chosen } };
  const fitted = fitParameters(aFakeLedger(lines), dayFromMs(atDay(300)), base);
  expect(fitted.repurchase.chosenFactors).toEqual(chosen);
});

test('[CYC20] choices read as written, out of bounds they are refused', () => {
  const doc = new Y.Doc();
  expect(readChosenFactors(doc)).toBe(noFactors);
  const season = Array.from({ length: 12 }, (_, month) => (month === 6 ? 0.8 : 1));
  const milk = { kind: 'category', name: 'milk' } as const;
  expect(chooseFactors(doc, milk, { season, stockUp: 0.5 })).toEqual({ ok: true, value: 'done' });
  expect(chooseFactors(doc, milk, { season, stockUp: 0.5 })).toEqual({ ok: true, value: 'unchanged' });
  expect(chooseFactors(doc, { kind: 'product', key: 'p1' }, { promotion: 0.9 }).ok).toBe(true);
  expect(chooseFactors(doc, { kind: 'shop' }, { stockUp: 7 })).toEqual({
    ok: false,
    error: { kind: 'factor-out-of-bounds' },
  });
  expect(chooseFactors(doc, { kind: 'shop' }, { season: [1, 2] }).ok).toBe(false);
  const expected = { products: { p1: { promotion: 0.9 } }, categories: { milk: { season, stockUp: 0.5 } } };
  expect(readChosenFactors(doc)).toEqual(expected);
  expect(readParameters(doc).repurchase.chosenFactors).toEqual(expected);
  chosenFactorsType(doc).set('product/p2', 'nonsense');
  chosenFactorsType(doc).set('product/p3', { stockUp: 0.2, promotion: 'cheap' });
  expect(readChosenFactors(doc).products).toEqual({ p1: { promotion: 0.9 }, p3: { stockUp: 0.2 } });
  chooseFactors(doc, milk, null);
  expect(readChosenFactors(doc).categories).toEqual({});
});
