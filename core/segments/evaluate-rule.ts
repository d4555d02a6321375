/**
 * Who a rule means, over the belief columns of one day. `matchRule` gives a byte a customer and how many are left after
 * each line; `evaluateRule` the dense numbers, rising. Numbers merged into another person never match.
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
  const mask: Uint8Array = isPresent.slice(0, customerCount);
  let count = 0;
  const lines: { line: number; count: number }[] = [];
  rule.lines.forEach(({ join, line, expression }, at) => {
    const own = match(expression, ledger, beliefs);
    const isAny = join === 'any' && at > 0;
    count = isAny ? addMask(mask, own, isPresent) : keepMask(mask, own);
    lines.push({ line, count });
  });
  if (rule.lines.length === 0) count = keepMask(mask, mask);
  return { mask, count, lines };
};

/** Leaves in `mask` who is in both; answers how many. */
function keepMask(mask: Uint8Array, own: Uint8Array): number {
  let count = 0;
  for (let c = 0; c < mask.length; c++) count += mask[c] = (mask[c] as number) & (own[c] as number);
  return count;
}

/** Adds to `mask` who is present and in `own`; answers how many there are then. */
function addMask(mask: Uint8Array, own: Uint8Array, isPresent: Uint8Array): number {
  let count = 0;
  for (let c = 0; c < mask.length; c++)
    count += mask[c] = (mask[c] as number) | ((own[c] as number) & (isPresent[c] as number));
  return count;
}

function match(expression: Expression, ledger: Ledger, beliefs: BeliefColumns): Uint8Array {
  if (expression.kind === 'is') return matchCondition(expression.condition, ledger, beliefs);
  if (expression.kind === 'not') {
    const inner = match(expression.part, ledger, beliefs);
    for (let c = 0; c < inner.length; c++) inner[c] = 1 - (inner[c] as number);
    return inner;
  }
  const [first, ...others] = expression.parts.map((part) => match(part, ledger, beliefs));
  const mask = first as Uint8Array;
  for (const other of others)
    if (expression.kind === 'all') keepMask(mask, other);
    else addMask(mask, other, other);
  return mask;
}
