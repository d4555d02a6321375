/**
 * Reads a rule typed in Chinese, English or both. One condition or more a line; a line may begin with and / or (else
 * and); inside a line and binds tighter than or, brackets group. An error says where, what stands there and what may;
 * the lines above it hold on their own, so a count never has to wait for the last word.
 */
import { type Result, fail, ok } from '../result.ts';
import { ConditionParser } from './condition-parser.ts';
import { joinWords } from './keywords.data.ts';
import { RuleScanner } from './rule-scanner.ts';
import type { Expression, Rule, RuleError, RuleLine, RuleVocabulary } from './rule.ts';
import { indexVocabulary } from './vocabulary.ts';

export const parseRule = (text: string, vocabulary: RuleVocabulary): Result<Rule, RuleError> => {
  const lines: RuleLine[] = [];
  const known = indexVocabulary(vocabulary);
  for (const [at, typed] of text.split(/\r?\n/).entries()) {
    const scanner = new RuleScanner(typed, at + 1);
    if (scanner.isAtEnd()) continue;
    const join = takeJoin(scanner, lines.length === 0);
    const parser = new ConditionParser(scanner, known, text);
    const expression = parseAny(scanner, parser);
    if (expression === null || !scanner.isAtEnd()) {
      const failure = parser.failure ?? parser.failBehind();
      return fail({ ...failure, line: at + 1, before: { lines } });
    }
    lines.push({ join, line: at + 1, expression });
  }
  if (lines.length === 0) {
    return fail({ kind: 'empty', line: 1, column: 1, length: 0, near: '', suggestions: [], before: { lines: [] } });
  }
  return ok({ lines });
};

function takeJoin(scanner: RuleScanner, isFirst: boolean): 'all' | 'any' {
  if (isFirst) return 'all';
  if (scanner.take(joinWords.any)) return 'any';
  scanner.take(joinWords.all);
  return 'all';
}

function parseAny(scanner: RuleScanner, parser: ConditionParser): Expression | null {
  return parseJoined(scanner, 'any', () => parseJoined(scanner, 'all', () => parseOne(scanner, parser)));
}

function parseJoined(scanner: RuleScanner, kind: 'all' | 'any', parseNext: () => Expression | null): Expression | null {
  const parts: Expression[] = [];
  do {
    const part = parseNext();
    if (part === null) return null;
    parts.push(part);
  } while (scanner.take(joinWords[kind]));
  return parts.length === 1 ? (parts[0] as Expression) : { kind, parts };
}

function parseOne(scanner: RuleScanner, parser: ConditionParser): Expression | null {
  if (!parser.isNegatedPurchaseHere() && scanner.take(joinWords.not)) {
    const part = parseOne(scanner, parser);
    return part && { kind: 'not', part };
  }
  const start = scanner.at;
  if (!scanner.takeMark('(')) return parser.parseCondition();
  const inner = parseAny(scanner, parser);
  if (inner === null) return null;
  if (scanner.takeMark(')')) return inner;
  parser.fail('unclosed', start, '(');
  return null;
}
