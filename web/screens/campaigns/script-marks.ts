/** Cuts a script into pieces that are drawn alike: findings, others' selections, quoted words, carets. */
import { type Finding, checkLine } from '#core/wording/check-line.ts';
import type { ProductKind } from '#core/wording/law-rule.ts';
import type { TextCaret } from '#web/workspace/text-carets.svelte.ts';

export interface PlacedFinding extends Finding {
  /** The same words twice are two findings. */
  readonly key: string;
}

export interface Piece {
  readonly text: string;
  readonly finding: PlacedFinding | null;
  readonly caret: TextCaret | null;
  readonly isQuoted: boolean;
  /** Carets that stand just before this piece. */
  readonly carets: readonly TextCaret[];
}

/** Findings of a whole script, places counted from its beginning. `cache` remembers lines across keystrokes. */
export const findInScript = (
  script: string,
  kind: ProductKind,
  cache: Map<string, readonly Finding[]>,
): readonly PlacedFinding[] => {
  const all: PlacedFinding[] = [];
  let from = 0;
  for (const line of script.split('\n')) {
    const key = `${kind}/${line}`;
    let findings = cache.get(key);
    if (!findings) cache.set(key, (findings = checkLine(line, kind)));
    for (const finding of findings) {
      const start = from + finding.start;
      all.push({ ...finding, start, end: from + finding.end, key: `${finding.rule}/${start}` });
    }
    from += line.length + 1;
  }
  return all;
};

export const piecesOf = (
  script: string,
  findings: readonly PlacedFinding[],
  carets: readonly TextCaret[],
  quotes: readonly string[],
): readonly Piece[] => {
  const quoted = quotes.flatMap((quote) => {
    const start = quote === '' ? -1 : script.indexOf(quote);
    return start < 0 ? [] : [{ start, end: start + quote.length }];
  });
  const places = new Set([0, script.length]);
  for (const { start, end } of [...findings, ...carets, ...quoted]) {
    places.add(Math.min(start, script.length));
    places.add(Math.min(end, script.length));
  }
  const sorted = [...places].sort((a, b) => a - b);
  return sorted.map((start, at) => {
    const end = sorted[at + 1] ?? start;
    const covers = (span: { readonly start: number; readonly end: number }): boolean =>
      span.start <= start && end <= span.end && end > start;
    return {
      text: script.slice(start, end),
      finding: findings.find(covers) ?? null,
      caret: carets.find(covers) ?? null,
      isQuoted: quoted.some(covers),
      carets: carets.filter((caret) => Math.min(caret.end, script.length) === start),
    };
  });
};
