/**
 * Learns season, stock-up and promotion from what effects leave of ln(gap), for the shop and for categories with 1,000
 * gaps: slopes with a ridge toward none (prior standard deviation 0.15), kept only when at least 300 gaps speak of them
 * and they stand two standard errors from none. A larger basket never shortens a gap and a promotion never lengthens
 * the gap it ends. Seasons are shrunk means by month (k 50), from gaps begun 90 days ago or earlier so that long ones
 * had their time, and only where the history spans two years: within one, a season cannot be told from a trend.
 */
import type { BusinessDay } from '../../units/business-day.ts';
import { civilFromDay } from '../../units/business-day.ts';
import { type Factor, type GapFactors, factorOf, seasonOf } from './gap-factors.ts';
import type { LogGaps, PairStates } from './gap-effects.ts';
import type { Histories } from './histories.ts';
import { createGapHistory } from './predict-gap.ts';
import type { RepurchaseParameters } from './repurchase-parameters.ts';

const fewestGaps = 300;
const fewestCategoryGaps = 1000;
const slopeDeviation = 0.15;
const seasonSpanDays = 730;
const seasonSettledDays = 90;
const monthK = 50;
const fewestMonthGaps = 30;

/** ln gaps with the parameters' factors taken off. */
export const logGapsOf = (
  histories: Histories,
  parameters: Pick<RepurchaseParameters, 'factors' | 'chosenFactors'>,
): LogGaps => {
  const { start, day, ratio, isPromotion, pairs, product, keys, categories, categoryOf } = histories;
  const factors = keys.map((key, p) =>
    factorOf(parameters.factors, parameters.chosenFactors, key, categories[categoryOf[p] as number] as string),
  );
  const y = new Float64Array(day.length).fill(Number.NaN);
  const factor = new Float64Array(day.length);
  for (let pair = 0; pair < pairs; pair++) {
    const each = factors[product[pair] as number] as (typeof factors)[number];
    const first = start[pair] as number;
    for (let row = first; row < (start[pair + 1] as number); row++) {
      factor[row] = seasonOf(each, day[row] as number) + each.stockUp * (ratio[row] as number);
      if (row === first) continue;
      const gap = (day[row] as number) - (day[row - 1] as number);
      y[row] = Math.log(gap) - (factor[row - 1] as number) - (isPromotion[row] === 1 ? each.promotion : 0);
    }
  }
  return { y, factor };
};

export const fitGapFactors = (
  histories: Histories,
  { y }: LogGaps,
  states: PairStates,
  asOfDay: BusinessDay,
): GapFactors => {
  const { start, day, pairs, product, categoryOf, categories } = histories;
  const shop = new Leftover();
  const byCategory = categories.map(() => new Leftover());
  const history = createGapHistory();
  let firstDay = asOfDay;
  for (let pair = 0; pair < pairs; pair++) {
    const first = start[pair] as number;
    firstDay = Math.min(firstDay, day[first] as number);
    const category = byCategory[categoryOf[product[pair] as number] as number] as Leftover;
    for (let row = first + 1; row < (start[pair + 1] as number); row++) {
      const rest = (y[row] as number) - states.read(pair, row - first, history).m;
      const begun = day[row - 1] as number;
      const month = begun <= asOfDay - seasonSettledDays ? civilFromDay(begun).month - 1 : -1;
      const ratio = histories.ratio[row - 1] as number;
      const isPromotion = histories.isPromotion[row] as number;
      shop.add(rest, ratio, isPromotion, month);
      category.add(rest, ratio, isPromotion, month);
    }
  }
  const hasSeasons = asOfDay - firstDay >= seasonSpanDays;
  const found: Record<string, Factor> = { '': shop.factor(hasSeasons) };
  categories.forEach((name, at) => {
    const each = byCategory[at] as Leftover;
    if (name !== '' && each.gaps >= fewestCategoryGaps) found[name] = each.factor(hasSeasons);
  });
  const kept = Object.entries(found).filter(([, factor]) => Object.keys(factor).length > 0);
  return { products: {}, categories: Object.fromEntries(kept) };
};

/** Sums of one scope from which its factors follow. */
class Leftover {
  gaps = 0;
  #sum = 0;
  #squares = 0;
  readonly #ratio = new Slope();
  readonly #promotion = new Slope();
  readonly #monthGaps = new Int32Array(12);
  readonly #monthSum = new Float64Array(12);

  add(rest: number, ratio: number, isPromotion: number, month: number): void {
    this.gaps++;
    this.#sum += rest;
    this.#squares += rest * rest;
    if (ratio !== 0) this.#ratio.add(ratio, rest);
    if (isPromotion !== 0) this.#promotion.add(isPromotion, rest);
    if (month < 0) return;
    this.#monthGaps[month] = (this.#monthGaps[month] as number) + 1;
    this.#monthSum[month] = (this.#monthSum[month] as number) + rest;
  }

  factor(hasSeasons: boolean): Factor {
    if (this.gaps < fewestGaps) return {};
    const mean = this.#sum / this.gaps;
    const variance = Math.max(1e-6, this.#squares / this.gaps - mean * mean);
    const stockUp = this.#ratio.slope(mean, variance);
    const promotion = this.#promotion.slope(mean, variance);
    const season = hasSeasons ? this.#season(variance) : null;
    return {
      ...(stockUp > 0 && { stockUp: hundredth(Math.min(1, stockUp)) }),
      ...(promotion < 0 && { promotion: hundredth(Math.max(0.5, Math.exp(promotion))) }),
      ...(season && { season }),
    };
  }

  #season(variance: number): readonly number[] | null {
    const gaps = [...this.#monthGaps];
    if (Math.min(...gaps) < fewestMonthGaps) return null;
    const mean = this.#monthSum.reduce((sum, each) => sum + each, 0) / gaps.reduce((sum, each) => sum + each, 0);
    const rest = gaps.map((n, month) => (this.#monthSum[month] as number) - n * mean);
    const stands = rest.some((sum, month) => Math.abs(sum) > 3 * Math.sqrt(variance * (gaps[month] as number)));
    return stands ? rest.map((sum, month) => hundredth(Math.exp(sum / ((gaps[month] as number) + monthK)))) : null;
  }
}

/** The ridge slope of what is left on one sign; 0 unless it stands two standard errors from none. */
class Slope {
  #count = 0;
  #x = 0;
  #squares = 0;
  #product = 0;

  add(x: number, rest: number): void {
    this.#count++;
    this.#x += x;
    this.#squares += x * x;
    this.#product += x * rest;
  }

  slope(mean: number, variance: number): number {
    if (this.#count < fewestGaps) return 0;
    const product = this.#product - mean * this.#x;
    const found = product / (this.#squares + variance / (slopeDeviation * slopeDeviation));
    return Math.abs(product / this.#squares) > 2 * Math.sqrt(variance / this.#squares) ? found : 0;
  }
}

const hundredth = (value: number): number => Math.round(value * 100) / 100;
