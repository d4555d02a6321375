import { describe, expect, test } from 'vitest';
import type { OrderLine } from '#core/datasets/fact.ts';
import { defaultBasketParameters } from '#core/insight/basket/basket-parameters.ts';
import { collectOrders } from '#core/insight/basket/collect-orders.ts';
import { explainRule } from '#core/insight/basket/explain-rule.ts';
import { findRules } from '#core/insight/basket/find-rules.ts';
import { demoPairings, demoProducts } from '#core/demo/products.data.ts';
import { fitBasket } from '#core/insight/basket/fit-basket.ts';
import { followOrders } from '#core/insight/basket/follow-orders.ts';
import { matchRule } from '#core/insight/basket/match-rule.ts';
import { type BasketRule, readRules } from '#core/insight/basket/read-rule.ts';
import { productKey } from '#core/insight/product-key.ts';
import { seededRandom } from '#core/statistics/seeded-random.ts';
import { dayFromMs } from '#core/units/business-day.ts';
import { aDemoLedger } from '#tests/makers/demo-ledger.ts';
import { aCustomerId, anOrderLine, atDay } from '#tests/makers/facts.ts';
import { aFakeLedger } from '#tests/makers/fake-ledger.ts';
import { aBasketTable } from './basket-makers.ts';

const day = (n: number): number => dayFromMs(atDay(n));
const lastDay = day(200);

const anOrder = (customer: number, at: number, items: readonly string[], fields: Partial<OrderLine> = {}) =>
  items.map((item) =>
    anOrderLine({ customer: aCustomerId(customer), order: `${customer}-${at}`, item, atMs: atDay(at), ...fields }),
  );

/** 120 people, an order every 20 days: coffee brings biscuits next time, noodles bring sauce at once, tea means nothing. */
const aShop = (): OrderLine[] => {
  const random = seededRandom(5);
  const lines: OrderLine[] = [];
  for (let customer = 1; customer <= 120; customer++) {
    let hadCoffee = false;
    for (let at = customer % 20; at < 200; at += 20) {
      const items = new Set<string>();
      if (random() < 0.3) items.add('tea');
      if (random() < 0.3) items.add('milk');
      if (random() < 0.2) items.add('sauce');
      if (random() < 0.2 || (hadCoffee && random() < 0.7)) items.add('biscuits');
      hadCoffee = random() < 0.25;
      if (hadCoffee) items.add('coffee');
      if (random() < 0.25) {
        items.add('noodles');
        if (random() < 0.8) items.add('sauce');
      }
      lines.push(...anOrder(customer, at, [...items]));
    }
  }
  return lines;
};

const lines = aShop();
const ledger = aFakeLedger(lines);
const parameters = fitBasket(ledger, lastDay, defaultBasketParameters);
const rulesOf = (kind: 'together' | 'then', fitted = parameters): BasketRule[] => readRules(fitted, kind);
const written = (rules: readonly BasketRule[]): string[] =>
  rules.map(({ left, right }) => `${left.join(' ')} > ${right}`);

describe('what is counted', () => {
  test('[BSK5] a product counts once an order; gifts, refunds, unpaid lines and later days do not', () => {
    const facts = [
      ...anOrder(1, 1, ['milk', 'tea']),
      ...anOrder(1, 1, ['milk'], { nth: 1 }),
      ...anOrder(1, 1, ['sauce'], { isGift: true }),
      ...anOrder(1, 1, ['coffee'], { status: 'refunded' }),
      ...anOrder(2, 2, ['noodles'], { status: 'created' }),
      ...anOrder(2, 9, ['noodles']),
    ];
    const few = aFakeLedger(facts);
    const orders = collectOrders(few, day(5));
    expect(orders.count).toBe(1);
    expect(Array.from(orders.items, (item) => few.product(item).name).sort()).toEqual(['milk', 'tea']);
    expect(collectOrders(few, day(9)).count).toBe(2);
  });

  test('[BSK6] the next order on a later day, within the days, once its time is over', () => {
    const facts = [
      ...anOrder(1, 0, ['coffee']),
      ...anOrder(1, 0, ['milk'], { order: 'second-of-the-day' }),
      ...anOrder(1, 10, ['biscuits']),
      ...anOrder(1, 50, ['tea']),
      ...anOrder(1, 95, ['milk']),
    ];
    const few = aFakeLedger(facts);
    const read = (asOf: number): string[] => {
      const followed = followOrders(collectOrders(few, day(asOf)), 30, day(asOf));
      return Array.from({ length: followed.count }, (_, at) =>
        Array.from(followed.items.subarray(followed.starts[at], followed.starts[at + 1]), (item) =>
          item < few.productCount ? few.product(item).name : `then ${few.product(item - few.productCount).name}`,
        )
          .sort()
          .join(', '),
      );
    };
    expect(read(100)).toEqual(['coffee, milk, then biscuits', 'biscuits', 'tea']);
    // On day 35 the order of day 10 may still be followed.
    expect(read(35)).toEqual(['coffee, milk, then biscuits']);
  });
});

test('[BSK7] what follows has a direction', () => {
  expect(written(rulesOf('then'))).toEqual(['coffee > biscuits']);
  expect(written(rulesOf('together'))).not.toContain('coffee > biscuits');
});

test('[BSK8] products bought without regard to each other have no rules', () => {
  for (const seed of [1, 2, 3, 4]) {
    const random = seededRandom(seed);
    const baskets = Array.from({ length: 3000 }, () =>
      Array.from({ length: 40 }, (_, item) => item).filter((item) => random() < 0.3 / (1 + item / 8)),
    );
    expect(findRules(aBasketTable(baskets), 5, null).rules).toEqual([]);
    expect(findRules(aBasketTable(baskets), 5, 20).rules).toEqual([]);
  }
});

test('[BSK9] a planted pairing is found with its figures', () => {
  const rule = rulesOf('together').find(({ left, right }) => left.join() === 'noodles' && right === 'sauce');
  const orders = new Map<string, Set<string>>();
  for (const { order, item } of lines) orders.set(order, (orders.get(order) ?? new Set()).add(item));
  const baskets = [...orders.values()];
  const both = baskets.filter((basket) => basket.has('noodles') && basket.has('sauce')).length;
  const left = baskets.filter((basket) => basket.has('noodles')).length;
  const right = baskets.filter((basket) => basket.has('sauce')).length;
  const people = new Set(
    [...orders]
      .filter(([, basket]) => basket.has('noodles') && basket.has('sauce'))
      .map(([name]) => name.split('-')[0]),
  );
  const round = (value: number): number => Math.round(value * 1e4) / 1e4;
  expect(rule).toMatchObject({
    orders: baskets.length,
    both,
    leftOrders: left,
    rightOrders: right,
    people: people.size,
    support: round(both / baskets.length),
    confidence: round(both / left),
    lift: round((both * baskets.length) / (left * right)),
    luck: 0,
  });
  expect(rule?.low).toBeLessThan(rule?.confidence ?? 0);
  expect(rule?.gain).toBeGreaterThan(0.3);
});

test(
  '[BSK9] the demo brand’s planted pairings are found, both ways, and nothing outside them',
  { timeout: 30_000 },
  () => {
    const asOfDay = day(300);
    const demo = aDemoLedger({ seed: 'north-slope', asOfDay, customers: 3000 }).ledger;
    const fitted = fitBasket(demo, asOfDay - 1, defaultBasketParameters);
    const keyOf = (id: string): string => {
      const [item] = demoProducts.find((product) => product.id === id)?.items ?? [];
      return productKey(demo.product(demo.denseProduct(item ?? '')));
    };
    const expected = demoPairings.flatMap(([a, b]) => [`${keyOf(a)} > ${keyOf(b)}`, `${keyOf(b)} > ${keyOf(a)}`]);
    const found = rulesOf('together', fitted);
    expect(written(found)).toEqual(expect.arrayContaining(expected));
    // Two that both go with a third meet each other too.
    const planted = new Set(demoPairings.flatMap(([a, b]) => [keyOf(a), keyOf(b)]));
    for (const { left, right } of found) expect([...left, right].every((key) => planted.has(key))).toBe(true);
  },
);

test('[BSK10] two stand on the left only where each adds to the other', () => {
  const random = seededRandom(9);
  const make = (needsBoth: boolean): number[][] =>
    Array.from({ length: 3000 }, () => {
      const basket = [0, 1, 3].filter(() => random() < 0.3);
      const isAsked = needsBoth ? basket.includes(0) && basket.includes(1) : basket.includes(0);
      if (random() < (isAsked ? 0.8 : 0.1)) basket.push(2);
      return basket;
    });
  const leftsOf = (needsBoth: boolean): string[] =>
    findRules(aBasketTable(make(needsBoth)), 5, null)
      .rules.filter(({ right }) => right === 2)
      .map(({ left }) => [...left].sort().join(' '));
  expect(leftsOf(true)).toContain('0 1');
  expect(leftsOf(false)).toEqual(['0']);
});

test('[BSK11] a rule rests on enough orders and enough people', () => {
  // One person's habit: forty orders of the same two things among people who buy other things.
  const habit = Array.from({ length: 40 }, (_, at) => anOrder(999, at, ['jam', 'tofu'])).flat();
  const fitted = fitBasket(aFakeLedger([...lines, ...habit]), lastDay, defaultBasketParameters);
  expect(written(rulesOf('together', fitted)).filter((rule) => rule.includes('jam'))).toEqual([]);
  const strict = fitBasket(ledger, lastDay, { ...defaultBasketParameters, fewestOrders: 100 });
  for (const rule of [...rulesOf('together', strict), ...rulesOf('then', strict)]) {
    expect(rule.both).toBeGreaterThanOrEqual(100);
    expect(rule.people).toBeGreaterThanOrEqual(100);
  }
  expect(rulesOf('together', strict).length).toBeGreaterThan(0);
  const stricter = fitBasket(ledger, lastDay, { ...defaultBasketParameters, fewestOrders: 400 });
  expect([...rulesOf('together', stricter), ...rulesOf('then', stricter)]).toEqual([]);
});

test('[BSK12] the best rules of each product are kept, and the record stays small', () => {
  const random = seededRandom(3);
  // Thirty clubs of eight products that go together: thousands of true rules.
  const facts = Array.from({ length: 1800 }, (_, order) => {
    const club = Math.floor(random() * 30);
    const items = Array.from({ length: 8 }, (_, item) => `club-${club}-${item}`).filter(() => random() < 0.5);
    return anOrder(order % 300, Math.floor(order / 300), items, { order: `o-${order}` });
  }).flat();
  const fitted = fitBasket(aFakeLedger(facts), lastDay, defaultBasketParameters);
  const counts = new Map<string, number>();
  for (const { left } of rulesOf('together', fitted))
    if (left.length === 1) counts.set(left[0] ?? '', (counts.get(left[0] ?? '') ?? 0) + 1);
  expect(fitted.together.right.length).toBe(300);
  expect(Math.max(...counts.values())).toBeLessThanOrEqual(5);
  expect(JSON.stringify(fitted).length).toBeLessThan(20_000);
  expect(JSON.parse(JSON.stringify(fitted))).toEqual(fitted);
  const gains = rulesOf('together', fitted).map(({ gain }) => gain);
  expect(gains).toEqual([...gains].sort((a, b) => b - a));
});

test('[BSK13] the order in which facts arrived changes nothing', () => {
  expect(fitBasket(aFakeLedger([...lines].reverse()), lastDay, defaultBasketParameters)).toEqual(parameters);
});

test('[BSK14] why is answered by the orders that were counted', () => {
  const { count, order, product, customer } = ledger.orderLines;
  const has = (wanted: number, key: string): boolean =>
    Array.from({ length: count }, (_, row) => row).some(
      (row) => order[row] === wanted && ledger.product(product[row] ?? 0).name === key,
    );
  for (const rule of [...rulesOf('together'), ...rulesOf('then')]) {
    const found = explainRule(ledger, rule, parameters.thenDays, lastDay);
    expect(found.length).toBe(rule.both);
    expect(new Set(found.map((counted) => counted.customer)).size).toBe(rule.people);
    expect(found.map((counted) => counted.day)).toEqual(found.map((counted) => counted.day).sort((a, b) => b - a));
    for (const counted of found.slice(0, 5)) {
      expect(counted.orders.length).toBe(rule.kind === 'then' ? 2 : 1);
      expect(rule.left.every((key) => has(counted.orders[0] ?? -1, key))).toBe(true);
      expect(has(counted.orders.at(-1) ?? -1, rule.right)).toBe(true);
      for (const each of counted.orders) expect(customer[order.indexOf(each)]).toBe(counted.customer);
    }
  }
});

test('[BSK15] whom a rule speaks of', () => {
  const facts = [
    ...anOrder(1, 100, ['noodles']),
    ...anOrder(2, 190, ['noodles']),
    ...anOrder(2, 195, ['sauce']),
    ...anOrder(3, 180, ['noodles', 'tea']),
    ...anOrder(4, 199, ['noodles'], { status: 'refunded' }),
    ...anOrder(5, 150, ['noodles']),
    ...anOrder(5, 199, ['tea']),
  ];
  const few = aFakeLedger(facts);
  const of = (rule: Partial<BasketRule>): string[] =>
    Array.from(
      matchRule(few, { left: ['noodles'], right: 'sauce', ...rule } as BasketRule, 30, lastDay),
      (customer) => few.customer(customer).id,
    ).map((id) => id.slice(-1));
  expect(of({ kind: 'together' })).toEqual(['5', '3', '1']);
  expect(of({ kind: 'together', left: ['noodles', 'tea'] })).toEqual(['5', '3']);
  expect(of({ kind: 'then' })).toEqual(['3']);
  expect(of({ kind: 'then', right: 'unknown' })).toEqual([]);
});

test('[BSK16] a row that cannot be read is skipped, the others stay', () => {
  const { together } = parameters;
  const damaged = {
    ...parameters,
    together: { ...together, right: [...together.right, 0, 999], left: [...together.left, [0]], both: together.both },
  };
  expect(readRules(damaged, 'together')).toEqual(rulesOf('together'));
});
