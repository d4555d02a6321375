/** The longest comparison that stands here: `>=` before `>`. */
import { comparisonWords } from './keywords.data.ts';
import type { RuleScanner } from './rule-scanner.ts';
import type { Comparison } from './rule.ts';

export const takeComparison = (scanner: RuleScanner): Comparison | null => {
  const before = scanner.at;
  let best: { compare: Comparison; end: number } | null = null;
  for (const [compare, words] of Object.entries(comparisonWords)) {
    scanner.at = before;
    if (scanner.take(words) && scanner.at > (best?.end ?? 0))
      best = { compare: compare as Comparison, end: scanner.at };
  }
  scanner.at = best?.end ?? before;
  return best?.compare ?? null;
};
