/** The one way to make facts in tests: say what matters, the rest is ordinary. */
import type {
  Alias,
  Behaviour,
  Child,
  Consent,
  Decision,
  IdentityLink,
  OrderLine,
  Outcome,
  Refund,
  TagMark,
} from '#core/datasets/fact.ts';
import { msFromDay } from '#core/units/business-day.ts';
import type { CustomerId } from '#core/units/ids.ts';

/** Noon of a business day counted from 2026-01-01. */
export const atDay = (day: number): number => msFromDay(20_454 + day) + 12 * 3_600_000;

/** `aCustomerId(7)` is `0000000000000007`. */
export const aCustomerId = (number = 1): CustomerId => number.toString(16).padStart(16, '0') as CustomerId;

export const anOrderLine = (fields: Partial<OrderLine> = {}): OrderLine => ({
  kind: 'order-line',
  shop: 'shop',
  order: 'o-1',
  item: 'milk',
  nth: 0,
  itemName: fields.item ?? 'milk',
  customer: aCustomerId(),
  atMs: atDay(0),
  quantityMilli: 1000,
  paidFen: 1000,
  status: 'paid',
  channel: 'live',
  isGift: false,
  exportMs: 0,
  ...fields,
});

export const aRefund = (fields: Partial<Refund> = {}): Refund => ({
  kind: 'refund',
  shop: 'shop',
  order: 'o-1',
  item: 'milk',
  nth: 0,
  refund: 'r-1',
  atMs: atDay(5),
  refundFen: 1000,
  exportMs: 0,
  ...fields,
});

export const aBehaviour = (fields: Partial<Behaviour> = {}): Behaviour => ({
  kind: 'behaviour',
  source: 'live',
  id: 'e-1',
  name: 'product-viewed',
  atMs: atDay(0),
  customer: aCustomerId(),
  item: 'milk',
  campaign: '',
  value: 0,
  text: '',
  ...fields,
});

export const aDecision = (fields: Partial<Decision> = {}): Decision => ({
  kind: 'decision',
  decision: 'd-1',
  customer: aCustomerId(),
  campaign: '',
  rule: 'follow-up/ordered',
  ruleVersion: 1,
  asOfDay: 20_454,
  parameterVersion: 1,
  arm: 'act',
  channel: 'wecom',
  item: '',
  coupon: '',
  reason: '',
  state: 'planned',
  version: 1,
  byMember: 'm-1',
  atMs: atDay(0),
  ...fields,
});

export const anOutcome = (fields: Partial<Outcome> = {}): Outcome => ({
  kind: 'outcome',
  decision: 'd-1',
  outcome: 'repurchased',
  customer: aCustomerId(),
  atMs: atDay(3),
  order: 'o-1',
  netFen: 1000,
  version: 1,
  ...fields,
});

export const anIdentityLink = (fields: Partial<IdentityLink> = {}): IdentityLink => ({
  kind: 'identity-link',
  keyKind: 'phone',
  key: 'hash-1',
  customer: aCustomerId(),
  atMs: atDay(0),
  ...fields,
});

export const anAlias = (fields: Partial<Alias> = {}): Alias => ({
  kind: 'alias',
  customer: aCustomerId(),
  alias: 'Lin',
  maskedPhone: '138****0000',
  byPerson: false,
  atMs: atDay(0),
  ...fields,
});

export const aConsent = (fields: Partial<Consent> = {}): Consent => ({
  kind: 'consent',
  customer: aCustomerId(),
  channel: 'wecom',
  purpose: 'marketing',
  state: 'granted',
  source: 'message',
  atMs: atDay(0),
  ...fields,
});

export const aChild = (fields: Partial<Child> = {}): Child => ({
  kind: 'child',
  customer: aCustomerId(),
  birthMonth: '2026-01',
  feeding: 'formula',
  byMember: 'm-1',
  atMs: atDay(0),
  ...fields,
});

export const aTagMark = (fields: Partial<TagMark> = {}): TagMark => ({
  kind: 'tag-mark',
  customer: aCustomerId(),
  tag: 'baking',
  state: 'on',
  byMember: 'm-1',
  atMs: atDay(0),
  ...fields,
});
