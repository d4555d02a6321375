/** What a list shows of a customer, made only for the rows that are asked for. */
import type { Ledger } from '#core/datasets/ledger-columns.ts';
import {
  type BeliefColumns,
  type Evidence,
  type RfmName,
  type Stage,
  evidences,
  rfmNames,
  stages,
} from '#core/insight/profile/belief-columns.ts';
import { isDue, isOverdue } from '#core/insight/repurchase/is-due.ts';
import { dueState } from '#core/insight/repurchase/due-state.ts';
import type { CustomerRow, WindowMark } from '#core/insight/profile/customer-row.ts';
import { chanceAt, dayAt } from '#core/insight/repurchase/pair-columns.ts';
import type { CustomerFilter } from './customers.messages.ts';

export const customerRow = (
  ledger: Ledger,
  beliefs: BeliefColumns,
  dense: number,
  pair = nextPair(beliefs, dense),
): CustomerRow => {
  const { id, alias, maskedPhone } = ledger.customer(dense);
  return {
    id,
    alias,
    maskedPhone,
    rfm: rfmNames[beliefs.rfm[dense] ?? 0] as RfmName,
    stage: stages[beliefs.stage[dense] ?? 0] as Stage,
    netFen: beliefs.netFen[dense] ?? 0,
    orders: beliefs.orders[dense] ?? 0,
    lastDay: beliefs.lastDay[dense] ?? -1,
    churn60: beliefs.churn60[dense] ?? 0,
    next: pair < 0 ? null : windowMark(ledger, beliefs, pair),
  };
};

export const windowMark = (ledger: Ledger, beliefs: BeliefColumns, pair: number): WindowMark => ({
  product: ledger.product(beliefs.pairProduct[pair] ?? 0).name,
  category: ledger.product(beliefs.pairProduct[pair] ?? 0).category,
  p10: dayAt(beliefs.pairP10, pair),
  p50: dayAt(beliefs.pairP50, pair),
  p90: dayAt(beliefs.pairP90, pair),
  within14: chanceAt(beliefs.pairWithin14, pair),
  evidence: evidences[beliefs.pairEvidence[pair] ?? 3] as Evidence,
  purchases: beliefs.pairPurchases[pair] ?? 0,
});

/** The likeliest product, preferring one that rests on the customer's own rhythm when it is nearly as likely. */
export const nextPair = (beliefs: BeliefColumns, dense: number): number => {
  const from = beliefs.pairStart[dense] ?? 0;
  const to = beliefs.pairEnd[dense] ?? 0;
  return from < to ? from : -1;
};

/** The likeliest pair that the filter's product and due state ask for; -1 when there is none. */
export const wantedPair = (
  beliefs: BeliefColumns,
  dense: number,
  due: CustomerFilter['due'],
  product: number,
): number => {
  // Over all products one person has one state: who is due for another product is not past it.
  if (due === 'overdue' && product < 0 && dueState(beliefs, dense) !== 'overdue') return -1;
  const to = beliefs.pairEnd[dense] ?? 0;
  for (let pair = beliefs.pairStart[dense] ?? 0; pair < to; pair++) {
    if (product >= 0 && beliefs.pairProduct[pair] !== product) continue;
    if (due === 'due' && !isDue(beliefs, pair)) continue;
    if (due === 'overdue' && !isOverdue(beliefs, pair)) continue;
    return pair;
  }
  return -1;
};
