/**
 * How likely BG/NBD holds it that a customer buys nothing within a horizon, as log odds: one reading for the churn risk,
 * never shown alone. `fitSilence` fits the model on what lay before a day of the past; 0 (even odds) without evidence.
 */
import { logOdds } from '../../statistics/logistic.ts';
import type { BusinessDay } from '../../units/business-day.ts';
import type { PurchaseDayColumns } from '../purchase-days.ts';
import { type BgnbdParameters, fitBgnbd } from './fit-bgnbd.ts';
import { groupRepeats } from './group-repeats.ts';
import { type PurchaseMoments, probabilityAlive, purchaseMoments } from './predict-purchases.ts';
import { readSummaries } from './read-summaries.ts';
import { type PurchaseSummary, createSummary, summarisePurchases } from './summarise-purchases.ts';

const edge = 1e-4;
const law: PurchaseMoments = { any: 0, mean: 0, factorial: 0 };

export const silenceLogOdds = (
  bgnbd: BgnbdParameters | null,
  { repeats, recency, age }: PurchaseSummary,
  horizonDays: number,
): number => {
  if (!bgnbd || repeats < 0) return 0;
  const { any } = purchaseMoments(bgnbd, repeats, age, horizonDays, law);
  return logOdds(1 - probabilityAlive(bgnbd, repeats, recency, age) * any, edge);
};

export const fitSilence = (
  days: PurchaseDayColumns,
  origin: BusinessDay,
): ((place: number, horizonDays: number) => number) => {
  const fit = fitBgnbd(groupRepeats(readSummaries(days, origin).repeats));
  const bgnbd = fit === 'insufficient-evidence' ? null : fit.parameters;
  const summary = createSummary();
  return (place, horizonDays) => {
    summarisePurchases(days, days.start[place] as number, days.start[place + 1] as number, origin, summary);
    return silenceLogOdds(bgnbd, summary, horizonDays);
  };
};
