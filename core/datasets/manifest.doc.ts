/**
 * Room `facts/<dataset>/<yyyy-mm>`, version 1: the chunks of one dataset and business month. And room `facts-index`:
 * how often each of those documents changed, so that a device opens only what differs from what it has.
 *
 * | document | type | merge |
 * | --- | --- | --- |
 * | facts/* | Y.Array `chunks` of plain records | appended to; doubles are dropped while reading, by chunk id |
 * | facts-index | Y.Map `counters`: room path → number, and `erasures` → number | last one wins; the server (or the device that is home) alone writes |
 */
import * as Y from 'yjs';
import type { ChunkId, ImportId } from '../units/ids.ts';
import { type FactKind, datasetOfKind } from './fact.ts';
import { inlineLimitBytes, type KnownRecord, type ManifestRecord } from './manifest-record.ts';

export interface Manifest {
  /** Each chunk once, without those that a later record replaces, in order of id. */
  readonly records: readonly ManifestRecord[];
  readonly skipped: number;
}

export const chunksOf = (doc: Y.Doc): Y.Array<unknown> => doc.getArray('chunks');
export const countersOf = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('counters');

export const readManifest = (doc: Y.Doc): Manifest => {
  const recordById = new Map<string, ManifestRecord>();
  const replaced = new Set<string>();
  let skipped = 0;
  for (const value of chunksOf(doc)) {
    const record = readRecord(value);
    if (record === null) skipped += 1;
    else if (!recordById.has(record.id)) {
      recordById.set(record.id, record);
      for (const id of record.replaces) replaced.add(id);
    }
  }
  const records = [...recordById.values()]
    .filter(({ id }) => !replaced.has(id))
    .sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  return Object.freeze({ records: Object.freeze(records), skipped });
};

/** Names chunks in the manifest; those it names already are left as they are. Returns how many were new. */
export const addManifestRecords = (doc: Y.Doc, records: readonly ManifestRecord[]): number => {
  const present = new Set<unknown>();
  for (const value of chunksOf(doc)) if (isObject(value)) present.add(value.id);
  const fresh = records.filter(({ id }) => !present.has(id));
  if (fresh.length > 0) doc.transact(() => chunksOf(doc).push(fresh.map((record) => ({ ...record }))), 'add-chunks');
  return fresh.length;
};

/** Every readable record once, replaced ones too, which a compaction left behind. */
export const readEveryRecord = (doc: Y.Doc): readonly KnownRecord[] => {
  const live = new Set(readManifest(doc).records.map(({ id }) => id));
  const recordById = new Map<ChunkId, ManifestRecord>();
  for (const value of chunksOf(doc)) {
    const record = readRecord(value);
    if (record !== null && !recordById.has(record.id)) recordById.set(record.id, record);
  }
  return [...recordById.values()].map((record) => ({ record, isReplaced: !live.has(record.id) }));
};

/** Takes records away, each for its successor or for nothing. Ids that are not there are passed over. */
export const replaceManifestRecords = (
  doc: Y.Doc,
  replaced: ReadonlyMap<ChunkId, ManifestRecord | null>,
  origin: string,
): void => {
  doc.transact(() => {
    const chunks = chunksOf(doc);
    const gone = new Set<ChunkId>();
    for (let at = chunks.length - 1; at >= 0; at--) {
      const value = chunks.get(at);
      const id = isObject(value) ? (value.id as ChunkId) : null;
      if (id === null || !replaced.has(id)) continue;
      chunks.delete(at);
      gone.add(id);
    }
    addManifestRecords(
      doc,
      [...gone].flatMap((id) => replaced.get(id) ?? []),
    );
  }, origin);
};

/** How many people were erased so far: a device that knows fewer asks the server who. */
export const readErasureCount = (doc: Y.Doc): number => {
  const count = countersOf(doc).get('erasures');
  return typeof count === 'number' && Number.isSafeInteger(count) ? count : 0;
};

export const writeErasureCount = (doc: Y.Doc, count: number): void => {
  if (readErasureCount(doc) !== count) doc.transact(() => countersOf(doc).set('erasures', count), 'count-erasures');
};

/** Room path → how often it changed. */
export const readFactsIndex = (doc: Y.Doc): ReadonlyMap<string, number> => {
  const counterByPath = new Map<string, number>();
  countersOf(doc).forEach((value, path) => {
    if (typeof value === 'number' && Number.isSafeInteger(value) && path.startsWith('facts/'))
      counterByPath.set(path, value);
  });
  return counterByPath;
};

/** Counts a change of each of these manifests. For the writer of `facts-index` only. */
export const countManifestChanges = (doc: Y.Doc, paths: Iterable<string>): void => {
  doc.transact(() => {
    const before = readFactsIndex(doc);
    for (const path of new Set(paths)) countersOf(doc).set(path, (before.get(path) ?? 0) + 1);
  }, 'count-changes');
};

const hashPattern = /^[0-9a-f]{64}$/;

function readRecord(value: unknown): ManifestRecord | null {
  if (!isObject(value)) return null;
  const { id, kind, importId, importMs, lines, bytes, hash, storedHash, storedBytes, minMs, maxMs, replaces, inline } =
    value;
  const counts = [importMs, lines, bytes, storedBytes, minMs, maxMs];
  const isReadable =
    [id, hash, storedHash].every((text) => typeof text === 'string' && hashPattern.test(text)) &&
    typeof kind === 'string' &&
    kind in datasetOfKind &&
    typeof importId === 'string' &&
    counts.every((count) => Number.isSafeInteger(count)) &&
    Array.isArray(replaces) &&
    replaces.every((part) => typeof part === 'string') &&
    (inline === null || (inline instanceof Uint8Array && inline.length <= 2 * inlineLimitBytes));
  if (!isReadable) return null;
  return Object.freeze({
    id: id as ChunkId,
    kind: kind as FactKind,
    importId: importId as ImportId,
    importMs: importMs as number,
    lines: lines as number,
    bytes: bytes as number,
    hash: hash as string,
    storedHash: storedHash as string,
    storedBytes: storedBytes as number,
    minMs: minMs as number,
    maxMs: maxMs as number,
    replaces: Object.freeze([...(replaces as ChunkId[])]),
    inline: inline as Uint8Array | null,
  });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !(value instanceof Y.AbstractType);
}
