/**
 * Where the table begins: which of the first rows is the header (the one whose cells are most often known column
 * names), whether a row of explanations follows it, or whether there is no header at all, in which case columns are
 * numbered. Line numbers are those of the file.
 */
import { cleanCell } from './clean-cell.ts';
import {
  ambiguousAmounts,
  explanationWords,
  formatColumns,
  headerAliases,
  personalHeaders,
} from './header-aliases.data.ts';
import { normaliseHeader } from './normalise-header.ts';
import { rejectedHeaders } from './rejected-headers.data.ts';
import { withoutRejectedColumns } from './rejected-table.ts';

export interface TableStart {
  readonly header: readonly string[];
  /** Rows that were left out once, come back: the two columns we added are not in the header. */
  readonly isMended: boolean;
  /** Rows before this one hold no data. */
  readonly firstRow: number;
}

const known = new Set(
  [
    ...headerAliases.flatMap(([, names]) => names),
    ...ambiguousAmounts,
    ...personalHeaders,
    ...Object.values(rejectedHeaders).flatMap(({ reason, line }) => [reason, line]),
    ...Object.values(formatColumns).flatMap((names) => Object.keys(names)),
  ].map(normaliseHeader),
);

export const inspectTable = (rows: readonly (readonly string[])[]): TableStart => {
  let best = 0;
  let bestScore = -1;
  rows.slice(0, 10).forEach((row, at) => {
    const score = row.filter((cell) => known.has(normaliseHeader(cell))).length;
    if (score > bestScore) [best, bestScore] = [at, score];
  });
  const first = rows[best] ?? [];
  if (bestScore === 0 && first.some((cell) => /^[¥$]?\d[\d.,:/ -]*$/.test(cleanCell(cell)))) {
    return { header: first.map((_, at) => `${at + 1}`), isMended: false, firstRow: 0 };
  }
  const header = withoutRejectedColumns(first.map((cell) => cell.replace(/^\ufeff/, '').trim()));
  return {
    header,
    isMended: header.length < first.length,
    firstRow: isExplanation(rows[best + 1]) ? best + 2 : best + 1,
  };
};

/** Explains the columns instead of filling them: words of explanation, and hardly a digit. */
function isExplanation(row: readonly string[] | undefined): boolean {
  if (!row) return false;
  const filled = row.map(cleanCell).filter((cell) => cell !== '');
  if (filled.length === 0) return true;
  return (
    filled.some((cell) => explanationWords.some((word) => cell.toLowerCase().includes(word))) &&
    filled.every((cell) => !/^\d{5,}$|^\d{4}[-/]\d/.test(cell))
  );
}
