/** What the day asks for: which products are due for whom, and who is about to be lost. */
import { type BeliefColumns, evidences, stages } from '#core/insight/profile/belief-columns.ts';
import { dueChance, dueDays } from '#core/insight/repurchase/due-chance.ts';
import { isDue, isOverdue, markDueDays } from '#core/insight/repurchase/is-due.ts';
import { dueState } from '#core/insight/repurchase/due-state.ts';
import { ownPurchases } from '#core/insight/repurchase/derive-pairs.ts';
import { productKey } from '#core/insight/product-key.ts';
import { chanceAt, dayAt } from '#core/insight/repurchase/pair-columns.ts';
import { medianInPlace } from '#core/statistics/median.ts';
import { roundDays } from '#core/statistics/rounding.ts';
import { customerRow } from './customer-rows.ts';
import type { EngineContext, Handlers } from './engine-context.ts';
import type { DueProduct, RiskSummary, TodayRequests } from './today.messages.ts';

const comingDays = new Uint8Array(dueDays);
const priorAlone = evidences.indexOf('prior');

export const todayHandlers = (context: EngineContext): Handlers<TodayRequests> => ({
  'today.due': ({ products, people }) => dueOf(context, products, people),
  'today.risk': () => riskOf(context),
});

interface Tally {
  due: number;
  own: number;
  prior: number;
  /** Pairs of the people due. */
  readonly pairs: number[];
  overdue: number;
  soon: number;
  expected: number;
  readonly best: { customer: number; pair: number }[];
}

const emptyTally = (): Tally => ({ due: 0, own: 0, prior: 0, pairs: [], overdue: 0, soon: 0, expected: 0, best: [] });

function dueOf(context: EngineContext, products: number, people: number): TodayRequests['today.due']['answer'] {
  const beliefs = context.beliefs();
  const tallies = new Map<number, Tally>();
  let due = 0;
  let overdue = 0;
  let hasWindows = false;
  for (let c = 0; c < beliefs.customerCount; c++) {
    if (beliefs.isPresent[c] !== 1) continue;
    for (let pair = beliefs.pairStart[c] ?? 0; pair < (beliefs.pairEnd[c] ?? 0); pair++) {
      const product = beliefs.pairProduct[pair] ?? 0;
      const tally = tallies.get(product) ?? emptyTally();
      tallies.set(product, tally);
      tally.expected += chanceAt(beliefs.pairWithin14, pair);
      hasWindows ||= evidences[beliefs.pairEvidence[pair] ?? 0] !== 'insufficient-evidence';
      if (isDue(beliefs, pair)) {
        tally.due++;
        tally.pairs.push(pair);
        if ((beliefs.pairPurchases[pair] ?? 0) >= ownPurchases) tally.own++;
        else if (beliefs.pairEvidence[pair] === priorAlone) tally.prior++;
        keepBest(tally.best, beliefs, c, pair, people);
      } else if (isOverdue(beliefs, pair)) tally.overdue++;
      else if (isSoon(beliefs, pair)) tally.soon++;
    }
    const state = dueState(beliefs, c);
    if (state === 'due') due++;
    else if (state === 'overdue') overdue++;
  }
  const listed = [...tallies]
    .filter(([, tally]) => tally.due > 0)
    .sort(([a, one], [b, other]) => other.due - one.due || a - b)
    .slice(0, products);
  const rows = listed.map(([product, tally]) => dueProduct(context, beliefs, product, tally));
  return { due, overdue, products: rows, hasWindows };
}

function dueProduct(context: EngineContext, beliefs: BeliefColumns, dense: number, tally: Tally): DueProduct {
  const product = context.ledger.product(dense);
  return {
    product: productKey(product),
    name: product.name,
    category: product.category,
    due: tally.due,
    own: tally.own,
    prior: tally.prior,
    window: windowOfMany(beliefs, tally.pairs),
    overdue: tally.overdue,
    soon: tally.soon,
    expected14: roundDays(tally.expected),
    people: tally.best.map(({ customer, pair }) => customerRow(context.ledger, beliefs, customer, pair)),
  };
}

/** Not due today, but on one of the next days. */
function isSoon(beliefs: BeliefColumns, pair: number): boolean {
  return chanceAt(beliefs.pairWithin14, pair) >= dueChance && markDueDays(beliefs, pair, 1, comingDays);
}

/** The middle window of several people, by whole percentiles: one late customer does not move it. */
function windowOfMany(beliefs: BeliefColumns, pairs: readonly number[]): DueProduct['window'] {
  const middle = (column: Int32Array): number =>
    roundDays(
      medianInPlace(
        Float64Array.from(pairs, (pair) => dayAt(column, pair) - beliefs.asOfDay),
        pairs.length,
      ),
    );
  return { p10: middle(beliefs.pairP10), p50: middle(beliefs.pairP50), p90: middle(beliefs.pairP90) };
}

function keepBest(best: Tally['best'], beliefs: BeliefColumns, customer: number, pair: number, most: number): void {
  const chance = chanceAt(beliefs.pairWithin14, pair);
  let at = best.length;
  while (at > 0 && chanceAt(beliefs.pairWithin14, best[at - 1]?.pair ?? 0) < chance) at--;
  if (at >= most) return;
  best.splice(at, 0, { customer, pair });
  if (best.length > most) best.pop();
}

function riskOf(context: EngineContext): RiskSummary {
  const beliefs = context.beliefs();
  const { overdueRatio: limit } = context.parameters().lifecycle;
  const warning = stages.indexOf('churn-warning');
  const recent = { people: 0, valueFen: 0 };
  let people = 0;
  for (let c = 0; c < beliefs.customerCount; c++) {
    if (beliefs.isPresent[c] !== 1 || beliefs.stage[c] !== warning) continue;
    people++;
    const daysSince = beliefs.asOfDay - (beliefs.lastDay[c] ?? 0);
    const sinceWarning = daysSince * (1 - limit / (beliefs.overdueRatio[c] ?? limit));
    if (sinceWarning >= 7) continue;
    recent.people++;
    recent.valueFen += beliefs.valueAtRiskFen[c] ?? 0;
  }
  return { people, recent };
}
