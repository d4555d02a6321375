import { expect, test } from 'vitest';
import { horizons, predictChances } from '#core/insight/repurchase/calibrate.ts';
import { fitHistories, learnEffects } from '#core/insight/repurchase/fit-repurchase.ts';
import {
  createGapHistory,
  createGapLaw,
  daysToNext,
  predictGap,
  withinDays,
} from '#core/insight/repurchase/predict-gap.ts';
import {
  type RepurchaseParameters,
  defaultRepurchaseParameters,
} from '#core/insight/repurchase/repurchase-parameters.ts';
import { type PlantedShop, firstDay, historiesOf, plantShop } from './planted-shop.ts';

const asOf = firstDay + 300;
const shop = plantShop({ seed: 5, days: 400, returns: 0.85 });

/** Chances of pairs with three purchases or more on the day of asking, and whether a purchase came in time. */
function ask(parameters: RepurchaseParameters) {
  const before = historiesOf(shop, asOf);
  const { states } = learnEffects(before, asOf, defaultRepurchaseParameters);
  const whole = historiesOf(shop, asOf + 60);
  const next = new Map<string, number>();
  for (let pair = 0; pair < whole.pairs; pair++) {
    const days = whole.day.subarray(whole.start[pair], whole.start[pair + 1]);
    const later = days.find((day) => day > asOf);
    if (later !== undefined) next.set(`${whole.customer[pair]}/${whole.product[pair]}`, later - asOf);
  }
  const known = createGapHistory();
  const law = createGapLaw();
  const chances = new Float64Array(3);
  const asked: { chances: number[]; gap: number; guess: number }[] = [];
  for (let pair = 0; pair < before.pairs; pair++) {
    const purchases = (before.start[pair + 1] ?? 0) - (before.start[pair] ?? 0);
    if (purchases < 3) continue;
    const elapsed = asOf - (before.day[(before.start[pair + 1] ?? 0) - 1] ?? 0);
    states?.read(pair, purchases, known);
    predictGap(known, parameters, law);
    predictChances(known, law, parameters, elapsed, chances);
    const gap = next.get(`${before.customer[pair]}/${before.product[pair]}`) ?? Number.POSITIVE_INFINITY;
    asked.push({ chances: [...chances], gap, guess: daysToNext(law, elapsed, 60) });
  }
  return asked;
}

const fitted = fitHistories(historiesOf(shop, asOf), asOf, defaultRepurchaseParameters);

test('[CYC13] pretended days correct the chances, from 300 labelled questions on', () => {
  expect(fitted.calibrator?.labelled.every((n) => n >= 300)).toBe(true);
  // A week is asked about on three more days, a month is not.
  expect(fitted.calibrator?.labelled[0]).toBeGreaterThan(1.9 * (fitted.calibrator?.labelled[1] ?? 0));
  expect(fitted.calibrator?.labelled[1]).toBe(fitted.calibrator?.labelled[2]);
  const small = plantShop({ seed: 5, customers: 15 });
  expect(fitHistories(historiesOf(small, asOf), asOf, defaultRepurchaseParameters).calibrator).toBeNull();
  // A law that says far too much is brought down by what pretended days turned out to be.
  const known = createGapHistory();
  Object.assign(known, { purchases: 4, m: 3, meanLogGap: 3, lastLogGap: 3, squares: 0.2 });
  const flat = { centres: new Array<number>(12).fill(0), scales: new Array<number>(12).fill(0) };
  const down = [-2, ...new Array<number>(24).fill(0)];
  const by = (weights: readonly (readonly number[])[] | null, gaps = fitted.gaps): number[] => {
    const chances = new Float64Array(3);
    const calibrator = weights && { ...flat, weights, labelled: [400, 400, 400] };
    predictChances(known, law, { ...fitted, gaps, calibrator }, 10, chances);
    return [...chances];
  };
  const law = predictGap(known, fitted, createGapLaw());
  // A shop without priors has the law alone.
  const alone = by(null, 0);
  expect(alone).toEqual(horizons.map((horizon) => withinDays(law, 10, horizon)));
  expect(by([down, down, down])[0]).toBeLessThan(alone[0] ?? 0);
  // Uncorrected, the product's own chance pulls; one horizon may be corrected and another not.
  const drawn = by(null);
  expect(drawn).not.toEqual(alone);
  expect(by([down, down, []])[2]).toBe(drawn[2]);
  known.purchases = 2;
  predictGap(known, fitted, law);
  expect(by([down, down, down])).toEqual(by(null));
});

test('[CYC14] on what comes after, chances beat the constant and are calibrated', () => {
  const asked = ask(fitted);
  expect(asked.length).toBeGreaterThan(400);
  horizons.forEach((horizon, at) => {
    const pairs = asked.map(({ chances, gap }) => ({ p: chances[at] ?? 0, y: gap <= horizon ? 1 : 0 }));
    const rate = pairs.reduce((sum, { y }) => sum + y, 0) / pairs.length;
    const brier = pairs.reduce((sum, { p, y }) => sum + (p - y) ** 2, 0) / pairs.length;
    expect(brier).toBeLessThan(0.92 * rate * (1 - rate));
    pairs.sort((a, b) => a.p - b.p);
    let off = 0;
    for (let bin = 0; bin < 5; bin++) {
      const some = pairs.slice((bin * pairs.length) / 5, ((bin + 1) * pairs.length) / 5);
      off += Math.abs(some.reduce((sum, { p, y }) => sum + p - y, 0)) / pairs.length;
    }
    expect(off).toBeLessThan(0.05);
  });
  const came = asked.filter(({ gap }) => gap <= 60);
  const error = came.reduce((sum, { gap, guess }) => sum + Math.abs(gap - guess), 0) / came.length;
  const gaps = came.map(({ gap }) => gap).sort((a, b) => a - b);
  const middle = gaps[gaps.length >> 1] ?? 0;
  const plain = gaps.reduce((sum, gap) => sum + Math.abs(gap - middle), 0) / gaps.length;
  expect(error).toBeLessThan(0.9 * plain);
});

test('[CYC21] parameters survive JSON and stay small', () => {
  const back = JSON.parse(JSON.stringify(fitted)) as RepurchaseParameters;
  expect(back).toEqual(fitted);
  expect(ask(back)).toEqual(ask(fitted));
  const most = learnEffects(historiesOf(manyProducts(5000), asOf), asOf, defaultRepurchaseParameters).parameters;
  expect(Object.keys(most.products).length).toBeGreaterThan(2000);
  expect(JSON.stringify(most).length).toBeLessThan(80_000);
});

/** Every product bought by two customers, now and then. */
function manyProducts(count: number): PlantedShop {
  const products = Array.from({ length: count }, (_, p) => ({ key: `product-${p}`, category: 'all' }));
  const bought = (from: number) =>
    products
      .flatMap((_, product) => [0, 1, 2].map((n) => ({ product, day: firstDay + n * (from + (product % 50)) })))
      .map((purchase) => ({ ...purchase, quantity: 1000, paid: 1000 }))
      .sort((a, b) => a.day - b.day);
  return { customers: [bought(10), bought(20)], products };
}
