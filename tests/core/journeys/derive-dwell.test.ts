import type { BroadcastWindow } from '#core/journeys/broadcast-window.ts';
import { expect, it } from 'vitest';
import { deriveDwell } from '#core/journeys/derive-dwell.ts';
import { aCustomerId } from '#tests/makers/facts.ts';
import { aShop, aStay, anEvent, campaign, endMs, minuteMs, shown, startMs } from '#tests/makers/follow-up.ts';

const window: BroadcastWindow = { campaign, startMs, endMs, cues: [] };
const dwellOf = (facts: Parameters<typeof aShop>[0], customer: number, given = window) => {
  const ledger = aShop(facts);
  const dwell = deriveDwell(ledger, given).get(ledger.denseCustomer(aCustomerId(customer)));
  return (
    dwell && {
      seconds: dwell.seconds,
      products: dwell.products.map(({ product, ...rest }) => ({ item: ledger.product(product).items[0], ...rest })),
    }
  );
};

it('[FUP6] presence crossed with what was on', () => {
  expect(dwellOf([...shown(), ...aStay(1, 50, 75)], 1)).toEqual({
    seconds: 25 * 60,
    products: [
      { item: 'beef', seconds: 15 * 60, visits: 1, clicks: 0 },
      { item: 'milk', seconds: 10 * 60, visits: 1, clicks: 0 },
    ],
  });
});
it('[FUP6] coming back counts as another visit', () => {
  expect(dwellOf([...shown(), ...aStay(1, 5, 10), ...aStay(1, 20, 30)], 1)?.products).toEqual([
    { item: 'milk', seconds: 15 * 60, visits: 2, clicks: 0 },
  ]);
});
it('[FUP6] a missing leave ends with the broadcast, a missing join begins with it', () => {
  expect(dwellOf([...shown(), anEvent(1, 'viewer-joined', 100)], 1)?.seconds).toBe(20 * 60);
  expect(dwellOf([...shown(), anEvent(1, 'viewer-left', 30)], 1)?.seconds).toBe(30 * 60);
});
it('[FUP6] a talk between two products is neither the one’s time', () => {
  const facts = [
    anEvent(0, 'product-shown', 0, { item: 'milk', value: 600 }),
    anEvent(0, 'product-shown', 60, { item: 'beef', value: 1200 }),
    ...aStay(1, 0, 120),
  ];
  expect(dwellOf(facts, 1)?.products.map(({ item, seconds }) => [item, seconds])).toEqual([
    ['beef', 1200],
    ['milk', 600],
  ]);
});
it('[FUP6] the plan of the run of show stands in where nothing was recorded as shown', () => {
  const given = { ...window, cues: [{ product: 'milk', fromMs: startMs, untilMs: startMs + 20 * minuteMs }] };
  expect(
    dwellOf([...aStay(1, 10, 40), anEvent(2, 'product-clicked', 1, { item: 'milk' })], 1, given)?.products,
  ).toEqual([{ item: 'milk', seconds: 600, visits: 1, clicks: 0 }]);
});
it('[FUP7] seconds the platform reports are taken before dwell', () => {
  const facts = [
    ...shown(),
    ...aStay(1, 0, 60),
    anEvent(1, 'product-viewed', 5, { item: 'beef', value: 90 }),
    anEvent(1, 'product-viewed', 9, { item: 'milk', value: 40 }),
    anEvent(1, 'product-clicked', 6, { item: 'beef' }),
  ];
  expect(dwellOf(facts, 1)?.products).toEqual([
    { item: 'beef', seconds: 90, visits: 1, clicks: 1 },
    { item: 'milk', seconds: 40, visits: 1, clicks: 0 },
  ]);
});
