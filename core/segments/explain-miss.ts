/**
 * Why a rule means one customer or does not: every condition with whether it is met and the numbers behind it. The
 * same predicates as the columns, so an explanation never contradicts the count.
 */
import type { Ledger } from '#core/datasets/ledger-columns.ts';
import {
  type BeliefColumns,
  type Evidence,
  type RfmName,
  type Stage,
  evidences,
  hasTag,
  rfmNames,
  stages,
} from '#core/insight/profile/belief-columns.ts';
import { isDue } from '#core/insight/repurchase/is-due.ts';
import { chanceAt, dayAt } from '#core/insight/repurchase/pair-columns.ts';
import { channelMask, compares, consentMask, firstDayWithin, numberOf, productsOf } from './match-condition.ts';
import type { Condition, Expression, Rule, Target } from './rule.ts';

export type ConditionDetail =
  | { readonly kind: 'tag'; readonly has: readonly string[] }
  | { readonly kind: 'rfm'; readonly name: RfmName }
  | { readonly kind: 'stage'; readonly name: Stage }
  /** NaN without a purchase. */
  | { readonly kind: 'number'; readonly value: number }
  /** -1 when never bought. */
  | { readonly kind: 'bought'; readonly lastDay: number; readonly purchases: number }
  | {
      readonly kind: 'window';
      /** Empty when there is no window at all. */
      readonly product: string;
      readonly fromDay: number;
      readonly toDay: number;
      readonly evidence: Evidence;
      readonly purchases: number;
      /** The chance of a purchase within seven days: below `dueChance` a day inside the window is not due. */
      readonly within7: number;
    }
  | { readonly kind: 'channel' | 'consent'; readonly has: readonly string[] };

export interface ConditionCheck {
  readonly line: number;
  readonly condition: Condition;
  /** The rule wants the opposite of the condition. */
  readonly isNegated: boolean;
  /** Whether what the rule wants is so. */
  readonly isMet: boolean;
  readonly detail: ConditionDetail;
}

export interface MissExplanation {
  readonly isMeant: boolean;
  readonly checks: readonly ConditionCheck[];
}

export const explainMiss = (rule: Rule, ledger: Ledger, beliefs: BeliefColumns, dense: number): MissExplanation => {
  const checks: ConditionCheck[] = [];
  const walk = (expression: Expression, line: number, isNegated: boolean): boolean => {
    if (expression.kind === 'not') return !walk(expression.part, line, !isNegated);
    if (expression.kind === 'is') {
      const { condition } = expression;
      const { fits, detail } = check(condition, ledger, beliefs, dense);
      checks.push({ line, condition, isNegated, isMet: fits !== isNegated, detail });
      return fits;
    }
    const met = expression.parts.map((part) => walk(part, line, isNegated));
    return expression.kind === 'all' ? met.every(Boolean) : met.some(Boolean);
  };
  let isMeant = true;
  rule.lines.forEach(({ join, line, expression }, at) => {
    const fits = walk(expression, line, false);
    isMeant = join === 'any' && at > 0 ? isMeant || fits : isMeant && fits;
  });
  return { isMeant: isMeant && beliefs.isPresent[dense] === 1, checks };
};

function check(
  condition: Condition,
  ledger: Ledger,
  beliefs: BeliefColumns,
  dense: number,
): { fits: boolean; detail: ConditionDetail } {
  switch (condition.kind) {
    case 'tag': {
      const has = beliefs.tagNames.filter((_, tag) => hasTag(beliefs, dense, tag));
      return { fits: condition.names.some((name) => has.includes(name)), detail: { kind: 'tag', has } };
    }
    case 'rfm': {
      const name = rfmNames[beliefs.rfm[dense] as number] as RfmName;
      return { fits: condition.names.includes(name), detail: { kind: 'rfm', name } };
    }
    case 'stage': {
      const name = stages[beliefs.stage[dense] as number] as Stage;
      return { fits: condition.names.includes(name), detail: { kind: 'stage', name } };
    }
    case 'number': {
      const value = numberOf(beliefs, condition.field, dense);
      return { fits: compares(value, condition.compare, condition.value), detail: { kind: 'number', value } };
    }
    case 'bought':
      return checkBought(condition.target, condition.days, ledger, beliefs, dense);
    case 'window':
      return checkWindow(condition.target, ledger, beliefs, dense);
    case 'channel': {
      const has = ledger.channels.filter((name) => channelMask(ledger, beliefs, name)[dense] === 1);
      return { fits: condition.names.some((name) => has.includes(name)), detail: { kind: 'channel', has } };
    }
    case 'consent': {
      const has = condition.names.filter((name) => consentMask(ledger, beliefs, name)[dense] === 1);
      return { fits: has.length > 0, detail: { kind: 'consent', has } };
    }
  }
}

function checkBought(
  target: Target | null,
  days: number | null,
  ledger: Ledger,
  beliefs: BeliefColumns,
  dense: number,
): { fits: boolean; detail: ConditionDetail } {
  let lastDay = target ? -1 : (beliefs.lastDay[dense] as number);
  let purchases = target ? 0 : (beliefs.orders[dense] as number);
  if (target) {
    const products = productsOf(ledger, target);
    for (let pair = beliefs.pairStart[dense] as number; pair < (beliefs.pairEnd[dense] as number); pair++) {
      if (products[beliefs.pairProduct[pair] as number] !== 1) continue;
      lastDay = Math.max(lastDay, beliefs.pairLastDay[pair] as number);
      purchases += beliefs.pairPurchases[pair] as number;
    }
  }
  return {
    fits: lastDay >= 0 && lastDay >= firstDayWithin(beliefs, days),
    detail: { kind: 'bought', lastDay, purchases },
  };
}

/** The due window if there is one, else the one nearest to today. */
function checkWindow(
  target: Target | null,
  ledger: Ledger,
  beliefs: BeliefColumns,
  dense: number,
): { fits: boolean; detail: ConditionDetail } {
  const products = target && productsOf(ledger, target);
  let best = -1;
  let bestAway = Infinity;
  for (let pair = beliefs.pairStart[dense] as number; pair < (beliefs.pairEnd[dense] as number); pair++) {
    if (products && products[beliefs.pairProduct[pair] as number] !== 1) continue;
    const away = isDue(beliefs, pair) ? -1 : Math.abs(beliefs.asOfDay - dayAt(beliefs.pairP50, pair));
    if (best === -1 || away < bestAway) {
      best = pair;
      bestAway = Number.isNaN(away) ? Infinity : away;
    }
  }
  const none: ConditionDetail = {
    kind: 'window',
    product: '',
    fromDay: 0,
    toDay: 0,
    evidence: 'insufficient-evidence',
    purchases: 0,
    within7: 0,
  };
  if (best === -1) return { fits: false, detail: none };
  return {
    fits: isDue(beliefs, best),
    detail: {
      kind: 'window',
      product: ledger.product(beliefs.pairProduct[best] as number).name,
      fromDay: Math.round(dayAt(beliefs.pairP10, best)),
      toDay: Math.round(dayAt(beliefs.pairP90, best)),
      evidence: evidences[beliefs.pairEvidence[best] as number] as Evidence,
      purchases: beliefs.pairPurchases[best] as number,
      within7: chanceAt(beliefs.pairWithin7, best),
    },
  };
}
