/**
 * The columns of each kind of fact, in the order in which a chunk of version 1 holds them. A chunk stores the kind as
 * its place in `kindCodes`; both lists may only grow at the end, because stored chunks stay readable for ever.
 */
import { identityKeyKinds } from '#core/identity/key-kind.ts';
import { behaviours, decisionStates, feedings, orderStatuses, type FactKind } from './fact.ts';

export type ColumnShape =
  | { readonly type: 'text' | 'number' | 'flag' }
  /** Sixteen hex digits; `mayBeNobody` where it may be empty. */
  | { readonly type: 'customer'; readonly mayBeNobody: boolean }
  /** One of a fixed list; stored as text, so that the list may grow. */
  | { readonly type: 'word'; readonly words: readonly string[] };

export const kindCodes: readonly FactKind[] = [
  'order-line',
  'refund',
  'behaviour',
  'decision',
  'outcome',
  'identity-link',
  'alias',
  'consent',
  'tag-mark',
  'child',
];

const text: ColumnShape = { type: 'text' };
const number: ColumnShape = { type: 'number' };
const flag: ColumnShape = { type: 'flag' };
const customer: ColumnShape = { type: 'customer', mayBeNobody: false };
const customerOrNobody: ColumnShape = { type: 'customer', mayBeNobody: true };
const oneOf = (words: readonly string[]): ColumnShape => ({ type: 'word', words });

export const factSchema: Readonly<Record<FactKind, Readonly<Record<string, ColumnShape>>>> = {
  'order-line': {
    shop: text,
    order: text,
    item: text,
    nth: number,
    itemName: text,
    customer,
    atMs: number,
    quantityMilli: number,
    paidFen: number,
    status: oneOf(orderStatuses),
    channel: text,
    isGift: flag,
    exportMs: number,
  },
  refund: {
    shop: text,
    order: text,
    item: text,
    nth: number,
    refund: text,
    atMs: number,
    refundFen: number,
    exportMs: number,
  },
  behaviour: {
    source: text,
    id: text,
    name: oneOf(behaviours),
    atMs: number,
    customer: customerOrNobody,
    item: text,
    campaign: text,
    value: number,
    text,
  },
  decision: {
    decision: text,
    customer,
    campaign: text,
    rule: text,
    ruleVersion: number,
    asOfDay: number,
    parameterVersion: number,
    arm: oneOf(['act', 'hold-out']),
    channel: text,
    item: text,
    coupon: text,
    reason: text,
    state: oneOf(decisionStates),
    version: number,
    byMember: text,
    atMs: number,
  },
  outcome: {
    decision: text,
    outcome: oneOf(['repurchased', 'coupon-used', 'reversed']),
    customer,
    atMs: number,
    order: text,
    netFen: number,
    version: number,
  },
  'identity-link': { keyKind: oneOf(identityKeyKinds), key: text, customer, atMs: number },
  alias: { customer, alias: text, maskedPhone: text, byPerson: flag, atMs: number },
  consent: {
    customer,
    channel: text,
    purpose: oneOf(['marketing', 'service', 'naming']),
    state: oneOf(['granted', 'refused']),
    source: text,
    atMs: number,
  },
  'tag-mark': { customer, tag: text, state: oneOf(['on', 'off', 'none']), byMember: text, atMs: number },
  child: { customer, birthMonth: text, feeding: oneOf(feedings), byMember: text, atMs: number },
};
