/** Writes a rule in Chinese or English, with the first spelling of each word; parsing it gives the same rule again. */
import {
  boughtWords,
  categoryWords,
  channelWords,
  comparisonWords,
  contactWords,
  joinWords,
  listFields,
  notBoughtWords,
  numberFieldWords,
  ofWord,
  rfmWords,
  stageWords,
  type Spelling,
  units,
  windowPrefixes,
  windowSuffixes,
  withinPrefixes,
  yuanWords,
} from './keywords.data.ts';
import type { Condition, Expression, Rule, Target } from './rule.ts';

export type RuleLanguage = 'zh' | 'en';

export const printRule = (rule: Rule, language: RuleLanguage): string =>
  rule.lines
    .map(({ join, expression }, at) => {
      const text = printExpression(expression, language, false);
      return at === 0 ? text : `${first(joinWords[join], language)} ${text}`;
    })
    .join('\n');

/** One condition as it is printed inside a rule; negated as a person would say it. */
export const printCondition = (condition: Condition, language: RuleLanguage, isNegated = false): string => {
  const not = `${first(joinWords.not, language)} `;
  switch (condition.kind) {
    case 'bought':
      return printBought(condition.target, condition.days, language, isNegated);
    case 'window':
      return (isNegated ? not : '') + printWindow(condition.target, language);
    case 'number':
      return `${isNegated ? not : ''}${first(numberFieldWords[condition.field], language)} ${first(comparisonWords[condition.compare], 'zh')} ${printValue(condition, language)}`;
    default:
      return `${first(listFields[condition.kind], language)} ${printNames(condition.kind, condition.names, language, isNegated)}`;
  }
};

const first = (spelling: Spelling, language: RuleLanguage): string => spelling[language][0] ?? spelling.zh[0] ?? '';

function printExpression(expression: Expression, language: RuleLanguage, isInner: boolean): string {
  if (expression.kind === 'is') return printCondition(expression.condition, language);
  if (expression.kind === 'not') {
    const { part } = expression;
    return part.kind === 'is'
      ? printCondition(part.condition, language, true)
      : `${first(joinWords.not, language)} (${printExpression(part, language, false)})`;
  }
  const text = expression.parts
    .map((part) => printExpression(part, language, true))
    .join(` ${first(joinWords[expression.kind], language)} `);
  return isInner ? `(${text})` : text;
}

function printBought(target: Target | null, days: number | null, language: RuleLanguage, isNegated: boolean): string {
  const verb = first(isNegated ? notBoughtWords : boughtWords, language);
  const what = target ? printTarget(target, language) : '';
  if (language === 'zh') {
    const when = days === null ? '' : `${days} ${units[0]?.words.zh[0] ?? ''}`;
    return `${when}${verb}${what === '' ? '' : ` ${what}`}`;
  }
  const when =
    days === null ? '' : ` ${withinPrefixes.en[4] ?? ''} ${days} ${units[0]?.words.en[days === 1 ? 1 : 0] ?? ''}`;
  const joined = what === '' ? verb : isNegated ? `${verb} ${ofWord} ${what}` : `${verb} ${what}`;
  return joined + when;
}

function printWindow(target: Target | null, language: RuleLanguage): string {
  if (target === null) return first(windowPrefixes, language);
  const what = printTarget(target, language);
  return language === 'zh'
    ? `${what} ${first(windowSuffixes, language)}`
    : `${first(windowPrefixes, language)} ${ofWord} ${what}`;
}

const printTarget = (target: Target, language: RuleLanguage): string =>
  target.kind === 'category' ? `${first(categoryWords, language)} ${quote(target.name)}` : quote(target.name);

/** Names with spaces or marks of the grammar stand in quotes. */
const quote = (name: string): string => (/[\s,()=<>!&|"、，（）]/.test(name) ? `"${name}"` : name);

function printValue(condition: Extract<Condition, { kind: 'number' }>, language: RuleLanguage): string {
  const { field, value } = condition;
  if (field === 'churn') return `${Math.round(value * 10_000) / 100}%`;
  if (field === 'spent') return language === 'zh' ? `${value / 100} ${first(yuanWords, 'zh')}` : `${value / 100}`;
  if (field === 'days-since')
    return language === 'zh' ? `${value} ${units[0]?.words.zh[4] ?? ''}` : `${value} ${units[0]?.words.en[0] ?? ''}`;
  return `${value}`;
}

function printNames(
  kind: 'tag' | 'rfm' | 'stage' | 'channel' | 'consent',
  names: readonly string[],
  language: RuleLanguage,
  isNegated: boolean,
): string {
  const words: Readonly<Record<string, Spelling>> =
    kind === 'rfm'
      ? rfmWords
      : kind === 'stage'
        ? stageWords
        : kind === 'channel'
          ? channelWords
          : kind === 'consent'
            ? contactWords
            : {};
  const printed = names.map((name) => (name in words ? first(words[name] as Spelling, language) : name)).map(quote);
  const sign = isNegated ? '!=' : '=';
  return printed.length === 1 ? `${sign} ${printed[0] ?? ''}` : `${sign} (${printed.join(', ')})`;
}
