/** Why a customer's value is what it is: the history it rests on, the model's word, what changed it, and the amount. */
import { roundProbability } from '../../statistics/rounding.ts';
import type { BusinessDay } from '../../units/business-day.ts';
import type { PurchaseDays } from '../purchase-days.ts';
import { fewestReturners } from './fit-bgnbd.ts';
import { type ValueForecast, correctionFactor, createForecast, predictValue } from './predict-value.ts';
import { createSummary, summarisePurchases } from './summarise-purchases.ts';
import type { ValueParameters } from './value-parameters.ts';

export type ValueExplanation =
  | {
      readonly kind: 'insufficient-evidence';
      readonly missing: 'purchase' | 'returners';
      /** Customers of the shop who bought again, and how many are needed. */
      readonly returners: number;
      readonly needed: number;
    }
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
    return {
      kind: 'insufficient-evidence',
      missing: summary.repeats < 0 ? 'purchase' : 'returners',
      returners: parameters.returners,
      needed: fewestReturners,
    };
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
