/**
 * What the in-memory ledger shows to the stages after it. Customers, products and orders are dense numbers that exist
 * only inside one ledger: never store or send them. Columns are append-only in order of arrival; a row counts while
 * `live[row]` is 1 (it holds the highest rank of its key, and its import is not withdrawn). Capacity may exceed
 * `count`; columns may be replaced when they grow, so take them afresh after each change.
 */
import type { Behaviour, BehaviourName, Child, Consent, Decision, IdentityKeyKind, Outcome } from './fact.ts';

/** As narrow as the numbers in it allow: a million lines are held in memory and read again and again. */
export type FittedColumn = Uint8Array | Uint16Array | Int32Array | Float64Array;

export interface OrderLineColumns {
  readonly count: number;
  readonly live: Uint8Array;
  /** Dense customer, merges resolved. */
  readonly customer: Int32Array;
  readonly order: Int32Array;
  /** Dense product, catalogue aliases resolved. */
  readonly product: FittedColumn;
  readonly atMs: Float64Array;
  readonly day: FittedColumn;
  readonly quantityMilli: FittedColumn;
  readonly paidFen: FittedColumn;
  /** Refunds known so far, at most what was paid. */
  readonly refundFen: FittedColumn;
  readonly channel: Uint16Array;
  /** Bits of `lineFlag`. Lines with a flag other than `partlyRefunded` are left out of cycles. */
  readonly flags: Uint8Array;
}

export const lineFlag = { gift: 1, unpaid: 2, refunded: 4, partlyRefunded: 8, test: 16, free: 32, charge: 64 } as const;
/** Lines with any of these bits count in no belief. A gift that somebody paid for is a purchase of who paid. */
export const notAPurchase = lineFlag.unpaid | lineFlag.refunded | lineFlag.test | lineFlag.free;

export interface BehaviourColumns {
  readonly count: number;
  readonly live: Uint8Array;
  /** -1 when nobody is known. */
  readonly customer: Int32Array;
  /** -1 when it concerns no product. */
  readonly product: Int32Array;
  /** Index into `behaviours`. */
  readonly name: Uint8Array;
  readonly atMs: Float64Array;
  readonly value: Float64Array;
  /** Index into `Ledger.campaigns`, -1 when none. */
  readonly campaign: Int32Array;
}

export interface LedgerCustomer {
  readonly id: string;
  readonly alias: string;
  readonly maskedPhone: string;
}

export interface IdentityKey {
  readonly keyKind: IdentityKeyKind;
  /** As it is stored: of a contact detail the hash. */
  readonly key: string;
}

export interface LedgerProduct {
  /** Catalogue id; empty while no product owns the item. */
  readonly productId: string;
  /** Item keys as the platforms write them. */
  readonly items: readonly string[];
  readonly name: string;
  readonly category: string;
  readonly tags: readonly string[];
}

export interface Ledger {
  /** Grows by one with every change that was taken in. */
  readonly version: number;
  readonly orderLines: OrderLineColumns;
  readonly behaviours: BehaviourColumns;
  readonly customerCount: number;
  readonly productCount: number;
  readonly orderCount: number;
  readonly channels: readonly string[];
  readonly campaigns: readonly string[];
  customer(dense: number): LedgerCustomer;
  /** The dense number this one was merged into, or itself. Only canonical customers own lines, behaviours and facts. */
  canonical(dense: number): number;
  /** Somebody in the data who is no customer: stands in no list and counts in no belief. */
  isExcluded(dense: number): boolean;
  /** The customer id that carries a strong key, or empty: how an import finds people it knows. */
  customerOfKey(keyKind: IdentityKeyKind, key: string): string;
  /** What tells who a person is, of all their ids. */
  keysOf(dense: number): readonly IdentityKey[];
  /** -1 when unknown. Ids that were merged away answer with whom they were merged into. */
  denseCustomer(id: string): number;
  product(dense: number): LedgerProduct;
  denseProduct(productIdOrItem: string): number;
  /** The order's number as its shop writes it. */
  orderName(dense: number): string;
  /** Live order lines of a customer, oldest first (ties by order, then item). A view that the next call overwrites. */
  linesOfCustomer(dense: number): Int32Array;
  /** Live behaviour rows of a customer, oldest first. A view that the next call overwrites. */
  behavioursOfCustomer(dense: number): Int32Array;
  decisionsOfCustomer(dense: number): readonly Decision[];
  outcomesOfCustomer(dense: number): readonly Outcome[];
  decisionsOfCampaign(campaign: string): readonly Decision[];
  behavioursNamed(name: BehaviourName, campaign: string): readonly Behaviour[];
  /** `refused` wins; `unknown` when nobody ever said. */
  consent(
    dense: number,
    channel: string,
    purpose: Consent['purpose'],
  ): { state: 'granted' | 'refused' | 'unknown'; source: string; atMs: number };
  /** A person's tag marks: tag → on or off. */
  tagMarks(dense: number): ReadonlyMap<string, 'on' | 'off'>;
  /** What the family last told of the child they buy formula for; null when nothing, or taken back. */
  child(dense: number): Child | null;
  /** Customers whose facts changed since `version`, each once, in ascending order. */
  changedSince(version: number): Int32Array;
}
