/**
 * The second half of an import: what looking at the file kept, or the file once more, now into facts, which the ledger's
 * owner counts all at once when the last one is there. Contact details go to the device vault alone, as do rows that
 * were left out.
 */
import { type Problem, type SettledLine, keptProblems } from '#core/intake/candidate-line.ts';
import { createOrderCounter } from '#core/intake/count-orders.ts';
import { createCountSet } from '#core/intake/count-set.ts';
import type { KeptOrders } from '#core/intake/keep-orders.ts';
import type { MatchedReturn } from '#core/intake/match-returns.ts';
import { createOrderReading } from '#core/intake/read-orders.ts';
import type { ScanVerdict } from '#core/intake/scan-orders.ts';
import { type Result, ok } from '#core/result.ts';
import { type BatchWriter, type BatchWriterDeps, createBatchWriter } from './batch-writer.ts';
import type { FileFailure, ReadingProgress, TakeInRequest, TakenIn } from './messages.ts';
import type { RowSource } from './open-rows.ts';

export interface TakeInDeps extends BatchWriterDeps {
  keepRejected(importId: string, problems: readonly Problem[]): Promise<void>;
}

export interface TakeInFile {
  readonly name: string;
  readonly hash: string;
  /** 0 when nobody knows. */
  readonly exportMs: number;
}

const batchLines = 4000;
const mostRejected = 200_000;

export const takeInFile = async (
  source: RowSource,
  file: TakeInFile,
  verdict: ScanVerdict,
  request: TakeInRequest,
  deps: TakeInDeps,
  report: (progress: ReadingProgress) => void,
): Promise<Result<TakenIn, FileFailure>> => {
  const { importId } = await deps.ask('intake.start', {
    fileName: file.name,
    fileHash: file.hash,
    source: request.mapping.format,
    mapping: Object.fromEntries(
      source.header.map((name, column) => [`${column + 1} ${name}`, request.mapping.columns[column] ?? 'skip']),
    ),
  });
  const writer = createBatchWriter(importId, file.exportMs, request, deps);
  const rejected: Problem[] = [];
  let rejectedCount = 0;
  const leaveOut = (problem: Problem): void => {
    if (keptProblems.includes(problem.kind) && request.mapping.answers.choices[problem.kind] !== 'leave-out') return;
    if (++rejectedCount <= mostRejected) rejected.push(problem);
  };
  const sink: Sink = { write: writer.write, leaveOut, tell: createReporter(source.bytes, report) };
  const read = isReadSo(verdict, request)
    ? await giveKept(verdict, sink)
    : await readAgain(source, verdict, request, sink);
  if (!read.ok) {
    await writer.stop();
    await deps.ask('intake.cancel', { importId });
    return read;
  }
  const named = await writer.settle();
  const kept = deps.keepRejected(importId, rejected);
  // Without any it only sweeps out what is old.
  if (rejected.length > 0) await kept;
  const counted = await deps.ask('intake.finish', {
    importId,
    lines: writer.counts.lines,
    rejected: rejectedCount,
  });
  return ok({
    importId,
    lines: writer.counts.lines,
    ...counted,
    ...named,
    orders: read.value.orders,
    customers: writer.customers,
    refunds: writer.counts.refunds,
    rejected: rejectedCount,
    erased: writer.counts.erased,
  });
};

interface Sink {
  readonly write: BatchWriter['write'];
  leaveOut(problem: Problem): void;
  /** The share that is done, and the rows. */
  tell(share: number, rows: number): void;
}
type LookedAt = ScanVerdict & { readonly kept: KeptOrders };

/** What looking at the file kept was read as it is to be written. */
const isReadSo = (verdict: ScanVerdict, { mapping, shop }: TakeInRequest): verdict is LookedAt =>
  verdict.kept !== null && verdict.shop === shop && JSON.stringify(verdict.mapping) === JSON.stringify(mapping);

async function giveKept(
  { kept, problems, summary }: LookedAt,
  { write, leaveOut, tell }: Sink,
): Promise<Result<{ readonly orders: number }, never>> {
  problems.forEach(leaveOut);
  let lines = 0;
  for (const batch of kept.batches()) {
    await write(batch.lines, batch.returns);
    lines += batch.lines.length;
    tell(lines / summary.lines, lines);
  }
  return ok({ orders: summary.orders });
}

async function readAgain(
  source: RowSource,
  { scattered, summary }: ScanVerdict,
  { mapping, shop, nowMs }: TakeInRequest,
  { write, leaveOut, tell }: Sink,
): Promise<Result<{ readonly orders: number }, FileFailure>> {
  let lines: SettledLine[] = [];
  let returns: MatchedReturn[] = [];
  const flush = (): Promise<void> => {
    const written = write(lines, returns);
    lines = [];
    returns = [];
    return written;
  };
  const seen = createCountSet();
  const counter = createOrderCounter();
  const reading = createOrderReading(
    { mapping, shop, nowMs, scattered, hasSeen: (key) => !seen.add(key), matchesReturns: summary.returns > 0 },
    {
      order(settled) {
        counter.order(settled);
        for (const line of settled) lines.push(line);
      },
      returned(matched) {
        counter.returned(matched);
        returns.push(...matched);
      },
      problem: leaveOut,
    },
  );
  let rows = 0;
  const read = await source.read(
    (cells, count, line, raw) => {
      rows++;
      reading.row(cells, count, line, raw());
    },
    async (doneBytes) => {
      if (lines.length >= batchLines) await flush();
      tell(doneBytes / source.bytes, rows);
    },
  );
  if (!read.ok) return read;
  reading.end();
  await flush();
  return ok({ orders: counter.counts().orders });
}

/** Reports ten times a second. */
function createReporter(totalBytes: number, report: (progress: ReadingProgress) => void): Sink['tell'] {
  const startMs = performance.now();
  let reportedMs = startMs;
  return (share, rows) => {
    const nowMs = performance.now();
    if (nowMs - reportedMs < 100) return;
    reportedMs = nowMs;
    report({ doneBytes: share * totalBytes, totalBytes, rows, elapsedMs: nowMs - startMs, summary: null });
  };
}
