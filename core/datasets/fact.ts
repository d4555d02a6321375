/**
 * The facts: what happened, as rows. A fact has a key and a rank (sync contract, section 3). The key says which facts
 * are the same; the rank says which of them is kept: (status order, export time or event version, import time, chunk
 * id), compared in that order. Equal facts add nothing. All times are milliseconds since the epoch, money is fen,
 * quantities are thousandths.
 */
import type { IdentityKeyKind } from '#core/identity/key-kind.ts';
import type { CampaignId, CustomerId } from '../units/ids.ts';

export { identityKeyKinds, type IdentityKeyKind } from '#core/identity/key-kind.ts';

/** In order of finality: a later one of the same line outranks an earlier one. */
export const orderStatuses = [
  'created',
  'paid',
  'shipped',
  'done',
  'closed',
  'partially-refunded',
  'refunded',
] as const;
export type OrderStatus = (typeof orderStatuses)[number];

/** Key: (shop, order, item, nth). `created` and `closed` lines were never paid and count in no belief. */
export interface OrderLine {
  readonly kind: 'order-line';
  readonly shop: string;
  readonly order: string;
  /** The platform's own item key: SKU code, else name and specification. Products own these as aliases. */
  readonly item: string;
  readonly nth: number;
  readonly itemName: string;
  readonly customer: CustomerId;
  /** Paid time where known, else created time. */
  readonly atMs: number;
  readonly quantityMilli: number;
  /** What the customer paid for this line, discounts taken off, refunds not. */
  readonly paidFen: number;
  readonly status: OrderStatus;
  /** `live`, `mini-program`, `community`, `wecom`, `pos` or the platform's own word. */
  readonly channel: string;
  /** Payer and eater differ, or nothing was paid: kept, but excluded from cycles. */
  readonly isGift: boolean;
  /** When the file this came from was exported (or the event's version); part of the rank. */
  readonly exportMs: number;
}

/** Key: (shop, order, item, nth, refund). Points at an order line by its key and waits when that is not here yet. */
export interface Refund {
  readonly kind: 'refund';
  readonly shop: string;
  readonly order: string;
  readonly item: string;
  readonly nth: number;
  /** The platform's refund number, or `total` where a file carries only the sum refunded so far. */
  readonly refund: string;
  readonly atMs: number;
  readonly refundFen: number;
  readonly exportMs: number;
}

export const behaviours = [
  'viewer-joined',
  'viewer-left',
  'product-viewed',
  'product-clicked',
  'product-added',
  'comment-posted',
  'gift-sent',
  'product-shown',
  'audience-sampled',
  'clip-watched',
  'link-clicked',
  'promise-made',
  'promise-kept',
  'complaint-opened',
  'complaint-closed',
  'highlight-marked',
  'broadcast-started',
  'broadcast-ended',
  'opted-out',
  'promotion-opened',
  'knowledge-opened',
  'story-opened',
] as const;
export type BehaviourName = (typeof behaviours)[number];

/** Key: (source, id). What people did, and what a broadcast showed. */
export interface Behaviour {
  readonly kind: 'behaviour';
  readonly source: string;
  readonly id: string;
  readonly name: BehaviourName;
  readonly atMs: number;
  /** Empty when nobody is known (an audience sample). */
  readonly customer: CustomerId | '';
  readonly item: string;
  readonly campaign: CampaignId | '';
  /** Seconds watched, viewers counted, likes: by name. 0 when it has no size. */
  readonly value: number;
  /** A comment's text, kept 30 days; empty otherwise. */
  readonly text: string;
}

/** Key: (decision). What was decided for a customer, by which rule, and what became of it. */
export interface Decision {
  readonly kind: 'decision';
  readonly decision: string;
  readonly customer: CustomerId;
  readonly campaign: CampaignId | '';
  /** `follow-up/ordered`, `follow-up/watched`, `follow-up/missed`, `invitation`, `move-suggestion` ... */
  readonly rule: string;
  readonly ruleVersion: number;
  readonly asOfDay: number;
  readonly parameterVersion: number;
  readonly arm: 'act' | 'hold-out';
  readonly channel: string;
  readonly item: string;
  readonly coupon: string;
  readonly reason: string;
  /** `planned` → `handed-over` → `confirmed` | `refused` | `expired` | `taken-back`; a later version outranks. */
  readonly state: DecisionState;
  readonly version: number;
  readonly byMember: string;
  readonly atMs: number;
}
export const decisionStates = ['planned', 'handed-over', 'confirmed', 'refused', 'expired', 'taken-back'] as const;
export type DecisionState = (typeof decisionStates)[number];

/** Key: (decision, outcome). What people did within the label window of a decision; recomputed, so idempotent. */
export interface Outcome {
  readonly kind: 'outcome';
  readonly decision: string;
  readonly outcome: 'repurchased' | 'coupon-used' | 'reversed';
  readonly customer: CustomerId;
  readonly atMs: number;
  readonly order: string;
  readonly netFen: number;
  readonly version: number;
}

/** Key: (key kind, key, customer). A strong key belongs to a person: customer ids that share one are the same. */
export interface IdentityLink {
  readonly kind: 'identity-link';
  /** `phone` and `email` are HMACs; platform ids are stored as given. `masked-phone` only ever suggests. */
  readonly keyKind: IdentityKeyKind;
  readonly key: string;
  readonly customer: CustomerId;
  readonly atMs: number;
}

/** Key: (customer). What to call someone; personal data. */
export interface Alias {
  readonly kind: 'alias';
  readonly customer: CustomerId;
  readonly alias: string;
  readonly maskedPhone: string;
  readonly byPerson: boolean;
  readonly atMs: number;
}

/** Key: (customer, channel, purpose). `refused` always wins over `granted`, whatever its date. */
export interface Consent {
  readonly kind: 'consent';
  readonly customer: CustomerId;
  readonly channel: string;
  readonly purpose: 'marketing' | 'service' | 'naming';
  readonly state: 'granted' | 'refused';
  /** Where it comes from: `import:<id>`, `message`, `member:<id>`, `basis:<text>`. */
  readonly source: string;
  readonly atMs: number;
}

/** Key: (customer, tag). A person's word about a tag; wins over the machine's. `state` `none` gives it back. */
export interface TagMark {
  readonly kind: 'tag-mark';
  readonly customer: CustomerId;
  readonly tag: string;
  readonly state: 'on' | 'off' | 'none';
  readonly byMember: string;
  readonly atMs: number;
}

export const feedings = ['formula', 'mixed'] as const;
export type Feeding = (typeof feedings)[number];

/** Key: (customer). The child a family buys formula for, told and kept with their consent. */
export interface Child {
  readonly kind: 'child';
  readonly customer: CustomerId;
  /** `2026-03`; empty: the family took it back. */
  readonly birthMonth: string;
  readonly feeding: Feeding;
  readonly byMember: string;
  readonly atMs: number;
}

export type Fact =
  OrderLine | Refund | Behaviour | Decision | Outcome | IdentityLink | Alias | Consent | TagMark | Child;
export type FactKind = Fact['kind'];

export const datasets = [
  'orders',
  'behaviour',
  'touches',
  'decisions',
  'outcomes',
  'identity',
  'profile',
  'stock',
] as const;
export type Dataset = (typeof datasets)[number];

export const datasetOfKind: Readonly<Record<FactKind, Dataset>> = {
  'order-line': 'orders',
  refund: 'orders',
  behaviour: 'behaviour',
  decision: 'decisions',
  outcome: 'outcomes',
  'identity-link': 'identity',
  alias: 'identity',
  consent: 'identity',
  'tag-mark': 'profile',
  child: 'profile',
};
