import type { CustomerRow } from '#core/insight/profile/customer-row.ts';

export interface DueProduct {
  /** Catalogue id, else the item: what `customers.page` takes as `product`. */
  readonly product: string;
  readonly name: string;
  readonly category: string;
  /** People due today; of them by their own rhythm; whose window is past. */
  readonly due: number;
  readonly own: number;
  readonly overdue: number;
  /** Of the due ones: nothing but the product's or category's usual rhythm to go by. */
  readonly prior: number;
  /** Their windows in days from today: the median of the people due, each percentile by itself. */
  readonly window: { readonly p10: number; readonly p50: number; readonly p90: number };
  /** People who are not due yet, and will be on one of the next seven days. */
  readonly soon: number;
  /** Purchases expected within 14 days among all of them: the sum of the probabilities, to 0.1. */
  readonly expected14: number;
  /** The likeliest ones. */
  readonly people: readonly CustomerRow[];
}

export interface RiskSummary {
  /** People in churn warning. */
  readonly people: number;
  /** Of them, who crossed into it in the last seven days: who can still be kept by a word now. */
  readonly recent: {
    readonly people: number;
    /** What they would spend in 90 days if surely here, times the probability that they stay away. */
    readonly valueFen: number;
  };
}

export interface TodayRequests {
  /** Products with somebody due, most people first. */
  'today.due': {
    ask: { readonly products: number; readonly people: number };
    answer: {
      readonly due: number;
      readonly overdue: number;
      readonly products: readonly DueProduct[];
      /** Whether anybody has a window at all. */
      readonly hasWindows: boolean;
    };
  };
  'today.risk': { ask: null; answer: RiskSummary };
}
