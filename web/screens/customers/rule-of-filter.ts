/** A filter of the list as the text of a rule, so that these people can be kept as a segment. Empty when it has none. */
import { joinWords } from '#core/segments/keywords.data.ts';
import { printRule, type RuleLanguage } from '#core/segments/print-rule.ts';
import type { Condition, RuleLine } from '#core/segments/rule.ts';
import type { CustomerFilter } from '#web/engine/insight/customers.messages.ts';

export const ruleOfFilter = (filter: CustomerFilter, language: RuleLanguage): string => {
  const conditions: Condition[] = [];
  if (filter.names.length > 0) conditions.push({ kind: 'rfm', names: filter.names });
  if (filter.stage !== '') conditions.push({ kind: 'stage', names: [filter.stage] });
  if (filter.tag !== '') conditions.push({ kind: 'tag', names: [filter.tag] });
  if (filter.channel !== '') conditions.push({ kind: 'channel', names: [filter.channel] });
  if (filter.due === 'due') conditions.push({ kind: 'window', target: null });
  const lines = conditions.map((condition): RuleLine => ({
    join: 'all',
    line: 1,
    expression: { kind: 'is', condition, place: { line: 1, column: 1, length: 0 } },
  }));
  const text = lines.length === 0 ? '' : printRule({ lines }, language);
  if (filter.rule.trim() === '') return text;
  const and = joinWords.all[language][0] ?? '';
  const joined = text.split('\n').map((line, at) => (at === 0 && line !== '' ? `${and} ${line}` : line));
  return [filter.rule, ...joined].filter((line) => line !== '').join('\n');
};
