import { describe, expect, test } from 'vitest';
import type { OrderLine } from '#core/datasets/fact.ts';
import { AgainFeatures, againFeatures } from '#core/insight/next-products/again-features.ts';
import { readBasketHistories } from '#core/insight/next-products/basket-histories.ts';
import { Companions } from '#core/insight/next-products/companions.ts';
import { fitNextProducts } from '#core/insight/next-products/fit-next-products.ts';
import { defaultNextProductsParameters } from '#core/insight/next-products/next-products-parameters.ts';
import { NextProductsRanker } from '#core/insight/next-products/next-products-ranker.ts';
import { OwnBaskets } from '#core/insight/next-products/own-baskets.ts';
import { countProducts } from '#core/insight/next-products/product-counts.ts';
import { type Buyer, explainBuyer, rankBuyers } from '#core/insight/next-products/rank-buyers.ts';
import {
  type NextProducts,
  rankNextProducts,
  readShopBaskets,
} from '#core/insight/next-products/rank-next-products.ts';
import { completeParameters } from '#core/insight/profile/complete-parameters.ts';
import { defaultParameters } from '#core/insight/profile/parameters.ts';
import { seededRandom } from '#core/statistics/seeded-random.ts';
import { dayFromMs } from '#core/units/business-day.ts';
import { aCustomerId, anOrderLine, atDay } from '#tests/makers/facts.ts';
import { aFakeLedger } from '#tests/makers/fake-ledger.ts';

const lastDay = dayFromMs(atDay(400));

const aBasket = (customer: number, at: number, items: readonly string[], fields: Partial<OrderLine> = {}) =>
  items.map((item) =>
    anOrderLine({ customer: aCustomerId(customer), order: `${customer}-${at}`, item, atMs: atDay(at), ...fields }),
  );

/**
 * 160 people, a basket every ten days. Bakers buy flour, often butter, and in time yeast; cooks buy beef, often soy, and
 * in time star anise. Everybody sometimes takes water, and some sweets once.
 */
const aShop = (): OrderLine[] => {
  const random = seededRandom(11);
  const lines: OrderLine[] = [];
  for (let customer = 1; customer <= 160; customer++) {
    const [staple, often, late] = customer % 2 === 0 ? ['flour', 'butter', 'yeast'] : ['beef', 'soy', 'anise'];
    const begins = Math.floor(random() * 6) + 2;
    for (let n = 0; n < 8; n++) {
      const items = [staple];
      if (random() < 0.5) items.push(often);
      if (n >= begins && random() < 0.6) items.push(late);
      if (random() < 0.4) items.push('water');
      if (random() < 0.08) items.push(`sweet-${Math.floor(random() * 6)}`);
      lines.push(...aBasket(customer, (customer % 10) + n * 10, items));
    }
  }
  return lines;
};

const shopLines = aShop();

const ranked = (steps: Generator<number, readonly Buyer[]>): readonly Buyer[] => {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
};

const setUp = (lines: readonly OrderLine[], day = lastDay) => {
  const ledger = aFakeLedger(lines);
  const shop = readShopBaskets(ledger, day);
  const parameters = fitNextProducts(shop.histories, shop.rank);
  const ranker = new NextProductsRanker(shop.histories, shop.rank, parameters);
  const listOf = (customer: number): NextProducts =>
    rankNextProducts(ranker, ledger, day, parameters, ledger.denseCustomer(aCustomerId(customer)), 12);
  const named = (customer: number) => {
    const list = listOf(customer);
    return list.kind === 'ranked'
      ? list.products.map((next) => ({ ...next, name: ledger.product(next.product).items[0] ?? '' }))
      : [];
  };
  return { ledger, shop, parameters, ranker, listOf, named };
};

const extra = [
  ...aBasket(900, 10, ['flour', 'water']),
  ...aBasket(900, 20, ['flour', 'sweet-0']),
  ...aBasket(900, 30, ['flour']),
  ...aBasket(901, 30, ['beef']),
  ...aBasket(902, 30, ['durian']),
];
const { ledger, shop, parameters, ranker, listOf, named } = setUp([...shopLines, ...extra]);

describe('the list', () => {
  test('[NXT1] flour of every basket stands before what was bought once, and lately before long ago', () => {
    const names = named(900)
      .filter(({ kind }) => kind === 'again')
      .map(({ name }) => name);
    expect(names[0]).toBe('flour');
    expect(names).toHaveLength(3);
    const late = setUp([
      ...aBasket(903, 10, ['sweet-1']),
      ...aBasket(903, 20, ['sweet-2']),
      ...aBasket(903, 30, ['flour']),
    ]).named(903);
    const place = (name: string): number => late.findIndex((next) => next.name === name);
    expect(place('sweet-2')).toBeLessThan(place('sweet-1'));
  });

  test('[NXT2] a cook is offered what cooks take up, somebody without company what most people do', () => {
    const fresh = named(901).filter(({ kind }) => kind === 'new');
    expect(fresh.slice(0, 3).map(({ name }) => name)).toEqual(expect.arrayContaining(['soy', 'anise']));
    expect(fresh.findIndex(({ name }) => name === 'butter')).toBeGreaterThan(
      fresh.findIndex(({ name }) => name === 'soy'),
    );
    const alone = named(902).filter(({ kind }) => kind === 'new');
    expect(alone.length).toBeGreaterThan(0);
    expect(alone.every(({ reason }) => reason.code === 'popular')).toBe(true);
  });

  test('[NXT12] five baskets without salt of every fourth are less late than without milk of every one', () => {
    const baskets = [
      ['salt', 'milk'],
      ['milk'],
      ['milk'],
      ['milk'],
      ['salt', 'milk'],
      ...Array<string[]>(5).fill(['tea']),
    ];
    const facts = aFakeLedger([1, 2, 3].flatMap((c) => baskets.flatMap((items, n) => aBasket(c, n * 10, items))));
    const { histories } = readShopBaskets(facts, lastDay);
    const counts = countProducts(histories, 0);
    const own = new OwnBaskets(histories.itemCount).read(histories, 0, 0);
    const reading = (item: string): number => {
      const row = new Float64Array(againFeatures.length);
      new AgainFeatures(counts, new Companions(counts)).write(own, facts.denseProduct(item), row, 0);
      return Math.exp(row[againFeatures.indexOf('since-over-usual')]!);
    };
    // Returns and the baskets between: salt 3 and 12, milk 12 and 12, tea 12 and 12; the shop's 27 and 36.
    const shop = 37 / 28;
    expect(reading('salt')).toBeCloseTo(6 / ((12 + 10 * shop) / 13), 10);
    expect(reading('milk')).toBeCloseTo(6 / ((12 + 10 * shop) / 22), 10);
  });

  test('[NXT13] what the owners of the same things bought last stands before what they bought long ago', () => {
    const bakers = Array.from({ length: 40 }, (_, at) => 2 * (at + 1));
    const { named: listed } = setUp([
      ...shopLines,
      ...bakers.flatMap((baker, at) =>
        aBasket(baker, (baker % 10) + (at % 2 === 0 ? 70 : 10), [at % 2 === 0 ? 'new jam' : 'old jam']),
      ),
      ...aBasket(900, 30, ['flour', 'butter']),
    ]);
    const names = listed(900).map(({ name }) => name);
    expect(names).toContain('new jam');
    expect(names.slice(0, names.indexOf('new jam'))).not.toContain('old jam');
  });

  test('[NXT3] again and new stand together by rounded probability, ties by key', () => {
    for (const customer of [1, 2, 3, 900, 901]) {
      const list = named(customer);
      expect(new Set(list.map(({ product }) => product)).size).toBe(list.length);
      list.slice(1).forEach((next, at) => {
        const before = list[at]!;
        expect(
          before.probability > next.probability || (before.probability === next.probability && before.name < next.name),
        ).toBe(true);
      });
    }
    expect(new Set(named(900).map(({ kind }) => kind))).toEqual(new Set(['again', 'new']));
  });

  test('[NXT6] whoever never bought has no list, and is told what is missing', () => {
    const lone = setUp([...shopLines, ...aBasket(904, 10, ['flour'], { isGift: true })]);
    expect(lone.listOf(904)).toEqual({ kind: 'insufficient-evidence', basketsNeeded: 1, baskets: 0 });
  });

  test('[NXT7] reasons can be counted again', () => {
    const owners = (...items: string[]): number => {
      const held = new Map<string, Set<string>>();
      for (const { customer, item } of [...shopLines, ...extra])
        held.set(customer, (held.get(customer) ?? new Set()).add(item));
      return [...held.values()].filter((own) => items.every((item) => own.has(item))).length;
    };
    const [flour] = named(900);
    expect(flour?.reason).toEqual({ code: 'habit', times: 3, baskets: 3, since: 0 });
    const butter = named(900).find(({ name }) => name === 'butter');
    expect(butter?.reason).toMatchObject({ code: 'company', both: owners('flour', 'butter'), of: owners('flour') });
    const popular = named(902).find(({ name }) => name === 'water');
    expect(popular?.reason).toEqual({ code: 'popular', owners: owners('water'), customers: owners() });
  });

  test('[NXT10] who would buy a product is told by the same probability', () => {
    const customers = Int32Array.from({ length: ledger.customerCount }, (_, c) => c);
    const histories = readBasketHistories(ledger, customers, lastDay);
    for (const item of ['flour', 'anise', 'water']) {
      const product = ledger.denseProduct(item);
      const all = ranker.probabilities(histories, product);
      for (const customer of [1, 2, 17, 900, 901]) {
        const inList = named(customer).find(({ name }) => name === item);
        if (inList) expect(all[ledger.denseCustomer(aCustomerId(customer))]).toBe(inList.probability);
      }
    }
  });

  test('[NXT10] everybody with a basket is ranked once, with the reason of their own list', () => {
    const product = ledger.denseProduct('anise');
    const buyers = ranked(rankBuyers(ranker, ledger, lastDay, product));
    const ids = buyers.map(({ customer }) => ledger.customer(customer).id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(buyers.map(({ probability }) => probability)).toEqual(
      buyers.map(({ probability }) => probability).sort((a, b) => b - a),
    );
    for (const customer of [1, 17]) {
      const inList = named(customer).find(({ name }) => name === 'anise');
      const dense = ledger.denseCustomer(aCustomerId(customer));
      const buyer = buyers.find((one) => one.customer === dense);
      expect(buyer).toMatchObject({ probability: inList?.probability, hasBought: inList?.kind === 'again' });
      expect(explainBuyer(ranker, ledger, lastDay, product, dense).reason).toEqual(inList?.reason);
    }
  });

  test('[NXT11] facts about the person stand beside a reason, counted as they are', () => {
    const dense = ledger.denseCustomer(aCustomerId(900));
    const factsOf = (item: string) => explainBuyer(ranker, ledger, lastDay, ledger.denseProduct(item), dense).facts;
    expect(factsOf('water')).toMatchObject({ baskets: 3, lines: 5, again: 2, later: 3, sinceFirst: 3 });
    expect(factsOf('sweet-0')).toMatchObject({ sinceFirst: 2 });
    expect(factsOf('yeast')).toMatchObject({ baskets: 3, sinceFirst: 0, companions: 2 });
    const buyers = ranked(rankBuyers(ranker, ledger, lastDay, ledger.denseProduct('flour'))).map((buyer) => ({
      ...buyer,
      ...explainBuyer(ranker, ledger, lastDay, ledger.denseProduct('flour'), buyer.customer),
    }));
    const mistaken = (key: (buyer: (typeof buyers)[number]) => unknown): number => {
      const shown = Map.groupBy(buyers, (buyer) => JSON.stringify(key(buyer)));
      const percents = (group: typeof buyers) => new Set(group.map(({ probability }) => Math.round(probability * 100)));
      return [...shown.values()].reduce((sum, group) => sum + (percents(group).size > 1 ? group.length : 0), 0);
    };
    expect(mistaken(({ reason, facts }) => [reason, facts])).toBeLessThan(mistaken(({ reason }) => reason) / 4);
  });
});

describe('what is read', () => {
  test('[NXT8] gifts, refunds, unpaid and test lines, and later days, change no list', () => {
    const noise = [
      ...aBasket(900, 31, ['beef'], { isGift: true }),
      ...aBasket(900, 32, ['beef'], { status: 'created' }),
      ...aBasket(900, 33, ['beef'], { paidFen: 0, status: 'closed' }),
      ...aBasket(900, 401, ['beef']),
    ];
    expect(setUp([...shopLines, ...extra, ...noise]).named(900)).toEqual(named(900));
  });

  test('[NXT9] facts in another order give the same lists and parameters', () => {
    const random = seededRandom(3);
    const shuffled = [...shopLines, ...extra]
      .map((line) => ({ line, at: random() }))
      .sort((a, b) => a.at - b.at)
      .map(({ line }) => line);
    const other = setUp(shuffled);
    expect(other.parameters).toEqual(parameters);
    const plain = (list: ReturnType<typeof named>) =>
      list.map(({ name, kind, probability, reason }) => ({ name, kind, probability, code: reason.code }));
    for (const customer of [1, 2, 900, 901, 902]) expect(plain(other.named(customer))).toEqual(plain(named(customer)));
  });
});

describe('what is learnt', () => {
  test('[NXT4] the last baskets teach, and nothing that lies after what they are asked of', () => {
    expect(parameters.customers).toBe(161);
    // Everybody's next basket holds the staple: learnt from the last one alone, it is nearly certain.
    expect(named(2)[0]).toMatchObject({ name: 'flour', kind: 'again' });
    expect(named(2)[0]!.probability).toBeGreaterThan(0.9);
    const before = setUp(shopLines, dayFromMs(atDay(60))).parameters;
    const later = shopLines.filter(({ atMs }) => atMs <= atDay(60));
    expect(setUp(later).parameters).toEqual(before);
  });

  test('[NXT4] probabilities agree with what the next baskets held', () => {
    const day = dayFromMs(atDay(69));
    const then = setUp(shopLines, day);
    let [sum, held, n] = [0, 0, 0];
    for (let customer = 1; customer <= 160; customer++) {
      const next = new Set(
        shopLines
          .filter((line) => line.customer === aCustomerId(customer) && line.atMs > atDay(69.99))
          .map(({ item }) => item),
      );
      for (const { probability, name } of then.named(customer)) {
        sum += probability;
        held += next.has(name) ? 1 : 0;
        n++;
      }
    }
    expect(Math.abs(sum - held) / n).toBeLessThan(0.03);
  });

  test('[NXT5] a shop that has shown too little is answered by habit and popularity, and told so', () => {
    const small = setUp(extra);
    expect(small.parameters).toEqual(defaultNextProductsParameters);
    expect(small.listOf(900)).toMatchObject({ kind: 'ranked', basis: 'built-in', baskets: 3 });
    expect(small.named(900)[0]?.name).toBe('flour');
    expect(listOf(900)).toMatchObject({ basis: 'learnt' });
    expect(JSON.parse(JSON.stringify(shop.rank.length > 0 && parameters))).toEqual(parameters);
  });

  test('[NXT5] where nobody takes up what is new, habit is learnt all the same', () => {
    const lines = shopLines.filter(({ item }) => ['flour', 'beef', 'water'].includes(item));
    const { again, fresh, customers } = setUp([
      ...lines.filter(({ customer }) => Number.parseInt(customer, 16) % 2 === 0),
      ...Array.from({ length: 160 }, (_, c) => aBasket(c + 1, 0, ['water', 'flour'])).flat(),
    ]).parameters;
    expect(again.weights).not.toEqual(defaultNextProductsParameters.again.weights);
    expect(fresh).toEqual(defaultNextProductsParameters.fresh);
    expect(customers).toBeGreaterThan(0);
  });

  test('[NXT14] weights learnt from other readings are as if nothing had been learnt', () => {
    const kept = (nextProducts: typeof parameters) =>
      completeParameters(JSON.stringify({ ...defaultParameters, nextProducts }))?.nextProducts;
    expect(kept(parameters)).toEqual(parameters);
    const fewer = { ...parameters.again, mean: parameters.again.mean.slice(1) };
    expect(kept({ ...parameters, again: fewer })).toEqual(defaultNextProductsParameters);
  });
});
