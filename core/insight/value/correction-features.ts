/**
 * What BG/NBD does not know, for one customer, in numbers that mean the same at any age: minus the log of P(alive)
 * (people who look gone come back more often than the model says); ln of the mean amount against the shop's, as far as
 * the rate is still the shop's and not the customer's own, alpha / (alpha + T) (who spends more, buys more often); how
 * many repeats fell into the last third and sixth of the age against an even spread. All are 0 for a customer who is
 * surely here, spends like the shop and buys evenly: there the model stands as it is.
 */
import type { BgnbdParameters } from './fit-bgnbd.ts';
import { probabilityAlive } from './predict-purchases.ts';
import type { PurchaseSummary } from './summarise-purchases.ts';

export const correctionFeatures = 4;
const mostGone = 6;
const mostAmount = 2.5;

export const writeCorrectionFeatures = (
  into: Float64Array,
  start: number,
  bgnbd: BgnbdParameters,
  summary: PurchaseSummary,
  meanLogAmount: number,
): void => {
  const { repeats, recency, age, lastThird, lastSixth, paidDays } = summary;
  const alive = probabilityAlive(bgnbd, repeats, recency, age);
  into[start] = Math.min(mostGone, -Math.log(alive));
  const amount = paidDays === 0 ? 0 : logAmount(summary) - meanLogAmount;
  into[start + 1] = (bgnbd.alpha / (bgnbd.alpha + age)) * Math.max(-mostAmount, Math.min(mostAmount, amount));
  into[start + 2] = Math.log((lastThird + 1) / (repeats / 3 + 1));
  into[start + 3] = Math.log((lastSixth + 1) / (repeats / 6 + 1));
};

export const logAmount = ({ meanFen }: PurchaseSummary): number => Math.log(1 + meanFen / 100);
