/**
 * A shop's products as weekly series, and the coming week as it is planned. Weeks are the seven days up to `lastDay` and
 * those before; the coming one begins the day after. A product's series begins with the week of its first sale; weeks
 * without a sale count as none sold, at the last known price. Units are what left the shop: gifts too, unpaid, test and
 * fully refunded lines not. The price is what one unit cost on average, in fen. An offer is a price at most 92 % of the
 * usual one, the median of the twelve weeks before that had sales. Products of one category are rivals.
 */
import { type BehaviourName, behaviours } from '#core/datasets/fact.ts';
import { type Ledger, lineFlag } from '#core/datasets/ledger-columns.ts';
import { medianInPlace } from '../../statistics/median.ts';
import { type BusinessDay, dayFromMs } from '../../units/business-day.ts';
import { productKey } from '../product-key.ts';
import { notDemanded } from '../purchase-line.ts';
import { countDue } from './count-due.ts';
import { type DemandPlan, asLastWeek } from './demand.ts';
import type { DemandPanel, DemandSignals } from './demand-panel.ts';

export interface ShopWeeks {
  readonly panel: DemandPanel & { readonly signals: DemandSignals };
  /** Dense product of each series, in order of their keys: equal facts give equal sums on every device. */
  readonly products: Int32Array;
  /** Series of each dense product; -1 for products nobody bought in `recentWeeks`. */
  readonly seriesOf: Int32Array;
  /** The last week of the panel, whose units are still to come. */
  readonly comingWeek: number;
  /** First day of week 0. */
  readonly firstDay: BusinessDay;
}

export const weekDays = 7;
const mostWeeks = 78;
const recentWeeks = 26;
/** The most sold ones; nobody plans a week with more. */
const mostPlanned = 2000;
/** Enough to learn from. */
export const mostLearnt = 400;
const offerShare = 0.92;
const usualWeeks = 12;
const shownCode = behaviours.indexOf('product-shown' satisfies BehaviourName);

/** `plans` by dense product; products without one are planned as their last week was. */
export const collectWeeks = (
  ledger: Ledger,
  lastDay: BusinessDay,
  plans: ReadonlyMap<number, DemandPlan> = new Map(),
  mostSeries = mostPlanned,
): ShopWeeks => {
  const sold = countWeeks(ledger, lastDay);
  const { products, seriesOf, weeks, skip } = chooseSeries(ledger, sold, mostSeries);
  const size = products.length * weeks;
  const firstDay = lastDay + 1 - (weeks - 1) * weekDays;
  const panel = {
    series: products.length,
    weeks,
    group: groupsOf(ledger, products),
    units: new Float64Array(size).fill(Number.NaN),
    signals: {
      price: new Float64Array(size).fill(Number.NaN),
      deal: new Float64Array(size),
      feature: countShowings(ledger, seriesOf, weeks, lastDay),
      due: countDue(ledger, seriesOf, weeks, firstDay),
    },
  };
  products.forEach((product, s) => fillSeries(panel, s, sold, product, skip, plans.get(product) ?? asLastWeek));
  return { panel, products, seriesOf, comingWeek: weeks - 1, firstDay };
};

interface SoldWeeks {
  /** By product and week, the last week at the end. */
  readonly milli: Float64Array;
  /** Of lines that were paid for. */
  readonly paidMilli: Float64Array;
  readonly paidFen: Float64Array;
}

function countWeeks(ledger: Ledger, lastDay: BusinessDay): SoldWeeks {
  const { count, live, flags, day, product, quantityMilli, paidFen } = ledger.orderLines;
  const size = ledger.productCount * mostWeeks;
  const sold = { milli: new Float64Array(size), paidMilli: new Float64Array(size), paidFen: new Float64Array(size) };
  for (let row = 0; row < count; row++) {
    if (live[row] !== 1 || (flags[row]! & notDemanded) !== 0 || day[row]! > lastDay) continue;
    const week = mostWeeks - 1 - Math.floor((lastDay - day[row]!) / weekDays);
    if (week < 0) continue;
    const at = product[row]! * mostWeeks + week;
    sold.milli[at]! += quantityMilli[row]!;
    if ((flags[row]! & lineFlag.gift) !== 0 || paidFen[row]! <= 0) continue;
    sold.paidMilli[at]! += quantityMilli[row]!;
    sold.paidFen[at]! += paidFen[row]!;
  }
  return sold;
}

/** Recently sold products, and how many weeks they go back; `skip` weeks at the beginning hold nothing. */
function chooseSeries(ledger: Ledger, sold: SoldWeeks, most: number) {
  const recent = new Float64Array(ledger.productCount);
  let first = mostWeeks;
  for (let product = 0; product < ledger.productCount; product++)
    for (let week = 0; week < mostWeeks; week++) {
      const milli = sold.milli[product * mostWeeks + week]!;
      if (milli === 0) continue;
      if (week < first) first = week;
      if (week >= mostWeeks - recentWeeks) recent[product]! += milli;
    }
  const sellers = [...recent.keys()].filter((product) => recent[product]! > 0);
  const keys = new Map(sellers.map((product) => [product, productKey(ledger.product(product))]));
  const byKey = (a: number, b: number): number => (keys.get(a)! < keys.get(b)! ? -1 : 1);
  const products = Int32Array.from(
    sellers
      .sort((a, b) => recent[b]! - recent[a]! || byKey(a, b))
      .slice(0, most)
      .sort(byKey),
  );
  const seriesOf = new Int32Array(ledger.productCount).fill(-1);
  products.forEach((product, s) => (seriesOf[product] = s));
  return { products, seriesOf, weeks: mostWeeks - first + 1, skip: first };
}

function groupsOf(ledger: Ledger, products: Int32Array): Int32Array {
  const numbers = new Map<string, number>();
  return products.map((product) => {
    const { category } = ledger.product(product);
    if (category === '') return -1;
    if (!numbers.has(category)) numbers.set(category, numbers.size);
    return numbers.get(category)!;
  });
}

/** log2(1 + broadcasts that showed it) by series and week; a cue without a campaign counts by its day. */
function countShowings(ledger: Ledger, seriesOf: Int32Array, weeks: number, lastDay: BusinessDay): Float64Array {
  const { count, live, name, product, campaign, atMs } = ledger.behaviours;
  const counts = new Float64Array(seriesOf.reduce((most, s) => Math.max(most, s + 1), 0) * weeks);
  const seen = new Set<string>();
  for (let row = 0; row < count; row++) {
    if (live[row] !== 1 || name[row] !== shownCode || product[row]! < 0) continue;
    const series = seriesOf[product[row]!]!;
    const day = dayFromMs(atMs[row]!);
    const week = weeks - 2 - Math.floor((lastDay - day) / weekDays);
    if (series < 0 || day > lastDay || week < 0) continue;
    const key = `${series} ${week} ${campaign[row]! < 0 ? `day ${day}` : campaign[row]}`;
    if (seen.has(key)) continue;
    seen.add(key);
    counts[series * weeks + week]!++;
  }
  return counts.map(featureOf);
}

const featureOf = (showings: number): number => Math.log2(1 + showings);

function fillSeries(
  { weeks, units, signals }: ShopWeeks['panel'],
  series: number,
  sold: SoldWeeks,
  product: number,
  skip: number,
  plan: DemandPlan,
): void {
  const recent: number[] = [];
  const coming = series * weeks + weeks - 1;
  let price = Number.NaN;
  let deal = 0;
  const isOffer = (asked: number): number => {
    if (recent.length === 0) return 0;
    const usual = medianInPlace(Float64Array.from(recent), recent.length);
    return asked <= offerShare * usual ? 1 : 0;
  };
  let hasBegun = false;
  for (let week = 0; week < weeks - 1; week++) {
    const from = product * mostWeeks + skip + week;
    const to = series * weeks + week;
    hasBegun ||= sold.milli[from]! > 0;
    if (!hasBegun) continue;
    units[to] = sold.milli[from]! / 1000;
    if (sold.paidMilli[from]! > 0) {
      price = (1000 * sold.paidFen[from]!) / sold.paidMilli[from]!;
      deal = isOffer(price);
      recent.push(price);
      if (recent.length > usualWeeks) recent.shift();
    }
    signals.price[to] = price;
    signals.deal[to] = deal;
  }
  const asked = plan.priceFen ?? price;
  signals.price[coming] = asked;
  signals.deal[coming] = plan.isPromoted === null ? (asked === price ? deal : isOffer(asked)) : plan.isPromoted ? 1 : 0;
  signals.feature[coming] = plan.showings === null ? (signals.feature[coming - 1] ?? 0) : featureOf(plan.showings);
}
