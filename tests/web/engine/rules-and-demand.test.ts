import { expect, test } from 'vitest';
import { defaultBasketParameters } from '#core/insight/basket/basket-parameters.ts';
import { withBasketChoices } from '#core/insight/basket/choices.doc.ts';
import { fitBasket } from '#core/insight/basket/fit-basket.ts';
import { collectWeeks } from '#core/insight/demand/collect-weeks.ts';
import { asLastWeek } from '#core/insight/demand/demand.ts';
import { fitDemand } from '#core/insight/demand/fit-demand.ts';
import { deriveBeliefs } from '#core/insight/profile/derive-beliefs.ts';
import { defaultParameters } from '#core/insight/profile/parameters.ts';
import { seededRandom } from '#core/statistics/seeded-random.ts';
import { dayFromMs } from '#core/units/business-day.ts';
import { aCustomerId, anOrderLine, atDay } from '#tests/makers/facts.ts';
import { aFakeLedger } from '#tests/makers/fake-ledger.ts';
import { demandHandlers } from '#web/engine/insight/demand.handlers.ts';
import type { EngineContext } from '#web/engine/insight/engine-context.ts';
import { rulesHandlers } from '#web/engine/insight/rules.handlers.ts';

const days = 224;
const today = dayFromMs(atDay(days));

/** Sixty people; noodles bring sauce at once, coffee brings biscuits next time; noodles are on offer every fourth week. */
const aContext = () => {
  const random = seededRandom(4);
  const lines = [];
  for (let person = 1; person <= 60; person++) {
    let hadCoffee = false;
    for (let at = person % 14; at < days; at += 14) {
      const isOffer = Math.floor(at / 7) % 4 === 0;
      const items = new Set<string>();
      if (random() < 0.3) items.add('tea');
      if (random() < (isOffer ? 0.6 : 0.25)) items.add('noodles');
      if (random() < 0.25 || (items.has('noodles') && random() < 0.8)) items.add('sauce');
      if (random() < 0.1 || (hadCoffee && random() < 0.8)) items.add('biscuits');
      hadCoffee = random() < 0.3;
      if (hadCoffee) items.add('coffee');
      for (const item of items)
        lines.push(
          anOrderLine({
            customer: aCustomerId(person),
            order: `${person}-${at}`,
            item,
            atMs: atDay(at),
            paidFen: item === 'noodles' && isOffer ? 800 : 1000,
          }),
        );
    }
  }
  const ledger = aFakeLedger(lines);
  const shop = collectWeeks(ledger, today - 1);
  const parameters = {
    ...defaultParameters,
    fittedDay: today - 1,
    basket: fitBasket(ledger, today - 1, defaultBasketParameters),
    demand: fitDemand(shop.panel, shop.comingWeek),
  };
  const beliefs = deriveBeliefs(ledger, parameters, today);
  return {
    ledger,
    parameters: () => parameters,
    beliefs: () => beliefs,
    asOfDay: () => today,
  } as unknown as EngineContext;
};

const context = aContext();
const rules = rulesHandlers(context);
const asked = { kind: 'together', product: '', fewest: 0, sort: 'gain', first: 0, count: 50 } as const;

test('rules by kind, product, number and order', async () => {
  const together = await rules['rules.list'](asked);
  expect(together).toMatchObject({ fittedDay: today - 1, thenDays: 30, fewest: 5, total: 2 });
  expect(together.rows[0]).toMatchObject({
    left: [{ product: 'noodles' }],
    right: { name: 'sauce' },
    kind: 'together',
  });
  const then = await rules['rules.list']({ ...asked, kind: 'then' });
  expect(then.rows.map(({ left, right }) => [left[0]?.name, right.name])).toEqual([['coffee', 'biscuits']]);
  expect((await rules['rules.list']({ ...asked, product: 'tea' })).total).toBe(0);
  expect((await rules['rules.list']({ ...asked, product: 'sauce', first: 1, count: 1 })).rows).toHaveLength(1);
  expect((await rules['rules.list']({ ...asked, fewest: 1e6 })).total).toBe(0);
  const byLift = (await rules['rules.list']({ ...asked, sort: 'confidence' })).rows.map(({ confidence }) => confidence);
  expect(byLift).toEqual([...byLift].sort((a, b) => b - a));
});

test('a rule opens its people and its orders', async () => {
  const [rule] = (await rules['rules.list']({ ...asked, kind: 'then' })).rows;
  const people = await rules['rules.customers']({ id: rule?.id ?? '', first: 0, count: 100 });
  expect(people?.total).toBe(people?.rows.length);
  expect(people?.total).toBeGreaterThan(0);
  const why = await rules['rules.why']({ id: rule?.id ?? '', count: 3 });
  expect(why?.total).toBe(rule?.both);
  expect(why?.found).toHaveLength(3);
  for (const { orders } of why?.found ?? []) {
    expect(orders.map(({ atMs }) => atMs)).toEqual(orders.map(({ atMs }) => atMs).sort((a, b) => a - b));
    expect(orders).toHaveLength(2);
  }
  expect(await rules['rules.customers']({ id: 'then []', first: 0, count: 1 })).toBeNull();
  expect(await rules['rules.why']({ id: '', count: 1 })).toBeNull();
});

test('under choices no record was made with, the rules are counted here, and again when the choices change', async () => {
  let basket = withBasketChoices(context.parameters().basket, { thenDays: 7, fewestOrders: 5 });
  const chosen = rulesHandlers({
    ...context,
    parameters: () => ({ ...context.parameters(), basket }),
  });
  const ask = { ...asked, kind: 'then' } as const;
  expect(await chosen['rules.list'](ask)).toMatchObject({ thenDays: 7, fittedDay: today - 1, total: 0 });
  basket = withBasketChoices(basket, { thenDays: 14, fewestOrders: 5 });
  const found = await chosen['rules.list'](ask);
  expect(found.rows.map(({ left, right }) => [left[0]?.name, right.name])).toEqual([['coffee', 'biscuits']]);
  expect((await chosen['rules.customers']({ id: found.rows[0]?.id ?? '', first: 0, count: 1 }))?.total).toBeGreaterThan(
    0,
  );
  basket = withBasketChoices(basket, { thenDays: 14, fewestOrders: 1000 });
  expect(await chosen['rules.list'](ask)).toMatchObject({ fewestOrders: 1000, total: 0 });
});

test('the coming week of all products and of one under a plan', async () => {
  const demand = demandHandlers(context);
  const list = await demand['demand.list']({ category: '', first: 0, count: 3 });
  expect(list).toMatchObject({ fromDay: today, total: 5 });
  expect(list.rows).toHaveLength(3);
  for (const { forecast, weeks } of list.rows) {
    expect(forecast).toMatchObject({ kind: 'forecast', basis: 'history', weeks: 32 });
    expect(weeks).toHaveLength(12);
    expect(weeks.at(-1)?.fromDay).toBe(today - 7);
  }
  const ask = async (priceFen: number | null) => {
    const found = await demand['demand.product']({ product: 'noodles', plan: { ...asLastWeek, priceFen }, weeks: 4 });
    expect(found?.row.weeks).toHaveLength(4);
    return found?.row.forecast.kind === 'forecast' ? found.row.forecast.expected : Number.NaN;
  };
  expect(await ask(800)).toBeGreaterThan(1.2 * (await ask(1000)));
  const everything = await demand['demand.list']({ category: '', first: 0, count: 9 });
  const noodles = everything.rows.find(({ product }) => product === 'noodles');
  expect(noodles?.forecast).toMatchObject({ expected: await ask(null) });
  expect(await demand['demand.product']({ product: 'nothing', plan: asLastWeek, weeks: 4 })).toBeNull();
});
