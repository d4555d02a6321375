/**
 * A file as a source of rows that can be read again from the start: delimited text in any of the encodings, the same
 * gzipped, or a workbook. Text is streamed, so its size does not matter to memory; what a file is, is told by its first
 * bytes, never by its name.
 */
import { inspectTable } from '#core/intake/inspect-table.ts';
import { type Encoding, type TextForm, sniffEncoding } from '#core/intake/sniff-encoding.ts';
import { sniffDelimiter } from '#core/intake/sniff-delimiter.ts';
import { createRowSplitter } from '#core/intake/split-rows.ts';
import { type Result, fail, ok } from '#core/result.ts';
import { createStreamDecoder, isPlainAscii } from './decode-stream.ts';
import type { FileFailure } from './messages.ts';
import { Stalled, patient, stalledAfterMs } from './patient.ts';
import { mostWorkbookBytes, readWorkbook } from './read-workbook.ts';

export const mostRows = 10_000_000;
const headBytes = 1 << 16;

/** As of `split-rows`, with the raw text of the row at hand. Only data rows: the header and what is above it are left out. */
export type DataRow = (cells: readonly string[], count: number, line: number, raw: () => string) => void;

export interface RowSource {
  readonly bytes: number;
  readonly encoding: Encoding | 'workbook';
  readonly isPacked: boolean;
  readonly delimiter: string;
  readonly header: readonly string[];
  readonly isMended: boolean;
  /** The first rows of data. */
  readonly sample: readonly { readonly line: number; readonly cells: readonly string[] }[];
  /** Reads every data row. `pause` is awaited between pieces of the file: there a reader reports, writes or waits. */
  read(row: DataRow, pause: (doneBytes: number) => Promise<void> | void): Promise<Result<null, FileFailure>>;
}

/** A file that gives nothing for `waitMs` is given up, here and in every later reading. */
export const openRows = async (file: Blob, waitMs = stalledAfterMs): Promise<Result<RowSource, FileFailure>> => {
  const head = await headOf(file.stream(), waitMs).catch(failureOf);
  if ('ok' in head) return head;
  const sniffed = sniffEncoding(head);
  if (sniffed.ok) return openText(file, sniffed.value, head, false, waitMs);
  if (sniffed.error.kind !== 'packed') return fail(sniffed.error);
  if (sniffed.error.packing === 'xlsx') return openWorkbook(file, waitMs);
  const inner = await headOf(unzipped(file.stream()), waitMs).catch(failureOf);
  if ('ok' in inner) return inner;
  const form = sniffEncoding(inner);
  if (form.ok) return openText(file, form.value, inner, true, waitMs);
  return fail(form.error.kind === 'packed' ? { kind: 'binary-file', looksLike: 'archive' } : form.error);
};

/** What a wait for the file ended with, where the file is to blame. */
function failureOf(error: unknown): { readonly ok: false; readonly error: FileFailure } {
  if (error instanceof Stalled) return fail({ kind: 'file-stalled' });
  if (error instanceof DOMException || error instanceof TypeError) return fail({ kind: 'file-changed' });
  throw error;
}

function openText(
  file: Blob,
  form: TextForm,
  head: Uint8Array,
  isPacked: boolean,
  waitMs: number,
): Result<RowSource, FileFailure> {
  const isOpen = form.encoding === 'utf-8' && form.markBytes === 0 && isPlainAscii(head);
  const text = new TextDecoder(form.encoding).decode(head.subarray(form.markBytes));
  const delimiter = sniffDelimiter(text);
  const first: { line: number; cells: string[] }[] = [];
  const preview = createRowSplitter(
    delimiter,
    (cells, count, line) => void first.push({ line, cells: cells.slice(0, count) }),
  );
  preview.push(text);
  if (head.length < headBytes) preview.end();
  const { header, isMended, firstRow } = inspectTable(first.map(({ cells }) => cells));
  if (header.length === 0 || first.length <= firstRow) return fail({ kind: 'no-rows' });
  const { encoding } = form;
  return ok({
    bytes: file.size,
    encoding,
    isPacked,
    delimiter,
    header,
    isMended,
    sample: first.slice(firstRow),
    async read(row, pause) {
      let rows = -firstRow;
      let lastLine = 0;
      const splitter = createRowSplitter(delimiter, (cells, count, line) => {
        lastLine = line;
        if (rows++ >= 0) row(cells, count, line, splitter.rawRow);
      });
      const decoder = createStreamDecoder(form, isOpen);
      let doneBytes = 0;
      const counted = file.stream().pipeThrough(
        new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
          transform(bytes, controller) {
            doneBytes += bytes.length;
            controller.enqueue(bytes);
          },
        }),
      );
      const reader = (isPacked ? unzipped(counted) : counted).getReader();
      try {
        for (;;) {
          const { done, value } = await patient(reader.read(), waitMs);
          if (done) break;
          splitter.push(decoder.push(value));
          if (splitter.isStuck) return fail({ kind: 'not-a-table', line: lastLine + 1 });
          if (rows > mostRows) return fail({ kind: 'too-many-rows', limit: mostRows });
          await pause(doneBytes);
        }
      } catch (error) {
        return failureOf(error);
      } finally {
        // Also after a refusal: the rest of the file is not wanted. Not awaited: a file that stands still may not answer.
        reader.cancel().catch(() => undefined);
      }
      splitter.push(decoder.end());
      splitter.end();
      await pause(doneBytes);
      return ok(null);
    },
  });
}

async function openWorkbook(file: Blob, waitMs: number): Promise<Result<RowSource, FileFailure>> {
  if (file.size > mostWorkbookBytes) return fail({ kind: 'too-large', limitBytes: mostWorkbookBytes });
  const rows = await patient(readWorkbook(file), waitMs).catch((error: unknown): FileFailure => ({
    kind: error instanceof Stalled ? 'file-stalled' : 'workbook-unreadable',
  }));
  if ('kind' in rows) return fail(rows);
  const { header, isMended, firstRow } = inspectTable(rows);
  const data = rows.slice(firstRow).map((cells, at) => ({ line: firstRow + at + 1, cells }));
  if (data.length === 0) return fail({ kind: 'no-rows' });
  return ok({
    bytes: file.size,
    encoding: 'workbook',
    isPacked: false,
    delimiter: '',
    header,
    isMended,
    sample: data.slice(0, 2000),
    async read(row, pause) {
      for (let at = 0; at < data.length; at++) {
        const { cells, line } = data[at] as (typeof data)[number];
        if (cells.some((cell) => cell !== '')) row(cells, cells.length, line, () => cells.map(quoted).join('\t'));
        if (at % 2000 === 1999) await pause((file.size * at) / data.length);
      }
      await pause(file.size);
      return ok(null);
    },
  });
}

/** So that the row can be parted into the same cells again. */
function quoted(cell: string): string {
  return /["\t\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

async function headOf(stream: ReadableStream<Uint8Array>, waitMs: number): Promise<Uint8Array> {
  const reader = stream.getReader();
  const head = new Uint8Array(headBytes);
  let length = 0;
  while (length < headBytes) {
    const { done, value } = await patient(reader.read(), waitMs);
    if (done) break;
    const part = value.subarray(0, headBytes - length);
    head.set(part, length);
    length += part.length;
  }
  reader.cancel().catch(() => undefined);
  return head.subarray(0, length);
}

function unzipped(stream: ReadableStream<Uint8Array<ArrayBuffer>>): ReadableStream<Uint8Array<ArrayBuffer>> {
  return stream.pipeThrough(new DecompressionStream('gzip'));
}
