/**
 * Everything believed about one customer with the facts it rests on. Reads the same columns as the kernels, so what is
 * explained is what is shown; reasons are codes and numbers, sentences are made elsewhere.
 */
import type { Ledger } from '#core/datasets/ledger-columns.ts';
import { type InterestExplanation, explainInterests } from '../interests/explain-interest.ts';
import { createTagIndex } from '../interests/tag-index.ts';
import { type StageReason, deriveStage } from '../lifecycle/derive-stage.ts';
import { purchaseGaps } from '../lifecycle/own-interval.ts';
import { type Allowed, type PreferenceExplanation, explainPreference } from '../preference/explain-preference.ts';
import { readPreferences } from '../preference/preference-history.ts';
import { PurchaseDayBuffer } from '../purchase-days.ts';
import { type PairExplanation, explainPair } from '../repurchase/explain-pair.ts';
import { type ProductPriors, createProductPriors } from '../repurchase/product-priors.ts';
import { type ValueExplanation, explainValue } from '../value/explain-value.ts';
import { valueHorizonDays } from '../value/predict-value.ts';
import {
  type BeliefColumns,
  type Evidence,
  type RfmName,
  type Stage,
  evidences,
  rfmNames,
  stages,
} from './belief-columns.ts';
import { type RiskExplanation, explainRisk } from './explain-risk.ts';
import type { Parameters } from './parameters.ts';
import { chanceAt, dayAt } from '../repurchase/pair-columns.ts';

export interface WindowExplanation extends PairExplanation {
  /** Dense product. */
  readonly product: number;
  readonly evidence: Evidence;
  readonly p10: number;
  readonly p50: number;
  readonly p90: number;
  readonly within7: number;
  readonly within14: number;
  readonly within30: number;
}

export interface CustomerExplanation {
  readonly rfm: {
    readonly name: RfmName;
    readonly recencyScore: number;
    readonly frequencyScore: number;
    readonly moneyScore: number;
    /** Days since the last purchase; -1 without one. */
    readonly recencyDays: number;
    readonly orders: number;
    readonly netFen: number;
    readonly ageDays: number;
  };
  readonly stage: { readonly name: Stage; readonly reason: StageReason };
  readonly interval: { readonly ownDays: number; readonly shopDays: number; readonly gapDays: readonly number[] };
  readonly churn: RiskExplanation;
  /** Over the next `valueHorizonDays`. */
  readonly value: ValueExplanation;
  readonly interests: readonly InterestExplanation[];
  /** How they are best reached; their segment is their stage. */
  readonly preference: PreferenceExplanation;
  /** Most probable within 14 days first. */
  readonly windows: readonly WindowExplanation[];
}

/** `allowed`: the hours of the week and the channels in which they may be written to. */
export const explainCustomer = (
  ledger: Ledger,
  beliefs: BeliefColumns,
  parameters: Parameters,
  dense: number,
  allowed?: Allowed,
): CustomerExplanation => {
  const { asOfDay } = beliefs;
  const orders = beliefs.orders[dense] as number;
  const recencyDays = orders > 0 ? asOfDay - (beliefs.lastDay[dense] as number) : -1;
  const days = new PurchaseDayBuffer().read(ledger, dense, asOfDay);
  const churn = explainRisk(ledger, beliefs, parameters, dense, days);
  const ownDays = beliefs.ownIntervalDays[dense] as number;
  const { reason } = deriveStage(
    {
      orders,
      daysSince: Math.max(0, recencyDays),
      ownIntervalDays: ownDays,
      overdueRatio: churn.overdueRatio,
      engagedDaysAgo: churn.engagement.daysAgo,
    },
    parameters.lifecycle,
  );
  const stage = stages[beliefs.stage[dense] as number] as Stage;
  const tags = createTagIndex(ledger, beliefs.tagNames);
  const priors = createProductPriors(ledger, parameters.repurchase);
  const from = beliefs.pairStart[dense] as number;
  const to = beliefs.pairEnd[dense] as number;
  return {
    rfm: {
      name: rfmNames[beliefs.rfm[dense] as number] as RfmName,
      recencyScore: beliefs.recencyScore[dense] as number,
      frequencyScore: beliefs.frequencyScore[dense] as number,
      moneyScore: beliefs.moneyScore[dense] as number,
      recencyDays,
      orders,
      netFen: beliefs.netFen[dense] as number,
      ageDays: orders > 0 ? asOfDay - (beliefs.firstDay[dense] as number) : 0,
    },
    stage: { name: stage, reason },
    interval: {
      ownDays,
      shopDays: parameters.lifecycle.shopIntervalDays,
      gapDays: [...purchaseGaps(ledger, dense, asOfDay)],
    },
    churn,
    value: explainValue(days, 0, days.size, asOfDay, parameters.value, valueHorizonDays),
    interests: explainInterests(ledger, dense, asOfDay, tags, parameters.interests),
    preference: explainPreference(readPreferences(ledger, dense, asOfDay, stage), parameters.preference, allowed),
    windows: Array.from({ length: to - from }, (_, at) =>
      explainWindow(ledger, beliefs, parameters, dense, from + at, priors),
    ),
  };
};

function explainWindow(
  ledger: Ledger,
  beliefs: BeliefColumns,
  parameters: Parameters,
  dense: number,
  pair: number,
  priors: ProductPriors,
): WindowExplanation {
  const product = beliefs.pairProduct[pair] as number;
  return {
    ...explainPair(ledger, dense, product, beliefs.asOfDay, parameters.repurchase, priors),
    product,
    evidence: evidences[beliefs.pairEvidence[pair] as number] as Evidence,
    p10: dayAt(beliefs.pairP10, pair),
    p50: dayAt(beliefs.pairP50, pair),
    p90: dayAt(beliefs.pairP90, pair),
    within7: chanceAt(beliefs.pairWithin7, pair),
    within14: chanceAt(beliefs.pairWithin14, pair),
    within30: chanceAt(beliefs.pairWithin30, pair),
  };
}
