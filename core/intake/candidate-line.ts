/**
 * A row of an order file, read: what was bought, by which keys, for how much. Candidates have no customer id yet and
 * money may still wait to be shared out over the order's lines (`allocate-order.ts`).
 */
import type { KeyKind } from './customer-key.ts';

export type LineStatus = 'created' | 'paid' | 'shipped' | 'done' | 'closed' | 'partially-refunded' | 'refunded';

export interface CandidateKey {
  readonly kind: KeyKind;
  /** As given; phones and emails normalised, in clear. */
  readonly key: string;
}

/** Mutable: the reader makes one for each row, `allocate-order` settles its money and its `nth`. */
export interface CandidateLine {
  line: number;
  shop: string;
  order: string;
  subOrder: string;
  item: string;
  itemName: string;
  category: string;
  nth: number;
  quantityMilli: number;
  /** What this line was paid; NaN until the order's total is shared out. */
  paidFen: number;
  /** List price times quantity, or the like: how an order's total is shared out. NaN where unknown. */
  weightFen: number;
  /** Said of the whole order; NaN where the row is silent. */
  orderPaidFen: number;
  freightFen: number;
  orderDiscountFen: number;
  refundFen: number;
  orderRefundFen: number;
  atMs: number;
  status: LineStatus;
  /** The row says nothing about its state: an earlier row of the order may. */
  hasStatus: boolean;
  /** A state nobody has taught us; empty otherwise. */
  statusCell: string;
  channel: string;
  isGift: boolean;
  keys: readonly CandidateKey[];
  nickname: string;
  /** A person's words about the customer. */
  tags: readonly string[];
  /** The buyer's word on being written to one by one; empty where the row says none. */
  consent: 'granted' | 'refused' | '';
  /** The row as it stands in the file. */
  raw: string;
}

/** What is asked of a line once its order is settled. */
export type SettledLine = Readonly<
  Pick<
    CandidateLine,
    | 'shop'
    | 'order'
    | 'item'
    | 'itemName'
    | 'category'
    | 'nth'
    | 'quantityMilli'
    | 'paidFen'
    | 'refundFen'
    | 'atMs'
    | 'status'
    | 'channel'
    | 'isGift'
    | 'keys'
    | 'nickname'
    | 'tags'
    | 'consent'
  >
>;

/** Why a row was not taken, or was taken with a word to say. Kebab codes; sentences live in `web/words`. */
export const problemKinds = [
  'time-unreadable',
  'time-in-future',
  'order-missing',
  'item-missing',
  'customer-missing',
  'amount-unreadable',
  'currency-other',
  'quantity-unreadable',
  'cells-missing',
  'return-without-purchase',
  'row-repeated',
  'paid-nothing',
  'refund-above-paid',
  'status-unknown',
  'tag-too-long',
] as const;
export type ProblemKind = (typeof problemKinds)[number];

/** Rows with these are kept unless a person says otherwise. */
export const keptProblems: readonly ProblemKind[] = [
  'paid-nothing',
  'refund-above-paid',
  'status-unknown',
  'tag-too-long',
];

export interface Problem {
  readonly kind: ProblemKind;
  /** In the file, from 1. */
  readonly line: number;
  /** The cell that is to blame, or the two that disagree. */
  readonly cell: string;
  /** The row as it stands in the file. */
  readonly raw: string;
}
