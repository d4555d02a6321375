import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { addImport, readImports, setImportWithdrawn, withdrawalsOf } from '#core/datasets/imports.doc.ts';
import {
  addManifestRecords,
  chunksOf,
  countManifestChanges,
  readFactsIndex,
  readManifest,
} from '#core/datasets/manifest.doc.ts';
import type { ManifestRecord } from '#core/datasets/manifest-record.ts';

const hash = (letter: string): string => letter.repeat(64);
const record = (id: string, fields: Partial<ManifestRecord> = {}): ManifestRecord =>
  ({
    id: hash(id),
    kind: 'order-line',
    importId: '',
    importMs: 1,
    lines: 2,
    bytes: 3,
    hash: hash('d'),
    storedHash: hash('e'),
    storedBytes: 4,
    minMs: 5,
    maxMs: 6,
    replaces: [],
    inline: Uint8Array.of(1, 2),
    ...fields,
  }) as ManifestRecord;

test('[MAN1] reading writes nothing; what cannot be read is skipped and counted', () => {
  const doc = new Y.Doc();
  expect(readManifest(doc)).toEqual({ records: [], skipped: 0 });
  expect(Y.encodeStateAsUpdate(doc)).toHaveLength(2);
  const broken = [
    null,
    7,
    {},
    { ...record('a'), id: 'x' },
    { ...record('a'), kind: 'gossip' },
    { ...record('a'), lines: 1.5 },
    { ...record('a'), inline: new Uint8Array(99_999) },
  ];
  chunksOf(doc).push([...broken, { ...record('a') }, new Y.Map()]);
  expect(readManifest(doc)).toEqual({ records: [record('a')], skipped: broken.length + 1 });
});

test('[MAN2] a chunk is read once, and not at all once another replaces it', () => {
  const doc = new Y.Doc();
  expect(addManifestRecords(doc, [record('b'), record('a')])).toBe(2);
  expect(addManifestRecords(doc, [record('a')])).toBe(0);
  chunksOf(doc).push([{ ...record('b') }]);
  expect(readManifest(doc).records).toEqual([record('a'), record('b')]);
  addManifestRecords(doc, [record('c', { replaces: [hash('a'), hash('b')] as never })]);
  expect(readManifest(doc).records.map(({ id }) => id)).toEqual([hash('c')]);
});

test('changes are counted by path, and what is no counter is not read', () => {
  const doc = new Y.Doc();
  countManifestChanges(doc, ['facts/orders/2026-01', 'facts/orders/2026-01', 'facts/orders/2026-02']);
  countManifestChanges(doc, ['facts/orders/2026-01']);
  doc.getMap('counters').set('facts/orders/2026-03', 'many').toString();
  expect([...readFactsIndex(doc)].sort()).toEqual([
    ['facts/orders/2026-01', 2],
    ['facts/orders/2026-02', 1],
  ]);
});

test('[MAN3] the last word about an import decides; repeating it writes nothing; unknown ones are refused', () => {
  const doc = new Y.Doc();
  const plain = {
    fileName: 'a.csv',
    fileHash: 'f',
    source: 'generic',
    mapping: { order: 'Order' },
    atMs: 1,
    member: 'm',
    lines: 2,
    rejected: 0,
    chunks: 1,
  };
  const say = (importId: string, withdrawn: boolean) =>
    setImportWithdrawn(doc, { importId, withdrawn, atMs: 3, member: 'm' });
  expect(say('i-1', true)).toEqual({ ok: false, error: { kind: 'unknown-import' } });
  addImport(doc, { id: 'i-1' as never, ...plain });
  addImport(doc, { id: 'i-2' as never, ...plain, atMs: 2 });
  addImport(doc, { id: 'i-2' as never, ...plain, atMs: 9 });
  say('i-1', true);
  say('i-1', true);
  expect(readImports(doc).imports.map(({ id, atMs, withdrawn }) => [id, atMs, withdrawn])).toEqual([
    ['i-2', 2, false],
    ['i-1', 1, true],
  ]);
  expect(withdrawalsOf(doc)).toHaveLength(1);
  say('i-1', false);
  expect([...readImports(doc).withdrawnIds]).toEqual([]);
  withdrawalsOf(doc).push([{ importId: 3 }]);
  expect(readImports(doc).skipped).toBe(1);
});
