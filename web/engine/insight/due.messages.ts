/** The due calendar: who is due for which product on which of the next days, from the windows of repurchase. */
import type { CustomerRow } from '#core/insight/profile/customer-row.ts';

export interface DueDays {
  /** Customers due on each day. */
  readonly open: readonly number[];
  /** Customers due on their likeliest day (p50): each counts once, on one day. */
  readonly likeliest: readonly number[];
}

export interface DueCalendarProduct extends DueDays {
  /** Catalogue id, else the item: what `customers.page` takes as `product`. */
  readonly product: string;
  readonly name: string;
  readonly category: string;
  /** Windows that were over before the first day, by the customer's own rhythm. */
  readonly overdue: number;
  /** Purchases expected within 30 days: the sum of the probabilities, to 0.1. */
  readonly expected30: number;
  /** Customers due on any of the days. */
  readonly people: number;
}

export interface DueCalendar {
  /** Today. */
  readonly firstDay: number;
  readonly days: number;
  /** Each customer once a day, for whatever product. */
  readonly all: DueDays;
  /** Most people first; products beyond those asked for are left out and counted. */
  readonly products: readonly DueCalendarProduct[];
  readonly more: number;
}

export interface DueRequests {
  'due.calendar': { ask: { readonly days: number; readonly products: number }; answer: DueCalendar };
  /** The people behind one cell, likeliest first. `product` empty: any product. */
  'due.people': {
    ask: {
      readonly product: string;
      readonly day: number;
      readonly by: keyof DueDays;
      readonly first: number;
      readonly count: number;
    };
    answer: { readonly total: number; readonly rows: readonly CustomerRow[] };
  };
}
