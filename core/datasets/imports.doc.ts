/**
 * Room `settings`, version 1: which files were imported, and which imports are withdrawn.
 *
 * | key | type | merge |
 * | --- | --- | --- |
 * | imports | Y.Map: import id → plain record | written once when the import is complete |
 * | withdrawals | Y.Array of plain {importId, withdrawn, atMs, member} | appended to; the last entry of an import counts |
 */
import * as Y from 'yjs';
import { type Result, fail, ok } from '../result.ts';
import type { ImportId } from '../units/ids.ts';

export interface ImportRecord {
  readonly id: ImportId;
  readonly fileName: string;
  /** Hex SHA-256 of the file as it was given. */
  readonly fileHash: string;
  /** Which reader took it: `wechat-shop`, `shopify`, `generic` ... */
  readonly source: string;
  /** What the person said about the columns, as the reader understands it. */
  readonly mapping: Readonly<Record<string, string>>;
  readonly atMs: number;
  readonly member: string;
  readonly lines: number;
  readonly rejected: number;
  /** How many chunks it was cut into. */
  readonly chunks: number;
  readonly withdrawn: boolean;
}

export interface Imports {
  /** Newest first. */
  readonly imports: readonly ImportRecord[];
  readonly withdrawnIds: ReadonlySet<string>;
  readonly skipped: number;
}

export const importsOf = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('imports');
export const withdrawalsOf = (doc: Y.Doc): Y.Array<unknown> => doc.getArray('withdrawals');

export const readImports = (doc: Y.Doc): Imports => {
  const withdrawnIds = new Set<string>();
  let skipped = 0;
  for (const value of withdrawalsOf(doc)) {
    if (!isObject(value) || typeof value.importId !== 'string' || typeof value.withdrawn !== 'boolean') skipped += 1;
    else if (value.withdrawn) withdrawnIds.add(value.importId);
    else withdrawnIds.delete(value.importId);
  }
  const imports: ImportRecord[] = [];
  importsOf(doc).forEach((value, id) => {
    const record = readRecord(id, value, withdrawnIds.has(id));
    if (record === null) skipped += 1;
    else imports.push(record);
  });
  imports.sort((a, b) => b.atMs - a.atMs || (a.id < b.id ? -1 : 1));
  return Object.freeze({ imports: Object.freeze(imports), withdrawnIds, skipped });
};

/** Records a complete import; one that is recorded already stays as it is. */
export const addImport = (doc: Y.Doc, record: Omit<ImportRecord, 'withdrawn'>): void => {
  const { id, ...fields } = record;
  if (!importsOf(doc).has(id))
    doc.transact(() => importsOf(doc).set(id, { ...fields, mapping: { ...fields.mapping } }), 'add-import');
};

/** Takes an import back or lets it count again; asking for what is the case already writes nothing. */
export const setImportWithdrawn = (
  doc: Y.Doc,
  entry: { readonly importId: string; readonly withdrawn: boolean; readonly atMs: number; readonly member: string },
): Result<null, { kind: 'unknown-import' }> => {
  if (!importsOf(doc).has(entry.importId)) return fail({ kind: 'unknown-import' });
  if (readImports(doc).withdrawnIds.has(entry.importId) !== entry.withdrawn)
    doc.transact(() => withdrawalsOf(doc).push([{ ...entry }]), entry.withdrawn ? 'withdraw-import' : 'redo-import');
  return ok(null);
};

function readRecord(id: string, value: unknown, withdrawn: boolean): ImportRecord | null {
  if (!isObject(value)) return null;
  const { fileName, fileHash, source, mapping, atMs, member, lines, rejected, chunks } = value;
  const isReadable =
    [fileName, fileHash, source, member].every((text) => typeof text === 'string') &&
    [atMs, lines, rejected, chunks].every((count) => Number.isSafeInteger(count)) &&
    isObject(mapping) &&
    Object.values(mapping).every((text) => typeof text === 'string');
  if (!isReadable) return null;
  return Object.freeze({
    id: id as ImportId,
    fileName: fileName as string,
    fileHash: fileHash as string,
    source: source as string,
    mapping: Object.freeze({ ...(mapping as Record<string, string>) }),
    atMs: atMs as number,
    member: member as string,
    lines: lines as number,
    rejected: rejected as number,
    chunks: chunks as number,
    withdrawn,
  });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !(value instanceof Y.AbstractType);
}
