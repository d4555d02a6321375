/** Derives everything about one customer into the columns. Buffers live as long as the kernel; nothing is allocated. */
import type { Ledger } from '#core/datasets/ledger-columns.ts';
import type { BusinessDay } from '../../units/business-day.ts';
import { type Engagement, deriveEngagement, predictChurn } from '../churn/predict-churn.ts';
import { InterestTracker } from '../interests/interest-tracker.ts';
import type { TagIndex } from '../interests/tag-index.ts';
import { deriveStage } from '../lifecycle/derive-stage.ts';
import { ownInterval } from '../lifecycle/own-interval.ts';
import { overdueRatio } from '../overdue-ratio.ts';
import { derivePairs } from '../repurchase/derive-pairs.ts';
import type { PairColumns } from '../repurchase/pair-columns.ts';
import { PairHistory } from '../repurchase/pair-history.ts';
import type { ProductPriors } from '../repurchase/product-priors.ts';
import { stages } from './belief-columns.ts';
import type { CustomerColumns } from './create-columns.ts';
import type { Parameters } from './parameters.ts';

export class CustomerKernel {
  readonly #ledger: Ledger;
  readonly #parameters: Parameters;
  readonly #asOfDay: BusinessDay;
  readonly #columns: CustomerColumns;
  readonly #priors: ProductPriors;
  readonly #history: PairHistory;
  readonly #interests: InterestTracker;
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
    const { repurchase, churn, lifecycle } = this.#parameters;
    const asOfDay = this.#asOfDay;
    columns.isPresent[c] = ledger.canonical(c) === c ? 1 : 0;
    this.#history.read(ledger, c, asOfDay, this.#priors.factors);
    derivePairs(this.#history, this.#priors, repurchase, asOfDay, pairs);
    this.#interests.writeBits(ledger, c, asOfDay, columns.tagBits);
    const engagement = deriveEngagement(ledger, c, asOfDay, this.#engagement);
    const orders = columns.orders[c] as number;
    const daysSince = orders > 0 ? asOfDay - (columns.lastDay[c] as number) : 0;
    const own = orders > 0 ? ownInterval(ledger, c, asOfDay) : 0;
    const ratio = orders > 0 ? overdueRatio(daysSince, own, lifecycle.shopIntervalDays) : 0;
    const ageDays = orders > 0 ? asOfDay - (columns.firstDay[c] as number) : 0;
    columns.ownIntervalDays[c] = own;
    columns.overdueRatio[c] = ratio;
    columns.engagementRatio[c] = engagement.ratio;
    columns.churn60[c] = predictChurn(churn, daysSince, orders, ageDays, ratio);
    const { stage } = deriveStage(
      { orders, daysSince, ownIntervalDays: own, overdueRatio: ratio, engagedDaysAgo: engagement.daysAgo },
      lifecycle,
    );
    columns.stage[c] = stages.indexOf(stage);
  }
}
