/**
 * Why a window is where it is: the gaps that were seen, what they were blended with and how much each level weighed,
 * what season and stock-up did to this gap, and what is still missing. Reads the same columns by the same functions as
 * the kernel.
 */
import type { Ledger } from '#core/datasets/ledger-columns.ts';
import { roundDays, roundProbability } from '../../statistics/rounding.ts';
import type { BusinessDay } from '../../units/business-day.ts';
import { notInCycle } from '../purchase-line.ts';
import { calibratedPurchases } from './calibrate.ts';
import { customerEffect, evidenceOf, ownPurchases, readPair } from './derive-pairs.ts';
import { seasonOf } from './gap-factors.ts';
import { PairHistory } from './pair-history.ts';
import { createGapHistory, createGapLaw, daysToNext, predictGap } from './predict-gap.ts';
import { type ProductPriors, createProductPriors, productKey } from './product-priors.ts';
import { type RepurchaseParameters, fewestShopGaps } from './repurchase-parameters.ts';

/** Nobody plans further: the expected day is the middle of what may come within it. */
export const expectationDays = 90;

export interface PairExplanation {
  /** Purchase days, oldest first. */
  readonly days: readonly BusinessDay[];
  readonly gapDays: readonly number[];
  readonly lastQuantityMilli: number;
  /** Purchases still needed before the window rests on the customer's own rhythm. */
  readonly missingPurchases: number;
  /** Gaps the shop must still show before its priors answer; 0 when they do. */
  readonly missingShopGaps: number;
  /** What the gap would be before anything is known of this customer, in days, and whose experience that is. */
  readonly priorDays: number;
  /** The narrowest level that weighs at least as much as the one above it, and its own gaps; 0 where no record says. */
  readonly priorOf: 'product' | 'category' | 'shop';
  readonly priorGaps: number;
  /** Gaps of the shop the priors were learnt from. */
  readonly shopGaps: number;
  /** How far the customer's other products and this pair's own gaps moved the prior: weight (0 to 1), gaps, multiplier. */
  readonly customer: GapShare;
  readonly pair: GapShare;
  /** What the last purchase did to the gap it began; multipliers of the days. */
  readonly season: number;
  readonly stockUp: number;
  /** The gap that is expected with all of it, and before season and stock-up, in days. */
  readonly expectedGapDays: number;
  readonly plainGapDays: number;
  /** Share of such purchases that have a next one at all. */
  readonly returns: number;
  /** Days from today to the expected next purchase, given that it comes within 90; NaN for insufficient evidence. */
  readonly daysToNext: number;
  /** Labelled pairs the chances were corrected by (30 days); 0 when the law answers alone. */
  readonly calibratedOn: number;
  /** Refunded, unpaid, gift and test lines of this product that were left out. */
  readonly leftOut: number;
}

export interface GapShare {
  readonly weight: number;
  readonly gaps: number;
  readonly multiplier: number;
}

export const explainPair = (
  ledger: Ledger,
  dense: number,
  product: number,
  asOfDay: BusinessDay,
  parameters: RepurchaseParameters,
  priors: ProductPriors = createProductPriors(ledger, parameters),
): PairExplanation => {
  const bought = readPurchases(ledger, dense, product, asOfDay);
  const shopGaps = parameters.gaps;
  const learnt = explainLaw(ledger, dense, product, asOfDay, parameters, priors);
  const isKnown = bought.days.length > 0 && evidenceOf(bought.days.length, shopGaps) !== 'insufficient-evidence';
  const { category } = ledger.product(product);
  const key = productKey(ledger.product(product));
  return {
    ...bought,
    gapDays: bought.days.slice(1).map((day, at) => day - (bought.days[at] as number)),
    missingPurchases: Math.max(0, ownPurchases - bought.days.length),
    missingShopGaps: isKnown ? 0 : Math.max(0, fewestShopGaps - shopGaps),
    priorDays: roundDays(Math.exp(parameters.mu + (priors.effect[product] as number))),
    ...priorLevel(parameters, key, category),
    shopGaps,
    ...learnt,
    daysToNext: isKnown ? learnt.daysToNext : Number.NaN,
  };
};

function priorLevel(
  { products, categories, levels, gaps }: RepurchaseParameters,
  key: string,
  category: string,
): Pick<PairExplanation, 'priorOf' | 'priorGaps'> {
  const ofProduct = levels?.products[Object.keys(products).indexOf(key)] ?? 0;
  if (levels ? ofProduct > 0 && ofProduct >= levels.productK : key in products)
    return { priorOf: 'product', priorGaps: ofProduct };
  const ofCategory = levels?.categories[Object.keys(categories).indexOf(category)] ?? 0;
  const isCategory = levels ? ofCategory > 0 && ofCategory >= levels.categoryK : category in categories;
  if (category !== '' && isCategory) return { priorOf: 'category', priorGaps: ofCategory };
  return { priorOf: 'shop', priorGaps: gaps };
}

function readPurchases(ledger: Ledger, dense: number, product: number, asOfDay: BusinessDay) {
  const { orderLines } = ledger;
  const days: BusinessDay[] = [];
  let leftOut = 0;
  let lastQuantityMilli = 0;
  for (const row of ledger.linesOfCustomer(dense)) {
    if (orderLines.product[row] !== product || (orderLines.day[row] as number) > asOfDay) continue;
    if (((orderLines.flags[row] as number) & notInCycle) !== 0) leftOut++;
    else {
      const day = orderLines.day[row] as number;
      const quantity = orderLines.quantityMilli[row] as number;
      lastQuantityMilli = days.at(-1) === day ? lastQuantityMilli + quantity : quantity;
      if (days.at(-1) !== day) days.push(day);
    }
  }
  return { days, lastQuantityMilli, leftOut };
}

function explainLaw(
  ledger: Ledger,
  dense: number,
  product: number,
  asOfDay: BusinessDay,
  parameters: RepurchaseParameters,
  priors: ProductPriors,
) {
  const history = new PairHistory(ledger.productCount);
  history.read(ledger, dense, asOfDay, priors.factors);
  const customer = customerEffect(history, priors, parameters);
  const slot = history.slotOf(product);
  const known = createGapHistory();
  if (slot !== -1) readPair(history, slot, priors, customer.effect, parameters, known);
  const law = predictGap(known, parameters, createGapLaw());
  const lastDay = slot === -1 ? asOfDay : (history.slots.lastDay[slot] as number);
  const factor = priors.factors?.[product];
  const season = factor ? seasonOf(factor, lastDay) : 0;
  const pairGaps = known.purchases - 1;
  const { calibrator } = parameters;
  return {
    customer: share(customer.gaps, parameters.customerK, customer.effect * (1 + parameters.customerPull)),
    pair: share(pairGaps, parameters.pairK, known.m - parameters.mu - known.product - known.customer),
    season: multiplier(season),
    stockUp: multiplier(known.factor - season),
    expectedGapDays: roundDays(Math.exp(law.location)),
    plainGapDays: roundDays(Math.exp(law.location - known.factor)),
    returns: roundProbability(law.returns),
    daysToNext: roundDays(daysToNext(law, asOfDay - lastDay, expectationDays)),
    calibratedOn: known.purchases >= calibratedPurchases ? (calibrator?.labelled[2] ?? 0) : 0,
  };
}

const share = (gaps: number, k: number, effect: number): GapShare => ({
  weight: roundProbability(gaps / (gaps + k)),
  gaps,
  multiplier: multiplier(effect),
});

const multiplier = (effect: number): number => Math.round(Math.exp(effect) * 100) / 100;
