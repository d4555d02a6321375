/**
 * Answers about the coming week: the seven days from today, forecast from the weeks up to yesterday with the plan that
 * is asked about. The shop's weeks are counted once for all questions until facts, parameters or the day change.
 */
import { type ShopWeeks, collectWeeks, weekDays } from '#core/insight/demand/collect-weeks.ts';
import { type DemandForecast, type DemandPlan, asLastWeek } from '#core/insight/demand/demand.ts';
import { predictProducts } from '#core/insight/demand/predict-products.ts';
import { productKey } from '#core/insight/product-key.ts';
import { chanceAt } from '#core/insight/repurchase/pair-columns.ts';
import type { DemandList, DemandRequests, DemandRow, DemandWeek } from './demand.messages.ts';
import type { EngineContext, Handlers } from './engine-context.ts';

const shownWeeks = 12;

export const demandHandlers = (context: EngineContext): Handlers<DemandRequests> => {
  let kept: {
    readonly version: number;
    readonly day: number;
    readonly parameters: object;
    readonly all: Asked;
  } | null = null;
  const asLast = (): Asked => {
    const version = context.ledger.version;
    const day = context.asOfDay();
    const parameters = context.parameters();
    if (kept?.version !== version || kept.day !== day || kept.parameters !== parameters)
      kept = { version, day, parameters, all: askAll(context) };
    return kept.all;
  };
  return {
    'demand.list': ({ category, first, count }) => listOf(context, asLast(), category, first, count),
    'demand.product': ({ product, plan, weeks }) => {
      const dense = context.ledger.denseProduct(product);
      const all = asLast();
      if (dense < 0) return null;
      const [forecast] = isAsLast(plan)
        ? [all.forecastOf(dense)]
        : predict(
            context,
            collectWeeks(context.ledger, context.asOfDay() - 1, new Map([[dense, plan]])),
            [dense],
            all.due,
          );
      return { fromDay: context.asOfDay(), row: rowOf(context, all, dense, forecast!, weeks) };
    },
  };
};

interface Asked {
  readonly shop: ShopWeeks;
  /** Expected units from people inside or near their windows, by dense product. */
  readonly due: Float64Array;
  forecastOf(product: number): DemandForecast;
}

function askAll(context: EngineContext): Asked {
  const shop = collectWeeks(context.ledger, context.asOfDay() - 1);
  const due = dueUnits(context, shop);
  const forecasts = predict(context, shop, shop.products, due);
  return {
    shop,
    due,
    forecastOf: (product) => {
      const series = shop.seriesOf[product] ?? -1;
      return series < 0 ? predict(context, shop, [product], due)[0]! : forecasts[series]!;
    },
  };
}

const predict = (
  context: EngineContext,
  shop: ShopWeeks,
  products: ArrayLike<number>,
  due: Float64Array,
): readonly DemandForecast[] =>
  predictProducts(context.parameters().demand, shop, products, (product) => due[product] ?? 0);

/** The chance of each pair within a week, times the units of a usual purchase of the product. */
function dueUnits(context: EngineContext, shop: ShopWeeks): Float64Array {
  const { ledger } = context;
  const beliefs = context.beliefs();
  const due = new Float64Array(ledger.productCount);
  for (let c = 0; c < beliefs.customerCount; c++) {
    if (beliefs.isPresent[c] !== 1) continue;
    for (let pair = beliefs.pairStart[c] ?? 0; pair < (beliefs.pairEnd[c] ?? 0); pair++)
      due[beliefs.pairProduct[pair] ?? 0]! += chanceAt(beliefs.pairWithin7, pair);
  }
  const { count, live, day, product, quantityMilli } = ledger.orderLines;
  const milli = new Float64Array(ledger.productCount);
  const purchases = new Int32Array(ledger.productCount);
  for (let row = 0; row < count; row++) {
    if (live[row] !== 1 || (day[row] ?? 0) < shop.firstDay) continue;
    milli[product[row] ?? 0]! += quantityMilli[row] ?? 0;
    purchases[product[row] ?? 0]! += 1;
  }
  return due.map((expected, p) => (purchases[p]! > 0 ? (expected * milli[p]!) / (1000 * purchases[p]!) : expected));
}

function listOf(context: EngineContext, all: Asked, category: string, first: number, count: number): DemandList {
  const { ledger } = context;
  const expected = (product: number): number => {
    const forecast = all.forecastOf(product);
    return forecast.kind === 'forecast' ? forecast.expected : -1;
  };
  const found = Array.from(all.shop.products)
    .filter((product) => category === '' || ledger.product(product).category === category)
    .map((product) => ({ product, units: expected(product), key: productKey(ledger.product(product)) }))
    .sort((a, b) => b.units - a.units || (a.key < b.key ? -1 : 1));
  const page = found.slice(Math.max(0, first), Math.max(0, first) + Math.max(0, count));
  return {
    fromDay: context.asOfDay(),
    total: found.length,
    rows: page.map(({ product }) => rowOf(context, all, product, all.forecastOf(product), shownWeeks)),
  };
}

function rowOf(
  context: EngineContext,
  { shop, due }: Asked,
  product: number,
  forecast: DemandForecast,
  weeks: number,
): DemandRow {
  const found = context.ledger.product(product);
  return {
    product: productKey(found),
    name: found.name,
    category: found.category,
    forecast,
    weeks: weeksOf(shop, product, weeks),
    dueUnits: Math.round((due[product] ?? 0) * 10) / 10,
  };
}

function weeksOf({ panel, seriesOf, comingWeek, firstDay }: ShopWeeks, product: number, most: number): DemandWeek[] {
  const series = seriesOf[product] ?? -1;
  if (series < 0) return [];
  const from = Math.max(0, comingWeek - most);
  return Array.from({ length: comingWeek - from }, (_, at) => {
    const place = series * panel.weeks + from + at;
    const units = panel.units[place] ?? Number.NaN;
    const priceFen = units > 0 ? Math.round(panel.signals.price[place] ?? 0) : 0;
    return { fromDay: firstDay + (from + at) * weekDays, units: Number.isNaN(units) ? 0 : units, priceFen };
  });
}

const isAsLast = (plan: DemandPlan): boolean =>
  plan.priceFen === asLastWeek.priceFen &&
  plan.isPromoted === asLastWeek.isPromoted &&
  plan.showings === asLastWeek.showings;
