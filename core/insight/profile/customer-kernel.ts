/** Derives everything about one customer into the columns. Buffers live as long as the kernel; nothing is allocated. */
import type { Ledger } from '#core/datasets/ledger-columns.ts';
import type { BusinessDay } from '../../units/business-day.ts';
import { churnFeatureCount, writeChurnFeatures } from '../churn/churn-features.ts';
import { churnHorizons } from '../churn/churn-parameters.ts';
import { type Engagement, deriveEngagement } from '../churn/derive-engagement.ts';
import { predictChurn } from '../churn/predict-churn.ts';
import { valueAtRisk } from '../churn/value-at-risk.ts';
import { InterestTracker } from '../interests/interest-tracker.ts';
import type { TagIndex } from '../interests/tag-index.ts';
import { deriveStage } from '../lifecycle/derive-stage.ts';
import { ownInterval } from '../lifecycle/own-interval.ts';
import { overdueRatio } from '../overdue-ratio.ts';
import { PurchaseDayBuffer } from '../purchase-days.ts';
import { derivePairs } from '../repurchase/derive-pairs.ts';
import type { PairColumns } from '../repurchase/pair-columns.ts';
import { PairHistory } from '../repurchase/pair-history.ts';
import type { ProductPriors } from '../repurchase/product-priors.ts';
import { silenceLogOdds } from '../value/fit-silence.ts';
import { createForecast, predictValue, valueHorizonDays } from '../value/predict-value.ts';
import { createSummary, summarisePurchases } from '../value/summarise-purchases.ts';
import { stages } from './belief-columns.ts';
import type { CustomerColumns } from './create-columns.ts';
import { isKnown } from './is-known.ts';
import type { Parameters } from './parameters.ts';

/** Of the `churn60` column among the horizons. */
export const churn60Place = churnHorizons.indexOf(60);

export class CustomerKernel {
  readonly #ledger: Ledger;
  readonly #parameters: Parameters;
  readonly #asOfDay: BusinessDay;
  readonly #columns: CustomerColumns;
  readonly #priors: ProductPriors;
  readonly #history: PairHistory;
  readonly #interests: InterestTracker;
  readonly #days = new PurchaseDayBuffer();
  readonly #summary = createSummary();
  readonly #forecast = createForecast();
  readonly #churnFeatures = new Float64Array(churnFeatureCount);
  readonly #silence = new Float64Array(churnHorizons.length);
  readonly #risks = new Float64Array(churnHorizons.length);
  readonly #engagement: Engagement = { ratio: 1, recent: 0, baseline: 0, daysAgo: -1 };

  constructor(
    ledger: Ledger,
    parameters: Parameters,
    asOfDay: BusinessDay,
    columns: CustomerColumns,
    tags: TagIndex,
    priors: ProductPriors,
  ) {
    this.#ledger = ledger;
    this.#parameters = parameters;
    this.#asOfDay = asOfDay;
    this.#columns = columns;
    this.#priors = priors;
    this.#history = new PairHistory(ledger.productCount);
    this.#interests = new InterestTracker(tags, parameters.interests);
  }

  /** Amounts and scores must stand already; pairs are appended. */
  derive(c: number, pairs: PairColumns): void {
    const ledger = this.#ledger;
    const columns = this.#columns;
    const { repurchase, lifecycle } = this.#parameters;
    const asOfDay = this.#asOfDay;
    columns.isPresent[c] = isKnown(ledger, c) ? 1 : 0;
    this.#history.read(ledger, c, asOfDay, this.#priors.factors);
    derivePairs(this.#history, this.#priors, repurchase, asOfDay, pairs);
    this.#interests.writeBits(ledger, c, asOfDay, columns.tagBits);
    const engagement = deriveEngagement(ledger, c, asOfDay, this.#engagement);
    const orders = columns.orders[c] as number;
    const daysSince = orders > 0 ? asOfDay - (columns.lastDay[c] as number) : 0;
    const own = orders > 0 ? ownInterval(ledger, c, asOfDay) : 0;
    const ratio = orders > 0 ? overdueRatio(daysSince, own, lifecycle.shopIntervalDays) : 0;
    columns.ownIntervalDays[c] = own;
    columns.overdueRatio[c] = ratio;
    columns.engagementRatio[c] = engagement.ratio;
    const { stage } = deriveStage(
      { orders, daysSince, ownIntervalDays: own, overdueRatio: ratio, engagedDaysAgo: engagement.daysAgo },
      lifecycle,
    );
    columns.stage[c] = stages.indexOf(stage);
    this.#deriveValue(c);
  }

  /** Value, and the risk that it stays away. */
  #deriveValue(c: number): void {
    const columns = this.#columns;
    const { value, churn } = this.#parameters;
    const asOfDay = this.#asOfDay;
    const days = this.#days.read(this.#ledger, c, asOfDay);
    const summary = summarisePurchases(days, 0, days.size, asOfDay, this.#summary);
    const forecast = predictValue(value, summary, valueHorizonDays, this.#forecast);
    columns.expectedPurchases90[c] = forecast.purchases;
    columns.valueFen90[c] = forecast.fen;
    columns.valueLowFen90[c] = forecast.lowFen;
    columns.valueHighFen90[c] = forecast.highFen;
    columns.alive[c] = forecast.alive;
    columns.churn60[c] = 0;
    columns.valueAtRiskFen[c] = 0;
    if (days.size === 0) return;
    churnHorizons.forEach((horizon, at) => (this.#silence[at] = silenceLogOdds(value.bgnbd, summary, horizon)));
    writeChurnFeatures(this.#churnFeatures, 0, days, 0, days.size, asOfDay, churn.gapDays);
    const risk = predictChurn(churn, this.#churnFeatures, this.#silence, this.#risks)[churn60Place] as number;
    columns.churn60[c] = risk;
    columns.valueAtRiskFen[c] = valueAtRisk(risk, forecast, columns.netFen[c] as number, columns.orders[c] as number);
  }
}
