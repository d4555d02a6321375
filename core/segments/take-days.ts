/** `最近7天`, `7天内`, `in the last 2 weeks` as days; leaves the place alone when there is none. */
import { units, withinPrefixes } from './keywords.data.ts';
import type { RuleScanner } from './rule-scanner.ts';

export const takeDays = (scanner: RuleScanner): number | null => {
  const before = scanner.at;
  scanner.take(withinPrefixes);
  const typed = scanner.takeNumber();
  const unit = typed === null ? undefined : units.find(({ words }) => scanner.take(words));
  if (typed === null || !unit) {
    scanner.at = before;
    return null;
  }
  return Math.round(typed * unit.days);
};
