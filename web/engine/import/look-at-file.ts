/** The first half of an import: what a file is, what its columns mean, what it adds up to. Writes nothing anywhere. */
import { cleanCell } from '#core/intake/clean-cell.ts';
import type { Recognition } from '#core/intake/field-target.ts';
import type { Mapping } from '#core/intake/mapping.ts';
import { headerSignature } from '#core/intake/normalise-header.ts';
import { type Question, type QuestionKind, answerQuestion, planQuestions } from '#core/intake/plan-questions.ts';
import { type MappingProposal, proposeMapping } from '#core/intake/propose-mapping.ts';
import { type ScanOptions, type ScanVerdict, createOrderScan } from '#core/intake/scan-orders.ts';
import { shownCell } from '#core/intake/shown-cell.ts';
import { type Result, ok } from '#core/result.ts';
import type { FileFailure, Inspection, ReadingProgress, ScanRequest, Scanned } from './messages.ts';
import type { RowSource } from './open-rows.ts';

const previewRows = 20;
const sampleRows = 1000;
const reportEveryMs = 100;

export const inspectSource = (source: RowSource): Inspection => ({
  bytes: source.bytes,
  encoding: source.encoding,
  isPacked: source.isPacked,
  delimiter: source.delimiter,
  header: source.header,
  isMended: source.isMended,
  signature: headerSignature(source.header),
  preview: source.sample.slice(0, previewRows).map(({ line, cells }) => ({
    line,
    cells: cells.map((cell, column) => shownCell(source.header[column] ?? '', cell)),
  })),
  examples: source.header.map((name, column) => shownCell(name, cellsOf(source, column)[0] ?? '')),
});

export interface Look {
  readonly verdict: ScanVerdict;
  readonly scanned: Omit<Scanned, 'fileHash' | 'exportMs'>;
}

export const lookAtFile = async (
  source: RowSource,
  request: ScanRequest,
  report: (progress: ReadingProgress) => void,
  propose: (mapping: Mapping, recognitions: readonly Recognition[] | null) => void,
): Promise<Result<Look, FileFailure>> => {
  const sample = source.sample.slice(0, sampleRows).map(({ cells }) => cells.map(cleanCell));
  const fresh = proposeMapping(source.header, sample, null);
  const openColumn = fresh.recognitions.indexOf('ask-scope');
  const chosen = request.isRemembered ? null : request.mapping;
  const proposal = request.isRemembered ? proposeMapping(source.header, sample, request.mapping) : fresh;
  const own = chosen ?? proposal.mapping;
  // The sample's own answers first; the whole file may know better, and is then read once more.
  const first = scanSample(source, own, openColumn, request);
  let mapping = request.mapping ? own : settle(source, own, openColumn, request, first).mapping;
  propose(mapping, chosen ? null : recognitionsOf(proposal, mapping));
  for (let round = 0; ; round++) {
    const verdict = await scanAll(
      source,
      mapping,
      openColumn,
      { ...request, matchesReturns: first.summary.returns > 0 },
      report,
    );
    if (!verdict.ok) return verdict;
    const settled = settle(source, mapping, openColumn, request, verdict.value);
    if (round === 0 && JSON.stringify(settled.mapping) !== JSON.stringify(mapping)) {
      mapping = settled.mapping;
      continue;
    }
    return ok({
      verdict: verdict.value,
      scanned: {
        mapping,
        questions: settled.questions,
        summary: verdict.value.summary,
      },
    });
  }
};

function scanSample(source: RowSource, mapping: Mapping, openColumn: number, request: ScanRequest): ScanVerdict {
  const amountColumn = amountColumnOf(mapping, openColumn);
  const scan = createOrderScan({ ...request, mapping, amountColumn, matchesReturns: false, keeps: false });
  for (const { cells, line } of source.sample) scan.row(cells, cells.length, line, '');
  return scan.end();
}

async function scanAll(
  source: RowSource,
  mapping: Mapping,
  openColumn: number,
  request: ScanRequest & Pick<ScanOptions, 'matchesReturns'>,
  report: (progress: ReadingProgress) => void,
): Promise<Result<ScanVerdict, FileFailure>> {
  const scan = createOrderScan({
    ...request,
    mapping,
    amountColumn: amountColumnOf(mapping, openColumn),
    keeps: true,
  });
  const startMs = performance.now();
  let reportedMs = startMs;
  let rows = 0;
  const read = await source.read(
    (cells, count, line, raw) => {
      rows++;
      scan.row(cells, count, line, raw());
    },
    (doneBytes) => {
      const nowMs = performance.now();
      if (nowMs - reportedMs < reportEveryMs) return;
      reportedMs = nowMs;
      report({ doneBytes, totalBytes: source.bytes, rows, elapsedMs: nowMs - startMs, summary: scan.summary() });
    },
  );
  return read.ok ? ok(scan.end()) : read;
}

/** The questions this material raises, and the mapping with every guess filled in that nobody has answered. */
function settle(
  source: RowSource,
  mapping: Mapping,
  openColumn: number,
  request: ScanRequest,
  verdict: ScanVerdict,
): { questions: readonly Question[]; mapping: Mapping } {
  const answered = new Set<QuestionKind>(request.answered);
  const amountColumn = amountColumnOf(mapping, openColumn);
  const timeColumn = mapping.columns.findIndex((target) => target === 'paid-at' || target === 'created-at');
  const questions = planQuestions({
    mapping,
    openColumn: openColumn >= 0 && mapping.columns[openColumn] !== 'skip' ? openColumn : -1,
    money: verdict.money,
    mark: verdict.mark,
    time: verdict.time,
    amountCells: cellsOf(source, amountColumn),
    timeCells: cellsOf(source, timeColumn),
    answered,
  });
  const filled = questions
    .filter(({ kind }) => !answered.has(kind))
    .reduce((so, question) => answerQuestion(so, question, question.guess), mapping);
  return { questions, mapping: filled };
}

function amountColumnOf(mapping: Mapping, openColumn: number): number {
  if (openColumn >= 0 && mapping.columns[openColumn] !== 'skip') return openColumn;
  for (const target of ['line-paid', 'unit-price', 'order-paid', 'line-price'] as const) {
    const column = mapping.columns.indexOf(target);
    if (column >= 0) return column;
  }
  return -1;
}

/** Up to three different cells of a column that say something. */
function cellsOf(source: RowSource, column: number): readonly string[] {
  const cells = new Set<string>();
  for (const row of source.sample) {
    const cell = cleanCell(row.cells[column] ?? '');
    if (cell !== '') cells.add(cell);
    if (cells.size === 3) break;
  }
  return [...cells];
}

function recognitionsOf(proposal: MappingProposal, mapping: Mapping): readonly Recognition[] {
  return proposal.recognitions.map((recognition, column) => {
    const target = mapping.columns[column];
    if (recognition === 'name' && (target === 'paid-at' || target === 'created-at')) return 'name-and-content';
    return recognition;
  });
}
