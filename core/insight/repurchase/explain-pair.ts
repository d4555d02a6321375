/** Why a window is where it is: the gaps that were seen, what they were blended with, and what is still missing. */
import type { Ledger } from '#core/datasets/ledger-columns.ts';
import { roundDays } from '../../statistics/rounding.ts';
import type { BusinessDay } from '../../units/business-day.ts';
import { notInCycle } from '../purchase-line.ts';
import { ownPurchases } from './derive-pairs.ts';
import { productKey } from '../product-key.ts';
import type { RepurchaseParameters } from './repurchase-parameters.ts';

export interface PairExplanation {
  /** Purchase days, oldest first. */
  readonly days: readonly BusinessDay[];
  readonly gapDays: readonly number[];
  readonly lastQuantityMilli: number;
  /** Purchases still needed before the window rests on the customer's own rhythm. */
  readonly missingPurchases: number;
  /** What the gap would be before anything is known of this customer, in days, and whose experience that is. */
  readonly priorDays: number;
  readonly priorOf: 'product' | 'category' | 'shop';
  /** Gaps of the shop the priors were learnt from. */
  readonly shopGaps: number;
  /** Refunded, unpaid, gift and test lines of this product that were left out. */
  readonly leftOut: number;
}

export const explainPair = (
  ledger: Ledger,
  dense: number,
  product: number,
  asOfDay: BusinessDay,
  parameters: RepurchaseParameters,
): PairExplanation => {
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
  const { category } = ledger.product(product);
  const key = productKey(ledger.product(product));
  const priorOf =
    key in parameters.products ? 'product' : category in parameters.categories && category !== '' ? 'category' : 'shop';
  const effect = parameters.products[key] ?? parameters.categories[category] ?? 0;
  return {
    days,
    gapDays: days.slice(1).map((day, at) => day - (days[at] as number)),
    lastQuantityMilli,
    missingPurchases: Math.max(0, ownPurchases - days.length),
    priorDays: roundDays(Math.exp(parameters.mu + effect)),
    priorOf,
    shopGaps: parameters.gaps,
    leftOut,
  };
};
