import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { applyCompaction, readCompactionEpoch, takeCompactionEpoch } from '#core/datasets/compaction.doc.ts';
import { createLedger } from '#core/datasets/create-ledger.ts';
import { createManifestRecord, type StoredChunk } from '#core/datasets/create-manifest-record.ts';
import type { OrderLine } from '#core/datasets/fact.ts';
import { inlineLimitBytes, type ManifestRecord } from '#core/datasets/manifest-record.ts';
import { addManifestRecords, readManifest } from '#core/datasets/manifest.doc.ts';
import { packFacts } from '#core/datasets/pack-facts.ts';
import { planCompaction } from '#core/datasets/plan-compaction.ts';
import type { ChunkId, ImportId } from '#core/units/ids.ts';
import { createNodePlatform } from '#sync-server/storage/node-platform.ts';
import { aCustomerId, anOrderLine, atDay } from '#tests/makers/facts.ts';
import { readLedger } from './read-ledger.ts';

const platform = createNodePlatform(new Uint8Array(32));
const nowMs = atDay(40);
const dayMs = 86_400_000;

const aRecord = (fields: Partial<ManifestRecord>): ManifestRecord => ({
  id: 'a'.repeat(64) as ChunkId,
  kind: 'order-line',
  importId: '',
  importMs: 0,
  lines: 1,
  bytes: inlineLimitBytes,
  hash: '',
  storedHash: '',
  storedBytes: 1,
  minMs: 0,
  maxMs: 0,
  replaces: [],
  inline: new Uint8Array(1),
  ...fields,
});
const named = (id: string, fields: Partial<ManifestRecord>): ManifestRecord =>
  aRecord({ ...fields, id: id as ChunkId });
const idsOf = (runs: readonly (readonly ManifestRecord[])[]): string[] =>
  runs.map((run) => run.map(({ id }) => id).join(''));

describe('what is compacted', () => {
  test('[CPT1] runs by import time, broken by blobs, imports, other moments of them, and what is young', () => {
    const small = [1, 2, 3, 4, 5, 6].map((at) => named('abcdef'[at - 1] ?? '', { importMs: at }));
    expect(idsOf(planCompaction(small, nowMs))).toEqual(['abcdef']);
    expect(idsOf(planCompaction([...small].reverse(), nowMs))).toEqual(['abcdef']);
    const blob = named('x', { importMs: 3, inline: null });
    expect(idsOf(planCompaction([...small, blob], nowMs))).toEqual(['ab', 'def']);
    const imported = named('y', { importMs: 4.5, importId: 'i-1' as ImportId });
    expect(idsOf(planCompaction([...small, imported], nowMs))).toEqual(['abcd', 'ef']);
    expect(planCompaction(small, dayMs)).toEqual([]);
    expect(idsOf(planCompaction(small, dayMs + 3))).toEqual(['abc']);
    const others = [named('m', { kind: 'refund', importMs: 2 }), named('n', { kind: 'refund', importMs: 9 })];
    expect(idsOf(planCompaction([...small, ...others], nowMs))).toEqual(['abcdef', 'mn']);
  });

  test('[CPT1] not below 32 KB, not beyond 256 KB, and one moment is never torn apart', () => {
    expect(planCompaction([named('a', {}), named('b', { importMs: 1, bytes: inlineLimitBytes - 1 })], nowMs)).toEqual(
      [],
    );
    const many = Array.from({ length: 20 }, (_, at) => named('abcdefghijklmnopqrst'[at] ?? '', { importMs: at }));
    expect(idsOf(planCompaction(many, nowMs))).toEqual(['abcdefghijklmnop', 'qrst']);
    const paired = many.map((record, at) => ({ ...record, importMs: at < 15 ? at : 15 }));
    expect(idsOf(planCompaction(paired, nowMs))).toEqual(['abcdefghijklmno', 'pqrst']);
  });
});

test('[CPT2, CPT3] a stale epoch changes nothing, nor does a run of which something went', async () => {
  const doc = new Y.Doc();
  const [a, b, c] = ['a', 'b', 'c'].map((letter) =>
    named(letter.repeat(64), { hash: '1'.repeat(64), storedHash: '2'.repeat(64) }),
  );
  addManifestRecords(doc, [a!, b!]);
  const chunk = { ...c!, replaces: [a!.id, b!.id] };
  expect(readCompactionEpoch(doc)).toBe(0);
  const first = takeCompactionEpoch(doc);
  const second = takeCompactionEpoch(doc);
  expect([first, second]).toEqual([1, 2]);
  const before = Y.encodeStateVector(doc);
  expect(applyCompaction(doc, first, [a!.id, b!.id], chunk)).toEqual({ ok: false, error: { kind: 'stale-epoch' } });
  expect(applyCompaction(doc, second, [a!.id, 'z' as ChunkId], chunk)).toEqual({
    ok: false,
    error: { kind: 'changed' },
  });
  expect(Y.encodeStateVector(doc)).toEqual(before);
  expect(applyCompaction(doc, second, [a!.id, b!.id], chunk).ok).toBe(true);
  expect(readManifest(doc).records.map(({ id }) => id)).toEqual([chunk.id]);
  expect(applyCompaction(doc, second, [a!.id, b!.id], chunk)).toEqual({ ok: false, error: { kind: 'changed' } });
  // A device that has not heard names an old one again.
  addManifestRecords(doc, [a!]);
  expect(readManifest(doc).records.map(({ id }) => id)).toEqual([chunk.id]);
});

describe('races', () => {
  /** Lines that compete for a few keys, in twelve small chunks. */
  const lines = Array.from({ length: 12 }, (_, chunk): OrderLine[] =>
    Array.from({ length: 5 }, (_, at) =>
      anOrderLine({
        order: `o-${(chunk * 3 + at * 7) % 11}`,
        customer: aCustomerId(((chunk * 3 + at * 7) % 11) + 1),
        paidFen: 1000 + chunk * 10 + at,
        exportMs: (chunk + at) % 3,
        atMs: atDay(at),
      }),
    ),
  );
  let chunks: readonly StoredChunk[] = [];
  const packedById = new Map<string, Uint8Array>();
  beforeAll(async () => {
    chunks = await Promise.all(
      lines.map(async (own, at) => {
        const packed = packFacts('order-line', own);
        const stored = await createManifestRecord(platform, { packed, importId: '', importMs: at + 1 });
        packedById.set(stored.record.id, packed);
        return stored;
      }),
    );
  });

  /** One chunk of these facts in order of rank, as the compactor packs it. */
  const merge = async (run: readonly ManifestRecord[]): Promise<ManifestRecord> => {
    const facts = run.flatMap(({ importMs }) => lines[importMs - 1] ?? []);
    const packed = packFacts('order-line', facts);
    const importMs = run.at(-1)?.importMs ?? 0;
    const { record } = await createManifestRecord(platform, {
      packed,
      importId: '',
      importMs,
      replaces: run.map(({ id }) => id),
    });
    packedById.set(record.id, packed);
    return record;
  };
  const read = (doc: Y.Doc): unknown => {
    const ledger = createLedger();
    for (const record of readManifest(doc).records) ledger.takeChunk(record, packedById.get(record.id)!);
    return readLedger(ledger);
  };
  const sync = (from: Y.Doc, to: Y.Doc): void =>
    Y.applyUpdate(to, Y.encodeStateAsUpdate(from, Y.encodeStateVector(to)));

  test('[CPT4] two compactors, an offline device and late merges: every line once, the same one as of all facts', async () => {
    const step = fc.oneof(
      fc.record({
        kind: fc.constant('compact' as const),
        at: fc.nat(1),
        from: fc.nat(11),
        length: fc.integer({ min: 2, max: 6 }),
      }),
      fc.record({ kind: fc.constant('sync' as const), from: fc.nat(2), to: fc.nat(2) }),
      fc.record({ kind: fc.constant('add' as const), at: fc.nat(2), chunk: fc.nat(11) }),
    );
    const whole = new Y.Doc();
    addManifestRecords(
      whole,
      chunks.map(({ record }) => record),
    );
    const expected = read(whole);
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
        const docs = [0, 1, 2].map(() => new Y.Doc());
        addManifestRecords(
          docs[2]!,
          chunks.map(({ record }) => record),
        );
        for (const one of steps) {
          if (one.kind === 'sync') sync(docs[one.from]!, docs[one.to]!);
          else if (one.kind === 'add') addManifestRecords(docs[one.at]!, [chunks[one.chunk]!.record]);
          else {
            const doc = docs[one.at]!;
            const small = readManifest(doc)
              .records.filter(({ replaces }) => replaces.length === 0)
              .toSorted((a, b) => a.importMs - b.importMs);
            // Next to each other, as the plan takes them.
            const first = small[one.from % Math.max(1, small.length)]?.importMs ?? 0;
            const run = small.filter(({ importMs }) => importMs >= first && importMs < first + one.length);
            if (run.length < 2 || run.at(-1)!.importMs - run[0]!.importMs !== run.length - 1) continue;
            const epoch = takeCompactionEpoch(doc);
            applyCompaction(
              doc,
              epoch,
              run.map(({ id }) => id),
              await merge(run),
            );
          }
        }
        for (const from of docs) for (const to of docs) if (from !== to) sync(from, to);
        for (const from of docs) for (const to of docs) if (from !== to) sync(from, to);
        for (const doc of docs) expect(read(doc)).toEqual(expected);
      }),
      { seed: 42, numRuns: 60 },
    );
  });
});
