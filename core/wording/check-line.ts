/**
 * The advertising-law check of one line, version 1. A rule finds words; an exception that overlaps the find takes it
 * back (usage advice, order in time, comparison within the own shop); the product's kind decides which rules hold.
 * Answers with places in the line as given (UTF-16 units), the article, and what may be said instead. Words broken up
 * by spaces or invisible characters are found all the same. A pass means that no rule found anything, not legal advice.
 */
import type { Article, LawRule, ProductKind, Rewrite } from './law-rule.ts';
import { lawRules } from './law-rules.data.ts';

export interface Finding {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly verdict: 'block' | 'review';
  readonly rule: string;
  readonly article: Article;
  /** What may stand in place of these words so that the line still reads. */
  readonly rewrites: readonly string[];
}

/** In order of place; where two overlap, the stricter and then the longer stays. */
export const checkLine = (
  line: string,
  productKind: ProductKind = 'ordinary',
  rules: readonly LawRule[] = lawRules,
): readonly Finding[] => {
  const { text, places } = withoutGaps(line);
  if (text === '') return [];
  const findings: Finding[] = [];
  for (const rule of rules) {
    if (rule.kinds && !rule.kinds.includes(productKind)) continue;
    const found = [...text.matchAll(rule.pattern)];
    if (found.length === 0 || rule.unless?.test(text)) continue;
    const excused = (rule.exceptions ?? []).flatMap((exception) => [...text.matchAll(exception)].map(spanOf));
    for (const match of found) {
      const span = spanOf(match);
      if (excused.some((other) => other.start < span.end && span.start < other.end)) continue;
      const start = places[span.start] ?? 0;
      const end = (places[span.end - 1] ?? start) + 1;
      const { id, article, verdict } = rule;
      const rewrites = rule.rewrites.filter((rewrite) => reads(rewrite, text, span)).map((rewrite) => rewrite.text);
      findings.push({ start, end, text: line.slice(start, end), verdict, rule: id, article, rewrites });
    }
  }
  return withoutOverlaps(findings);
};

export type Verdict = 'block' | 'review' | 'pass';

export const verdictOf = (findings: readonly Finding[]): Verdict =>
  findings.some((finding) => finding.verdict === 'block') ? 'block' : findings.length > 0 ? 'review' : 'pass';

interface Span {
  readonly start: number;
  readonly end: number;
}

function spanOf(match: RegExpMatchArray): Span {
  const start = match.index ?? 0;
  return { start, end: start + match[0].length };
}

const clauseEdge = /^$|[\p{P}\p{S}]/u;

function reads({ of }: Rewrite, text: string, { start, end }: Span): boolean {
  if (of) return of.test(text.slice(0, end));
  return clauseEdge.test(text.slice(start - 1, start)) && clauseEdge.test(text.charAt(end));
}

const gap = /[\s\u200b-\u200f\u2060\ufeff*]/;

/** The line without spaces and invisible characters, and where each remaining unit stood. */
function withoutGaps(line: string): { text: string; places: readonly number[] } {
  let text = '';
  const places: number[] = [];
  for (let at = 0; at < line.length; at++) {
    const unit = line.charAt(at);
    if (gap.test(unit)) continue;
    text += unit;
    places.push(at);
  }
  return { text, places };
}

function withoutOverlaps(findings: readonly Finding[]): readonly Finding[] {
  const weight = (finding: Finding): number => (finding.verdict === 'block' ? 1e6 : 0) + finding.end - finding.start;
  const kept: Finding[] = [];
  for (const finding of [...findings].sort((a, b) => weight(b) - weight(a) || a.start - b.start)) {
    if (!kept.some((other) => other.start < finding.end && finding.start < other.end)) kept.push(finding);
  }
  return kept.sort((a, b) => a.start - b.start);
}
