import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { createLedger } from '#core/datasets/create-ledger.ts';
import { createManifestRecord } from '#core/datasets/create-manifest-record.ts';
import { planErasure } from '#core/datasets/erasure/plan-erasure.ts';
import type { Fact } from '#core/datasets/fact.ts';
import type { ManifestRecord } from '#core/datasets/manifest-record.ts';
import {
  addManifestRecords,
  chunksOf,
  readErasureCount,
  readEveryRecord,
  readFactsIndex,
  readManifest,
  replaceManifestRecords,
  writeErasureCount,
} from '#core/datasets/manifest.doc.ts';
import { packFacts } from '#core/datasets/pack-facts.ts';
import type { ChunkId, ImportId } from '#core/units/ids.ts';
import { createNodePlatform } from '#sync-server/storage/node-platform.ts';
import { aCustomerId, anAlias, anOrderLine } from '#tests/makers/facts.ts';
import { readLedger } from '../read-ledger.ts';

const platform = createNodePlatform(new Uint8Array(32).fill(3));
const erased = { customers: new Set<string>([aCustomerId(1)]), keys: new Set<string>() };

const aShelf = () => {
  const blobs = new Map<string, Uint8Array>();
  return {
    blobs,
    read: async (hash: string) => blobs.get(hash) ?? null,
    write: async (hash: string, stored: Uint8Array) => void blobs.set(hash, stored),
  };
};
const aChunk = async (shelf: ReturnType<typeof aShelf>, facts: readonly Fact[], importMs: number, importId = 'i1') => {
  const packed = packFacts(facts[0]!.kind, facts as never);
  const { record, stored } = await createManifestRecord(platform, { packed, importId: importId as ImportId, importMs });
  if (record.inline === null) shelf.blobs.set(record.hash, stored);
  return record;
};
const lines = (count: number, owners: number, from = 0) =>
  Array.from({ length: count }, (_, at) =>
    anOrderLine({ order: `long-order-number-${from + at * 7919}`, customer: aCustomerId(1 + (at % owners)), nth: at }),
  );
const ledgerOf = async (records: readonly ManifestRecord[], shelf: ReturnType<typeof aShelf>) => {
  const ledger = createLedger();
  for (const record of records) {
    const packed = await platform.inflate(record.inline ?? shelf.blobs.get(record.hash)!, record.bytes);
    expect(ledger.takeChunk(record, packed).ok).toBe(true);
  }
  return ledger;
};

test('[ERA5] small and large chunks are replaced; a device ends as a fresh reading does', async () => {
  const shelf = aShelf();
  const large = await aChunk(shelf, lines(4000, 3), 1);
  const small = await aChunk(shelf, lines(20, 2, 1_000_000), 2);
  const clean = await aChunk(shelf, [anAlias({ customer: aCustomerId(7) })], 3);
  expect([large.inline, small.inline === null]).toEqual([null, false]);
  const doc = new Y.Doc();
  addManifestRecords(doc, [large, small, clean]);
  const device = await ledgerOf(readManifest(doc).records, shelf);

  const plan = await planErasure(platform, readEveryRecord(doc), erased, shelf);
  expect([plan.rows.length, plan.hashes, plan.unread]).toEqual([1334 + 10, [large.hash], []]);
  replaceManifestRecords(doc, plan.replaced, 'erase');
  const after = readManifest(doc).records;
  expect(after).toHaveLength(3);
  expect(after).toContainEqual(clean);
  for (const record of after)
    device.takeChunk(record, await platform.inflate(record.inline ?? shelf.blobs.get(record.hash)!, record.bytes));
  for (const { replaces } of after) for (const id of replaces) device.dropChunk(id);
  expect(readLedger(device).filter(({ lines: own }) => own.length > 0)).toEqual(
    readLedger(await ledgerOf(after, shelf)).filter(({ lines: own }) => own.length > 0),
  );
  // Somebody offline who still has the old record adds nothing: it is named as replaced.
  addManifestRecords(doc, [small]);
  expect(readManifest(doc).records).toEqual(after);
  expect((await planErasure(platform, readEveryRecord(doc), erased, shelf)).replaced).toEqual(
    new Map([[small.id, null]]),
  );
  expect(new TextDecoder('latin1').decode(Y.encodeStateAsUpdate(doc))).not.toContain(aCustomerId(1));
});

test('[ERA6] chunks of nobody else become empty ones, one for each', async () => {
  const shelf = aShelf();
  const own = await Promise.all(
    [1, 2].map((which) => aChunk(shelf, [anAlias({ customer: aCustomerId(1), alias: `name ${which}` })], 5)),
  );
  const doc = new Y.Doc();
  addManifestRecords(doc, own);
  replaceManifestRecords(doc, (await planErasure(platform, readEveryRecord(doc), erased, shelf)).replaced, 'erase');
  const after = readManifest(doc).records;
  expect(after.map(({ lines: rows }) => rows)).toEqual([0, 0]);
  expect(after.flatMap(({ replaces }) => replaces).sort()).toEqual(own.map(({ id }) => id).sort());
  expect((await ledgerOf(after, shelf)).customerCount).toBe(0);
});

test('[ERA7, ERA8] what was replaced already just goes; what cannot be read is counted and left', async () => {
  const shelf = aShelf();
  const old = await aChunk(shelf, lines(4, 2), 1);
  const next = { ...(await aChunk(shelf, [anAlias({ customer: aCustomerId(8) })], 2)), replaces: [old.id] };
  const lost = { ...old, id: 'e'.repeat(64) as ChunkId, inline: null, hash: 'e'.repeat(64) };
  const doc = new Y.Doc();
  chunksOf(doc).push([{ ...old }, { ...next }, { ...lost }]);
  const plan = await planErasure(platform, readEveryRecord(doc), erased, shelf);
  expect([plan.replaced, plan.unread, plan.rows]).toEqual([new Map([[old.id, null]]), [lost.id], []]);
  replaceManifestRecords(doc, plan.replaced, 'erase');
  expect(readEveryRecord(doc).map(({ record: { id } }) => id)).toEqual([next.id, lost.id]);
});

test('the index says how many were erased, and keeps its counters', () => {
  const doc = new Y.Doc();
  expect(readErasureCount(doc)).toBe(0);
  writeErasureCount(doc, 2);
  expect([readErasureCount(doc), readFactsIndex(doc).size]).toEqual([2, 0]);
});
