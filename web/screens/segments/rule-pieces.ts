import { type Spelling, comparisonWords, numberFieldWords, withinPrefixes } from '#core/segments/keywords.data.ts';

/** A line of a rule cut where something is drawn under or on it: the word in error, and the shop's own names. */
export interface RulePiece {
  readonly text: string;
  readonly kind: 'plain' | 'name' | 'error';
}

export interface ErrorPlace {
  readonly line: number;
  readonly column: number;
  readonly length: number;
}

export const rulePieces = (
  line: string,
  lineNumber: number,
  error: ErrorPlace | null,
  names: readonly string[],
): RulePiece[] => {
  const from = error?.line === lineNumber ? error.column - 1 : -1;
  const to = from < 0 ? -1 : Math.min(line.length, from + Math.max(1, error?.length ?? 1));
  const marks = new Array<RulePiece['kind']>(line.length).fill('plain');
  for (const name of names)
    for (let at = line.indexOf(name); at >= 0; at = line.indexOf(name, at + name.length))
      marks.fill('name', at, at + name.length);
  if (from >= 0) marks.fill('error', from, to);
  const pieces: { text: string; kind: RulePiece['kind'] }[] = [];
  for (let at = 0; at < line.length; at++) {
    const last = pieces.at(-1);
    const kind = marks[at] ?? 'plain';
    if (last?.kind === kind) last.text += line[at];
    else pieces.push({ text: line[at] ?? '', kind });
  }
  // An error at the very end of a line has no letter of its own to stand under.
  if (from >= line.length && from >= 0) pieces.push({ text: '\u00a0\u00a0', kind: 'error' });
  return pieces;
};

/** The name that the letters before the caret begin, if any: what Tab puts in. */
export const completionAt = (
  text: string,
  caret: number,
  names: readonly string[],
): { readonly start: number; readonly name: string } | null => {
  const before = text.slice(0, caret);
  const typed = /[^\s=,，、()（）<>≥≤!:：]+$/.exec(before)?.[0] ?? '';
  for (let length = Math.min(typed.length, 12); length >= 1; length--) {
    // Chinese has no spaces, so a name may begin anywhere in what was typed; a Latin word is begun at its first letter.
    if (/[a-z\d][a-z\d]/i.test(typed.slice(-length - 1).slice(0, 2)) && length < typed.length) continue;
    const part = typed.slice(-length).toLowerCase();
    if (/^\d/.test(part) && wantsNumber(before.slice(0, -length))) return null;
    const found = names.find((name) => name.length > length && name.toLowerCase().startsWith(part));
    if (found) return { start: caret - length, name: found };
  }
  return null;
};

/** Behind the comparison of a number, and where a span of days begins, no name may stand. */
const wantsNumber = (text: string): boolean =>
  withoutEnd(text, [withinPrefixes]) !== null ||
  Object.values(comparisonWords).some((words) => {
    const rest = withoutEnd(text, [words]);
    return rest !== null && withoutEnd(rest, Object.values(numberFieldWords)) !== null;
  });

/** What stands before the longest of these words at the end of the text; null without one. */
const withoutEnd = (text: string, words: readonly Spelling[]): string | null => {
  const typed = text.trimEnd().toLowerCase();
  const found = words.flatMap(({ zh, en }) => [...zh, ...en]).filter((word) => typed.endsWith(word));
  return found.length === 0 ? null : typed.slice(0, -Math.max(...found.map(({ length }) => length)));
};

/** Offset in the whole text of a place in one of its lines. */
export const offsetOf = (text: string, place: Pick<ErrorPlace, 'line' | 'column'>): number =>
  text
    .split('\n')
    .slice(0, place.line - 1)
    .reduce((sum, line) => sum + line.length + 1, 0) +
  place.column -
  1;
