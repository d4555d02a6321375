/**
 * Who a rule means, over the belief columns of one day. `matchRule` gives a byte a customer and how many are left after
 * each line; `evaluateRule` the dense numbers, rising. Numbers merged into another person never match. What costs most
 * (going through everybody's products) is asked last, and only of those whom the rest has left open: a rule is counted
 * on each keystroke.
 */
import type { Ledger } from '#core/datasets/ledger-columns.ts';
import type { BeliefColumns } from '#core/insight/profile/belief-columns.ts';
import { matchCondition } from './match-condition.ts';
import type { Expression, Rule } from './rule.ts';

export interface RuleMatch {
  /** 1 for each customer meant. */
  readonly mask: Uint8Array;
  readonly count: number;
  /** How many are meant by the lines up to and with each line. */
  readonly lines: readonly { readonly line: number; readonly count: number }[];
}

export const evaluateRule = (rule: Rule, ledger: Ledger, beliefs: BeliefColumns): Int32Array => {
  const { mask, count } = matchRule(rule, ledger, beliefs);
  return customersOfMask(mask, count);
};

export const customersOfMask = (mask: Uint8Array, count: number): Int32Array => {
  const found = new Int32Array(count);
  let size = 0;
  for (let c = 0; c < mask.length && size < count; c++) if (mask[c] === 1) found[size++] = c;
  return found;
};

export const matchRule = (rule: Rule, ledger: Ledger, beliefs: BeliefColumns): RuleMatch => {
  const { isPresent, customerCount } = beliefs;
  const present: Uint8Array = isPresent.slice(0, customerCount);
  let mask = present;
  const lines: { line: number; count: number }[] = [];
  rule.lines.forEach(({ join, line, expression }, at) => {
    const isAny = join === 'any' && at > 0;
    mask = isAny
      ? joined(mask, match(expression, ledger, beliefs, without(present, mask)))
      : match(expression, ledger, beliefs, mask);
    lines.push({ line, count: countOf(mask) });
  });
  return { mask, count: lines.at(-1)?.count ?? countOf(mask), lines };
};

/** Of those asked about, who fits. */
function match(expression: Expression, ledger: Ledger, beliefs: BeliefColumns, asked: Uint8Array): Uint8Array {
  if (expression.kind === 'is') return matchCondition(expression.condition, ledger, beliefs, asked);
  if (expression.kind === 'not') return without(asked, match(expression.part, ledger, beliefs, asked));
  const parts = [...expression.parts].sort((a, b) => costOf(a) - costOf(b));
  if (expression.kind === 'all') return parts.reduce((left, part) => match(part, ledger, beliefs, left), asked);
  let found: Uint8Array | null = null;
  for (const part of parts)
    found =
      found === null
        ? match(part, ledger, beliefs, asked)
        : joined(found, match(part, ledger, beliefs, without(asked, found)));
  return found ?? new Uint8Array(asked.length);
}

/** 1 for what goes through everybody's products. */
function costOf(expression: Expression): number {
  if (expression.kind === 'is')
    return expression.condition.kind === 'window' ||
      (expression.condition.kind === 'bought' && expression.condition.target)
      ? 1
      : 0;
  const parts = expression.kind === 'not' ? [expression.part] : expression.parts;
  return Math.max(0, ...parts.map(costOf));
}

function without(mask: Uint8Array, other: Uint8Array): Uint8Array {
  const left = new Uint8Array(mask.length);
  for (let c = 0; c < left.length; c++) left[c] = (mask[c] as number) & ~(other[c] as number);
  return left;
}

/** Adds `other` to `mask`. */
function joined(mask: Uint8Array, other: Uint8Array): Uint8Array {
  const both = new Uint8Array(mask.length);
  for (let c = 0; c < both.length; c++) both[c] = (mask[c] as number) | (other[c] as number);
  return both;
}

function countOf(mask: Uint8Array): number {
  let count = 0;
  for (let c = 0; c < mask.length; c++) count += mask[c] as number;
  return count;
}
