/**
 * What stretches or shortens one gap, apart from who buys what: the season (month of the business day it begins on), a
 * basket larger or smaller than the customer's usual one of this product, and a promotion at its end. A gap is read
 * with them taken off and predicted with them put on:
 *   ln(gap) = centre + season[month] + stockUp x ln(bought / usually bought) + promotion (when it ended on one)
 * The ratio is kept within a quarter and four; without an earlier purchase there is no usual and the factor is 1. On
 * promotion means paid at most 85 % of the customer's own earlier mean price a piece. Only purchases up to the gap's
 * beginning enter a prediction: a promotion still to come is never known. Factors stand by scope: product key, category,
 * or '' for the whole shop; people's choice wins, and within it the narrower scope.
 */
import { civilFromDay } from '../../units/business-day.ts';

export interface Factor {
  /** Multipliers of the gap by month, January first; absent says 1. */
  readonly season?: readonly number[];
  /** The exponent over the ratio of quantities: 0.5 says four times the basket lasts twice as long. */
  readonly stockUp?: number;
  /** Multiplier of a gap that a promotion ended; at most 1. */
  readonly promotion?: number;
}

/** By product key, by category, '' for the shop. */
export interface GapFactors {
  readonly products: Readonly<Record<string, Factor>>;
  readonly categories: Readonly<Record<string, Factor>>;
}

export const noFactors: GapFactors = { products: {}, categories: {} };

/** Factors of one product, ready for use: logarithms; season by month or null. */
export interface ProductFactor {
  readonly season: Float64Array | null;
  readonly stockUp: number;
  readonly promotion: number;
}

const promotionBelow = 0.85;
const widestRatio = Math.log(4);

export const factorOf = (learnt: GapFactors, chosen: GapFactors, key: string, category: string): ProductFactor => {
  const scopes = [chosen, learnt].flatMap((each) => [
    each.products[key],
    each.categories[category],
    each.categories[''],
  ]);
  const season = scopes.find((scope) => scope?.season)?.season;
  return {
    season: season?.some((each) => each !== 1) ? Float64Array.from(season, Math.log) : null,
    stockUp: scopes.find((scope) => scope?.stockUp !== undefined)?.stockUp ?? 0,
    promotion: Math.log(scopes.find((scope) => scope?.promotion !== undefined)?.promotion ?? 1),
  };
};

export const hasEffect = (factor: ProductFactor): boolean =>
  factor.season !== null || factor.stockUp !== 0 || factor.promotion !== 0;

/** ln(bought / usual), kept within bounds; 0 while nothing is usual. */
export const stockUpRatio = (quantity: number, earlierQuantity: number, earlierPurchases: number): number => {
  if (earlierPurchases === 0 || !(earlierQuantity > 0) || !(quantity > 0)) return 0;
  const ratio = Math.log((quantity * earlierPurchases) / earlierQuantity);
  return Math.max(-widestRatio, Math.min(widestRatio, ratio));
};

/** Whether a purchase was cheaper than the customer's own earlier mean price a piece. */
export const isOnPromotion = (quantity: number, paid: number, earlierQuantity: number, earlierPaid: number): boolean =>
  quantity > 0 && earlierQuantity > 0 && paid * earlierQuantity <= promotionBelow * earlierPaid * quantity;

/** ln of what the season does to a gap that begins on a day. */
export const seasonOf = (factor: ProductFactor, day: number): number =>
  factor.season === null ? 0 : (factor.season[civilFromDay(day).month - 1] ?? 0);
