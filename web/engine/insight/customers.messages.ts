import type { BehaviourName, Child, DecisionState, Feeding } from '#core/datasets/fact.ts';
import type { RfmName, Stage } from '#core/insight/profile/belief-columns.ts';
import type { CustomerRow } from '#core/insight/profile/customer-row.ts';
import type { CustomerExplanation, WindowExplanation } from '#core/insight/profile/explain-customer.ts';
import type { QuietSince } from '#core/insight/profile/quiet-since.ts';
import type { TestedBelief } from '#core/insight/backtest/back-test.ts';
import type { BuyerFacts, NextReason } from '#core/insight/next-products/next-products-ranker.ts';
import type { NextProducts } from '#core/insight/next-products/rank-next-products.ts';
import type { NoRunOut, RunOut } from '#core/insight/repurchase/predict-run-out.ts';
import type { RfmMoves } from '#core/insight/rfm/count-moves.ts';

export const customerSorts = ['next', 'spent', 'orders', 'recent', 'risk'] as const;
export type CustomerSort = (typeof customerSorts)[number];

/** Empty fields filter nothing. */
export interface CustomerFilter {
  readonly names: readonly RfmName[];
  readonly stage: Stage | '';
  readonly tag: string;
  readonly channel: string;
  readonly due: '' | 'due' | 'overdue';
  /** Catalogue id or item: narrows `due` to it, and shows its window. */
  readonly product: string;
  /** Part of a name, pinyin initials, last digits of a phone, or an id. */
  readonly search: string;
  /** A segment's rule. */
  readonly rule: string;
}

export interface CustomerOverview {
  readonly total: number;
  /** By index into `rfmNames`, and how that moved since a week ago. */
  readonly moves: RfmMoves;
  readonly stages: readonly number[];
  readonly due: number;
  readonly overdue: number;
  /** The newest order is of more than a week ago. */
  readonly quiet: QuietSince | null;
  readonly tags: readonly { readonly name: string; readonly count: number }[];
  readonly channels: readonly { readonly name: string; readonly count: number }[];
}

export interface CardProduct {
  readonly name: string;
  readonly category: string;
}

export interface CardReach {
  readonly channel: string;
  readonly consent: 'granted' | 'refused' | 'unknown';
  readonly source: string;
  readonly sent: number;
  readonly repurchased: number;
  readonly lastSentMs: number;
}

export type CardEvent =
  | {
      readonly kind: 'order';
      readonly atMs: number;
      readonly products: readonly string[];
      readonly netFen: number;
      readonly channel: string;
      readonly refunded: boolean;
    }
  | {
      readonly kind: 'behaviour';
      readonly atMs: number;
      readonly name: BehaviourName;
      readonly product: string;
      readonly value: number;
    }
  | {
      readonly kind: 'decision';
      readonly atMs: number;
      readonly rule: string;
      readonly channel: string;
      readonly state: DecisionState;
    }
  | {
      readonly kind: 'outcome';
      readonly atMs: number;
      readonly outcome: 'repurchased' | 'reversed';
      readonly netFen: number;
    };

export type NextList =
  | Extract<NextProducts, { kind: 'insufficient-evidence' }>
  | (Omit<Extract<NextProducts, { kind: 'ranked' }>, 'products'> & {
      /** `because`: name of the product a reason speaks of; empty otherwise. */
      readonly products: readonly (Extract<NextProducts, { kind: 'ranked' }>['products'][number] &
        CardProduct & { readonly because: string })[];
    });

export interface CustomerCard {
  readonly id: string;
  readonly alias: string;
  readonly maskedPhone: string;
  readonly explanation: Omit<CustomerExplanation, 'windows'> & {
    readonly windows: readonly (WindowExplanation & CardProduct)[];
  };
  /** Beliefs that the shop's own back-test found no better: their baselines answer on this card. */
  readonly notUsed: readonly TestedBelief[];
  /** What the next basket may hold, likeliest first. */
  readonly next: NextList;
  /** By dense product of the explanation's interest events. */
  readonly productNames: Readonly<Record<number, string>>;
  readonly reach: readonly CardReach[];
  /** No more marketing may go out in these seven days. */
  readonly isCapReached: boolean;
  /** Null for a family that bought no formula and told of no child; `told` is what this member may see and change. */
  readonly household: {
    readonly told: Pick<Child, 'birthMonth' | 'feeding' | 'atMs'> | null;
    readonly runOut: RunOut | NoRunOut;
  } | null;
  /** Promises made and not kept, complaints opened and not closed. */
  readonly open: readonly { readonly kind: 'promise' | 'complaint'; readonly product: string; readonly atMs: number }[];
  /** Newest first. */
  readonly recent: readonly CardEvent[];
  /** Tags a person may add. */
  readonly tagNames: readonly string[];
}

/** `again`: bought before; `new`: never. */
export type BuyerKind = 'again' | 'new';

export interface BuyerRow extends CustomerRow {
  /** That the next basket holds the product. */
  readonly probability: number;
  readonly reason: NextReason;
  readonly facts: BuyerFacts;
  /** Name of the product a reason speaks of; empty otherwise. */
  readonly because: string;
}

export interface Buyers {
  readonly name: string;
  readonly category: string;
  readonly basis: 'learnt' | 'built-in';
  /** Who was asked for, how many of their next baskets may be expected to hold it, and a page, likeliest first. */
  readonly total: number;
  readonly expected: number;
  readonly rows: readonly BuyerRow[];
}

/** A person's word about a customer's tag; `none` leaves it to what is bought. */
export interface TagMark {
  readonly id: string;
  readonly state: 'on' | 'off' | 'none';
}

export interface CustomersRequests {
  /** With the family's consent; an empty month takes it back. Refused with `wrong-month`. */
  'customers.tell-child': {
    ask: { readonly id: string; readonly birthMonth: string; readonly feeding: Feeding };
    answer: null;
  };
  'customers.overview': { ask: null; answer: CustomerOverview };
  'customers.page': {
    ask: {
      readonly filter: CustomerFilter;
      readonly sort: CustomerSort;
      readonly first: number;
      readonly count: number;
    };
    answer: { readonly total: number; readonly milliseconds: number; readonly rows: readonly CustomerRow[] };
  };
  /** Null when nobody has this id any more. */
  'customers.card': { ask: { readonly id: string }; answer: CustomerCard | null };
  /** Who may buy one product, of those bought before or never (empty: both), `least` or likelier; null: no such product. */
  'customers.buyers': {
    ask: {
      readonly product: string;
      readonly kind: BuyerKind | '';
      readonly least: number;
      readonly first: number;
      readonly count: number;
    };
    answer: Buyers | null;
  };
  'customers.mark-tag': {
    ask: { readonly tag: string; readonly marks: readonly TagMark[] };
    /** What was marked before: asking for it takes the marks back. */
    answer: readonly TagMark[];
  };
}
