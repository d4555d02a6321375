import { expect, test } from 'vitest';
import { createManifestRecord } from '#core/datasets/create-manifest-record.ts';
import type { Fact } from '#core/datasets/fact.ts';
import type { ManifestRecord } from '#core/datasets/manifest-record.ts';
import { packFacts } from '#core/datasets/pack-facts.ts';
import { planForgetting } from '#core/datasets/plan-forgetting.ts';
import { unpackFacts } from '#core/datasets/unpack-facts.ts';
import { createNodePlatform } from '#sync-server/storage/node-platform.ts';
import { aBehaviour, atDay } from '#tests/makers/facts.ts';

const platform = createNodePlatform(new Uint8Array(32).fill(3));
const shelf = { read: async () => null, write: async () => undefined };
const said = (id: string, day: number) =>
  aBehaviour({ id, name: 'comment-posted', atMs: atDay(day), text: `say ${id}` });

const aRecord = async (...facts: readonly Fact[]): Promise<ManifestRecord> => {
  const packed = packFacts(facts[0]!.kind, facts as never);
  return (await createManifestRecord(platform, { packed, importId: '', importMs: 7 })).record;
};
const factsOf = async (record: ManifestRecord) => {
  const read = unpackFacts(await platform.inflate(record.inline!, record.bytes));
  return read.ok ? read.value : null;
};

test('texts of thirty days back go, what was posted stays; only a chunk with such texts is rewritten', async () => {
  const old = await aRecord(said('a', 1), said('b', 40));
  const young = await aRecord(said('c', 40));
  const silent = await aRecord(aBehaviour({ id: 'd', atMs: atDay(1) }));
  const mixed = await aRecord(said('e', 40), aBehaviour({ id: 'f', atMs: atDay(1), text: '' }), said('g', 41));
  const records = [old, young, silent, mixed].map((record) => ({ record, isReplaced: false }));
  const plan = await planForgetting(platform, records, atDay(45), shelf);
  expect([plan.texts, [...plan.replaced.keys()], plan.unread]).toEqual([1, [old.id], []]);
  const next = plan.replaced.get(old.id)!;
  expect([next.replaces, next.importMs]).toEqual([[old.id], 7]);
  expect(await factsOf(next)).toEqual([{ ...said('a', 1), text: '' }, said('b', 40)]);
});

test('what was replaced already just goes; bytes that are not here, or are more than they say, are left and named', async () => {
  const old = await aRecord(said('a', 1));
  const lost = { ...old, id: 'e'.repeat(64) as ManifestRecord['id'], inline: null };
  const records = [
    { record: old, isReplaced: true },
    { record: lost, isReplaced: false },
    { record: { ...old, id: 'f'.repeat(64) as ManifestRecord['id'], bytes: 8 }, isReplaced: false },
  ];
  const plan = await planForgetting(platform, records, atDay(45), shelf);
  expect([plan.replaced, plan.unread]).toEqual([new Map([[old.id, null]]), [lost.id, 'f'.repeat(64)]]);
});
