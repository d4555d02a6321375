/**
 * The risk that one customer stays away, with its causes and the days they were crossed, from the same numbers as the
 * columns: composed here because the churn risk reads BG/NBD's word and the lifecycle's threshold.
 */
import type { Ledger } from '#core/datasets/ledger-columns.ts';
import type { BusinessDay } from '../../units/business-day.ts';
import { churnFeatureCount, writeChurnFeatures } from '../churn/churn-features.ts';
import { churnHorizons } from '../churn/churn-parameters.ts';
import { type Engagement, deriveEngagement } from '../churn/derive-engagement.ts';
import { type ChurnCauses, explainChurn } from '../churn/explain-churn.ts';
import { predictChurn } from '../churn/predict-churn.ts';
import { type PurchaseDays, firstAfter } from '../purchase-days.ts';
import { silenceLogOdds } from '../value/fit-silence.ts';
import { createSummary, summarisePurchases } from '../value/summarise-purchases.ts';
import type { BeliefColumns } from './belief-columns.ts';
import { churn60Place } from './customer-kernel.ts';
import type { Parameters } from './parameters.ts';

export interface RiskExplanation {
  readonly risk60: number;
  readonly overdueRatio: number;
  readonly engagement: Readonly<Engagement>;
  /** Null without a purchase: nobody can be lost who was never won. */
  readonly causes: ChurnCauses | null;
  readonly valueAtRiskFen: number;
  /** Customers the risk was learnt from; 0 says the built-in weights answered. */
  readonly learntFrom: number;
}

export const explainRisk = (
  ledger: Ledger,
  beliefs: BeliefColumns,
  parameters: Parameters,
  dense: number,
  days: PurchaseDays & { readonly size: number },
): RiskExplanation => {
  const { asOfDay } = beliefs;
  const engagementOn = (day: BusinessDay): Engagement =>
    deriveEngagement(ledger, dense, day, { ratio: 1, recent: 0, baseline: 0, daysAgo: -1 });
  const engagement = engagementOn(asOfDay);
  const overdueRatio = beliefs.overdueRatio[dense] as number;
  const ownDays = beliefs.ownIntervalDays[dense] as number;
  const causes =
    days.size === 0
      ? null
      : explainChurn({
          asOfDay,
          lastDay: beliefs.lastDay[dense] as number,
          overdueRatio,
          overdueAt: parameters.lifecycle.overdueRatio,
          intervalDays: ownDays > 0 ? ownDays : parameters.lifecycle.shopIntervalDays,
          risk: beliefs.churn60[dense] as number,
          riskOn: (day) => riskOn(days, day, parameters),
          engagementOn,
        });
  return {
    risk60: beliefs.churn60[dense] as number,
    overdueRatio,
    engagement,
    causes,
    valueAtRiskFen: beliefs.valueAtRiskFen[dense] as number,
    learntFrom: parameters.churn.customers,
  };
};

function riskOn(
  days: PurchaseDays & { readonly size: number },
  day: BusinessDay,
  { value, churn }: Parameters,
): number {
  const end = firstAfter(days, 0, days.size, day);
  const features = new Float64Array(churnFeatureCount);
  const summary = summarisePurchases(days, 0, end, day, createSummary());
  const silence = churnHorizons.map((horizon) => silenceLogOdds(value.bgnbd, summary, horizon));
  writeChurnFeatures(features, 0, days, 0, end, day, churn.gapDays);
  return predictChurn(churn, features, silence, new Float64Array(churnHorizons.length))[churn60Place] as number;
}
