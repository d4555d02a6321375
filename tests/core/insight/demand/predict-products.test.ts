import { expect, test } from 'vitest';
import type { OrderLine } from '#core/datasets/fact.ts';
import { collectWeeks } from '#core/insight/demand/collect-weeks.ts';
import { type DemandPlan, asLastWeek } from '#core/insight/demand/demand.ts';
import { fitDemand } from '#core/insight/demand/fit-demand.ts';
import { predictProducts } from '#core/insight/demand/predict-products.ts';
import { seededRandom } from '#core/statistics/seeded-random.ts';
import { dayFromMs } from '#core/units/business-day.ts';
import { aBehaviour, aCustomerId, anOrderLine, atDay } from '#tests/makers/facts.ts';
import { aFakeLedger } from '#tests/makers/fake-ledger.ts';

const day = (n: number): number => dayFromMs(atDay(n));
const nobody = (): number => 0;

const aLine = (fields: Partial<OrderLine>): OrderLine =>
  anOrderLine({ order: `${fields.item ?? 'milk'}-${fields.atMs ?? 0}-${fields.customer ?? 0}`, ...fields });

test('[DMD6] what counts as a week’s units, price and offer', () => {
  const facts = [
    ...[0, 1, 2].map((at) => aLine({ atMs: atDay(at), paidFen: 1000 })),
    aLine({ atMs: atDay(8), paidFen: 1000 }),
    aLine({ atMs: atDay(9), isGift: true, paidFen: 0 }),
    aLine({ atMs: atDay(10), status: 'refunded' }),
    aLine({ atMs: atDay(11), status: 'created' }),
    aLine({ atMs: atDay(23), paidFen: 850 }),
    aLine({ atMs: atDay(24), item: 'tea', paidFen: 500 }),
    aLine({ atMs: atDay(40), paidFen: 1 }),
    aBehaviour({ id: 'one', name: 'product-shown', item: 'milk', atMs: atDay(22), customer: '' }),
    aBehaviour({ id: 'two', name: 'product-shown', item: 'milk', atMs: atDay(22) + 1000, customer: '' }),
    aBehaviour({ id: 'three', name: 'product-shown', item: 'milk', atMs: atDay(25), customer: '' }),
  ];
  const ledger = aFakeLedger(facts, [
    { items: ['milk'], category: 'dairy' },
    { items: ['tea'], category: '' },
  ]);
  const shop = collectWeeks(ledger, day(27));
  const milk = shop.seriesOf[ledger.denseProduct('milk')] ?? -1;
  const tea = shop.seriesOf[ledger.denseProduct('tea')] ?? -1;
  const of = (column: Float64Array, s: number): number[] =>
    Array.from(column.subarray(s * shop.panel.weeks, (s + 1) * shop.panel.weeks));
  expect({ firstDay: shop.firstDay, comingWeek: shop.comingWeek }).toEqual({ firstDay: day(0), comingWeek: 4 });
  expect(of(shop.panel.units, milk)).toEqual([3, 2, 0, 1, Number.NaN]);
  expect(of(shop.panel.signals.price, milk)).toEqual([1000, 1000, 1000, 850, 850]);
  expect(of(shop.panel.signals.deal, milk)).toEqual([0, 0, 0, 1, 1]);
  expect(of(shop.panel.signals.feature, milk)).toEqual([0, 0, 0, Math.log2(3), Math.log2(3)]);
  expect(of(shop.panel.units, tea)).toEqual([Number.NaN, Number.NaN, Number.NaN, 1, Number.NaN]);
  expect(shop.panel.group[tea]).toBe(-1);
  expect(shop.panel.group[milk]).toBeGreaterThanOrEqual(0);
});

test('[DMD7] few weeks: the people who are due, else insufficient evidence', () => {
  const ledger = aFakeLedger([aLine({ atMs: atDay(0) }), aLine({ atMs: atDay(8), item: 'tea' })]);
  const shop = collectWeeks(ledger, day(20));
  const products = ['milk', 'tea'].map((item) => ledger.denseProduct(item));
  const due = (product: number): number => (product === products[0] ? 4 : 0);
  expect(predictProducts(fitDemand(shop.panel, shop.comingWeek), shop, products, due)).toEqual([
    { kind: 'forecast', basis: 'due-windows', expected: 4, low: 1.4, high: 6.6, weeks: 3, reasons: [] },
    { kind: 'insufficient-evidence', weeksNeeded: 6, weeks: 2 },
  ]);
});

/** Twelve products over 60 weeks; an offer doubles what is sold. */
const aShop = (): OrderLine[] => {
  const random = seededRandom(8);
  const lines: OrderLine[] = [];
  for (let product = 0; product < 12; product++)
    for (let week = 0; week < 60; week++) {
      const isOffer = random() < 0.2;
      const units = Math.round((4 + product) * (isOffer ? 2 : 1) * (0.8 + 0.4 * random()));
      lines.push(
        aLine({
          item: `p${product}`,
          atMs: atDay(week * 7 + (product % 7)),
          quantityMilli: units * 1000,
          paidFen: units * (isOffer ? 800 : 1000),
          customer: aCustomerId(1 + ((week + product) % 9)),
        }),
      );
    }
  return lines;
};
const lines = aShop();
const ledger = aFakeLedger(lines);
const lastDay = day(60 * 7 - 1);
const parameters = fitDemand(collectWeeks(ledger, lastDay).panel, 60);

const forecastOf = (item: string, plan: DemandPlan) => {
  const product = ledger.denseProduct(item);
  const [found] = predictProducts(
    parameters,
    collectWeeks(ledger, lastDay, new Map([[product, plan]])),
    [product],
    nobody,
  );
  if (found?.kind !== 'forecast') throw new Error('no forecast');
  return found;
};

test('[DMD8] a plan changes what it names', () => {
  const usual = forecastOf('p5', { priceFen: 1000, isPromoted: null, showings: null });
  const cheap = forecastOf('p5', { priceFen: 800, isPromoted: null, showings: null });
  expect(cheap.expected / usual.expected).toBeGreaterThan(1.6);
  expect(cheap.expected / usual.expected).toBeLessThan(2.4);
  const sold = lines.filter(({ item }) => item === 'p5').at(-1);
  const priceFen = ((sold?.paidFen ?? 0) * 1000) / (sold?.quantityMilli ?? 1);
  expect(forecastOf('p5', { ...asLastWeek, priceFen })).toEqual(forecastOf('p5', asLastWeek));
});

test('[DMD9] the order in which facts arrived changes nothing', () => {
  const turned = aFakeLedger([...lines].reverse());
  const shop = collectWeeks(turned, lastDay);
  expect(fitDemand(shop.panel, shop.comingWeek)).toEqual(parameters);
  const products = Array.from({ length: 12 }, (_, at) => `p${at}`);
  const all = (of: typeof ledger): unknown =>
    predictProducts(
      parameters,
      collectWeeks(of, lastDay),
      products.map((item) => of.denseProduct(item)),
      nobody,
    );
  expect(all(turned)).toEqual(all(ledger));
});

test('[DMD11] the reasons lead to the forecast', () => {
  const { expected, reasons } = forecastOf('p9', { priceFen: 800, isPromoted: true, showings: null });
  expect(reasons[0]?.kind).toBe('level');
  const product = reasons.reduce((value, reason) => value * reason.value, 1);
  // The offset inside the logarithm is a tenth of the usual units.
  expect(Math.abs(product / expected - 1)).toBeLessThan(0.12);
  expect(reasons.map(({ kind }) => kind)).toContain('price');
  const isAbove = (named: string, found: typeof reasons): boolean | undefined =>
    found.find(({ kind }) => kind === named)?.isAbove;
  expect([isAbove('price', reasons), isAbove('promotion', reasons)]).toEqual([false, true]);
  const dear = forecastOf('p9', { priceFen: 1500, isPromoted: false, showings: null });
  expect([isAbove('price', dear.reasons), isAbove('promotion', dear.reasons)]).toEqual([true, false]);
});

test('[DMD12] the chance to come back after so many weeks, times those who have waited as long', () => {
  // Four people buy in week 0; three come back two weeks later, one of them again after two more.
  const facts = [
    ...[1, 2, 3, 4].map((person) => aLine({ customer: aCustomerId(person), atMs: atDay(3) })),
    ...[1, 2, 3].map((person) => aLine({ customer: aCustomerId(person), atMs: atDay(17) })),
    aLine({ customer: aCustomerId(1), atMs: atDay(31) }),
    aLine({ customer: aCustomerId(2), atMs: atDay(32), status: 'refunded' }),
    aLine({ customer: aCustomerId(3), atMs: atDay(38) }),
  ];
  const shop = collectWeeks(aFakeLedger(facts), day(34));
  // After two weeks: four and then three waited, of whom three and one returned; with one product the shop's share is
  // the product's own. In week 5 two have waited three weeks, one five; nobody came back after so long.
  expect(Array.from(shop.panel.signals.due ?? [])).toEqual([
    0,
    0,
    expect.closeTo((4 * 4) / 7),
    0,
    expect.closeTo((3 * 4) / 7),
    0,
  ]);
});

test('[DMD12] with a rhythm, full weeks are told from empty ones', () => {
  const random = seededRandom(2);
  const facts: OrderLine[] = [];
  // Sixteen products, each bought by forty people every fourth week, most of them in the same one.
  for (let product = 0; product < 16; product++)
    for (let person = 1; person <= 40; person++)
      for (let week = random() < 0.8 ? product % 4 : Math.floor(random() * 4); week < 49; week += 4)
        if (random() < 0.9)
          facts.push(
            aLine({ item: `r${product}`, customer: aCustomerId(100 * product + person), atMs: atDay(7 * week + 2) }),
          );
  const rhythmic = aFakeLedger(facts);
  const shop = collectWeeks(rhythmic, day(48 * 7 - 1));
  const dense = Array.from({ length: 16 }, (_, product) => rhythmic.denseProduct(`r${product}`));
  const units = (without: boolean): number[] => {
    const panel = without ? { ...shop.panel, signals: { ...shop.panel.signals, due: null } } : shop.panel;
    const fitted = fitDemand(panel, shop.comingWeek);
    return predictProducts(fitted, { ...shop, panel }, dense, nobody).map((found) =>
      found.kind === 'forecast' ? found.expected : Number.NaN,
    );
  };
  const sold = dense.map(
    (product) =>
      facts.filter(({ item, atMs }) => rhythmic.denseProduct(item) === product && dayFromMs(atMs) >= day(48 * 7))
        .length,
  );
  const missed = (expected: number[]): number =>
    expected.reduce((sum, value, at) => sum + Math.abs(value - (sold[at] ?? 0)), 0);
  expect(missed(units(false))).toBeLessThan(0.5 * missed(units(true)));
});

test('[DMD1] what happens after the last day changes nothing', () => {
  const later = [...lines, aLine({ item: 'p3', atMs: atDay(60 * 7 + 3), quantityMilli: 900_000 })];
  expect(collectWeeks(aFakeLedger(later), lastDay).panel).toEqual(collectWeeks(ledger, lastDay).panel);
});
