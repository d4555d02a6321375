/**
 * Rows that were left out, as the table they came from: its own columns under its own names, then why and from which
 * line. A row with more cells than the table has columns keeps them behind those two. Mended and imported, the two are
 * recognised and left out, so that the table is read as its file was.
 */
import type { Problem } from './candidate-line.ts';
import { normaliseHeader } from './normalise-header.ts';
import { rejectedHeaders } from './rejected-headers.data.ts';
import { createRowSplitter } from './split-rows.ts';

export interface RejectedFrom {
  readonly header: readonly string[];
  /** Empty for a workbook, whose rows are kept parted by tabs. */
  readonly delimiter: string;
  /** The file had our two columns already. */
  readonly isMended: boolean;
}

export const rejectedTable = (
  { header, delimiter, isMended }: RejectedFrom,
  problems: readonly Problem[],
  names: { readonly reason: string; readonly line: string },
  reasonOf: (problem: Problem) => string,
): readonly (readonly (string | number)[])[] => {
  const byLine = new Map<number, { readonly raw: string; readonly reasons: string[] }>();
  for (const problem of problems) {
    const row = byLine.get(problem.line) ?? { raw: problem.raw, reasons: [] };
    row.reasons.push(reasonOf(problem));
    byLine.set(problem.line, row);
  }
  const rows = [...byLine].sort(([a], [b]) => a - b);
  return [
    [...header, names.reason, names.line],
    ...rows.map(([line, { raw, reasons }]) => {
      const cells = cellsOf(raw, delimiter || '\t');
      const own = header.map((_, column) => cells[column] ?? '');
      return [...own, reasons.join('; '), line, ...(isMended ? [] : cells.slice(header.length))];
    }),
  ];
};

/** A header without our two columns, which stand last. */
export const withoutRejectedColumns = (header: readonly string[]): readonly string[] => {
  const [reason = '', line = ''] = header.slice(-2).map(normaliseHeader);
  const isOurs = Object.values(rejectedHeaders).some(
    (names) => normaliseHeader(names.reason) === reason && normaliseHeader(names.line) === line,
  );
  return isOurs ? header.slice(0, -2) : header;
};

function cellsOf(raw: string, delimiter: string): readonly string[] {
  let first: readonly string[] = [];
  const splitter = createRowSplitter(delimiter, (cells, count) => {
    if (first.length === 0) first = cells.slice(0, count);
  });
  splitter.push(raw);
  splitter.end();
  return first;
}
