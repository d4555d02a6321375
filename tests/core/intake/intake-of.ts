/** Reads a whole table text the way the import worker does, in memory: for tests. */
import type { CandidateLine, Problem } from '#core/intake/candidate-line.ts';
import { createCountSet } from '#core/intake/count-set.ts';
import { inspectTable } from '#core/intake/inspect-table.ts';
import { cleanCell } from '#core/intake/clean-cell.ts';
import type { Mapping } from '#core/intake/mapping.ts';
import type { MatchedReturn } from '#core/intake/match-returns.ts';
import { proposeMapping } from '#core/intake/propose-mapping.ts';
import { createOrderReading } from '#core/intake/read-orders.ts';
import { createOrderScan } from '#core/intake/scan-orders.ts';
import { sniffDelimiter } from '#core/intake/sniff-delimiter.ts';
import { createRowSplitter } from '#core/intake/split-rows.ts';

export const nowMs = Date.parse('2026-11-22T12:00:00Z');

export const rowsOf = (text: string): { cells: string[]; line: number; raw: string }[] => {
  const rows: { cells: string[]; line: number; raw: string }[] = [];
  const splitter = createRowSplitter(sniffDelimiter(text), (cells, count, line) => {
    rows.push({ cells: cells.slice(0, count), line, raw: splitter.rawRow() });
  });
  splitter.push(text);
  splitter.end();
  return rows;
};

export const intakeOf = (
  text: string,
  change: (mapping: Mapping) => Mapping = (mapping) => mapping,
  matchesReturns = false,
) => {
  const rows = rowsOf(text);
  const start = inspectTable(rows.map(({ cells }) => cells));
  const data = rows.slice(start.firstRow);
  const proposal = proposeMapping(
    start.header,
    data.slice(0, 200).map(({ cells }) => cells.map(cleanCell)),
    null,
  );
  const mapping = change(proposal.mapping);
  const amountColumn = mapping.columns.findIndex(
    (target) => target === 'line-paid' || target === 'unit-price' || target === 'order-paid',
  );
  const scan = createOrderScan({
    mapping,
    shop: '',
    nowMs,
    knownItems: new Set(),
    amountColumn,
    matchesReturns,
    keeps: true,
  });
  for (const { cells, line, raw } of data) scan.row(cells, cells.length, line, raw);
  const verdict = scan.end();
  const lines: CandidateLine[] = [];
  const problems: Problem[] = [];
  const returns: MatchedReturn[] = [];
  const seen = createCountSet();
  const reading = createOrderReading(
    {
      mapping,
      shop: '',
      nowMs,
      scattered: verdict.scattered,
      hasSeen: (key) => !seen.add(key),
      matchesReturns: verdict.summary.returns > 0,
    },
    {
      order: (settled) => void lines.push(...settled),
      problem: (problem) => void problems.push(problem),
      returned: (matched) => void returns.push(...matched),
    },
  );
  for (const { cells, line, raw } of data) reading.row(cells, cells.length, line, raw);
  reading.end();
  return {
    header: start.header,
    mapping,
    recognitions: proposal.recognitions,
    verdict,
    lines,
    problems,
    returns,
    dataRows: data.length,
  };
};
