/**
 * Who a rule means, over the belief columns of one day. `matchRule` gives a byte a customer and how many are left after
 * each line; `evaluateRule` the dense numbers, rising. Numbers merged into another person never match. What costs most
 * (going through everybody's products) is asked last, and only of those whom the rest has left open: a rule is counted
 * on each keystroke.
 */
import type { Ledger } from '#core/datasets/ledger-columns.ts';
import type { BeliefColumns } from '#core/insight/profile/belief-columns.ts';
import { type BitMask, bytesOf, countOf, customersOf, joined, maskOf, without } from './bit-mask.ts';
import { matchCondition } from './match-condition.ts';
import type { Expression, Rule } from './rule.ts';

export interface RuleMatch {
  /** 1 for each customer meant. */
  readonly mask: Uint8Array;
  readonly count: number;
  /** How many are meant by the lines up to and with each line. */
  readonly lines: readonly { readonly line: number; readonly count: number }[];
}

export const evaluateRule = (rule: Rule, ledger: Ledger, beliefs: BeliefColumns): Int32Array =>
  customersOf(matchLines(rule, ledger, beliefs).mask);

export const customersOfMask = (mask: Uint8Array, count: number): Int32Array => {
  const found = new Int32Array(count);
  let size = 0;
  for (let c = 0; c < mask.length && size < count; c++) if (mask[c] === 1) found[size++] = c;
  return found;
};

export const matchRule = (rule: Rule, ledger: Ledger, beliefs: BeliefColumns): RuleMatch => {
  const { mask, lines } = matchLines(rule, ledger, beliefs);
  return { mask: bytesOf(mask, beliefs.customerCount), count: lines.at(-1)?.count ?? countOf(mask), lines };
};

function matchLines(
  rule: Rule,
  ledger: Ledger,
  beliefs: BeliefColumns,
): { readonly mask: BitMask; readonly lines: RuleMatch['lines'] } {
  const present = maskOf(beliefs.isPresent, beliefs.customerCount);
  let mask = present;
  const lines = rule.lines.map(({ join, line, expression }, at) => {
    const isAny = join === 'any' && at > 0;
    mask = isAny
      ? joined(mask, match(expression, ledger, beliefs, without(present, mask)))
      : match(expression, ledger, beliefs, mask);
    return { line, count: countOf(mask) };
  });
  return { mask, lines };
}

/** Of those asked about, who fits. */
function match(expression: Expression, ledger: Ledger, beliefs: BeliefColumns, asked: BitMask): BitMask {
  if (expression.kind === 'is') return matchCondition(expression.condition, ledger, beliefs, asked);
  if (expression.kind === 'not') return without(asked, match(expression.part, ledger, beliefs, asked));
  const parts = [...expression.parts].sort((a, b) => costOf(a) - costOf(b));
  if (expression.kind === 'all') return parts.reduce((left, part) => match(part, ledger, beliefs, left), asked);
  let found: BitMask | null = null;
  for (const part of parts)
    found =
      found === null
        ? match(part, ledger, beliefs, asked)
        : joined(found, match(part, ledger, beliefs, without(asked, found)));
  return found ?? new Uint32Array(asked.length);
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
