/**
 * The tags a rule asks for that nobody carries, and how many products wait for a person to say yes to them: customers
 * carry the tags of what they buy once a tag is confirmed.
 */
import type { Product } from '#core/catalogue/product.ts';
import type { Ledger } from '#core/datasets/ledger-columns.ts';
import type { BeliefColumns } from '#core/insight/profile/belief-columns.ts';
import { matchRule } from '#core/segments/evaluate-rule.ts';
import type { Expression, Rule } from '#core/segments/rule.ts';
import type { UncarriedTag } from './segments.messages.ts';

export const uncarriedTags = (
  rule: Rule,
  ledger: Ledger,
  beliefs: BeliefColumns,
  products: readonly Product[],
): readonly UncarriedTag[] => {
  const names = new Set<string>();
  const walk = (expression: Expression, isNegated: boolean): void => {
    if (expression.kind === 'not') return walk(expression.part, !isNegated);
    if (expression.kind !== 'is') return expression.parts.forEach((part) => walk(part, isNegated));
    if (expression.condition.kind !== 'tag' || isNegated) return;
    const alone: Rule = { lines: [{ join: 'all', line: 1, expression }] };
    if (matchRule(alone, ledger, beliefs).count === 0) for (const name of expression.condition.names) names.add(name);
  };
  for (const { expression } of rule.lines) walk(expression, false);
  return [...names].map((tag) => ({
    tag,
    waiting: products.filter(({ suggestedTags }) => suggestedTags.includes(tag)).length,
  }));
};
