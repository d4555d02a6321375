/** Why a customer's value is what it is: the history it rests on, the model's word, what changed it, and the amount. */
import { roundProbability } from '../../statistics/rounding.ts';
import type { BusinessDay } from '../../units/business-day.ts';
import type { PurchaseDays } from '../purchase-days.ts';
import { fewestReturners } from './fit-bgnbd.ts';
import { type ValueForecast, correctionFactor, createForecast, predictValue } from './predict-value.ts';
import { createSummary, summarisePurchases } from './summarise-purchases.ts';
import type { ValueParameters } from './value-parameters.ts';

/** What the shop lacks before anybody's value can be told. */
export type ShopEvidence =
  | { readonly kind: 'insufficient-evidence'; readonly missing: 'fit' }
  | {
      readonly kind: 'insufficient-evidence';
      readonly missing: 'returners';
      /** Customers who bought again, and how many are needed. */
      readonly returners: number;
      readonly needed: number;
    };

export const shopEvidence = ({ customers, returners }: ValueParameters): ShopEvidence =>
  customers === 0
    ? { kind: 'insufficient-evidence', missing: 'fit' }
    : { kind: 'insufficient-evidence', missing: 'returners', returners, needed: fewestReturners };

export type ValueExplanation =
  | { readonly kind: 'insufficient-evidence'; readonly missing: 'purchase' }
  | ShopEvidence
  | ({
      readonly kind: 'forecast';
      readonly horizonDays: number;
      readonly repeats: number;
      /** From the first to the last purchase day, and since then. */
      readonly spanDays: number;
      readonly silentDays: number;
      readonly ageDays: number;
      /** Mean of the customer's own paid days and how many; the amount of a day is drawn from it toward the shop's. */
      readonly ownDayFen: number;
      readonly paidDays: number;
      /** What the model's expectation was multiplied by, learnt from the shop's own past; 1 when nothing was. */
      readonly factor: number;
      readonly learntFrom: number;
    } & Readonly<Omit<ValueForecast, 'hasEvidence'>>);

export const explainValue = (
  days: PurchaseDays,
  from: number,
  to: number,
  asOfDay: BusinessDay,
  parameters: ValueParameters,
  horizonDays: number,
): ValueExplanation => {
  const summary = summarisePurchases(days, from, to, asOfDay, createSummary());
  const { hasEvidence, ...forecast } = predictValue(parameters, summary, horizonDays, createForecast());
  if (!hasEvidence)
    return summary.repeats < 0 ? { kind: 'insufficient-evidence', missing: 'purchase' } : shopEvidence(parameters);
  return {
    kind: 'forecast',
    horizonDays,
    repeats: summary.repeats,
    spanDays: summary.recency,
    silentDays: summary.age - summary.recency,
    ageDays: summary.age,
    ownDayFen: Math.round(summary.meanFen),
    paidDays: summary.paidDays,
    factor: roundProbability(correctionFactor(parameters, summary)),
    learntFrom: parameters.customers,
    ...forecast,
  };
};
