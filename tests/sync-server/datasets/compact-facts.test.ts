import { afterEach, beforeEach, expect, test } from 'vitest';
import { readCompactionEpoch, takeCompactionEpoch } from '#core/datasets/compaction.doc.ts';
import { createManifestRecord } from '#core/datasets/create-manifest-record.ts';
import { addManifestRecords, readManifest } from '#core/datasets/manifest.doc.ts';
import { packFacts } from '#core/datasets/pack-facts.ts';
import { unpackFacts } from '#core/datasets/unpack-facts.ts';
import { type Compactor, createCompactor } from '#sync-server/datasets/compact-facts.ts';
import { createNodePlatform } from '#sync-server/storage/node-platform.ts';
import { aBehaviour, aCustomerId } from '#tests/makers/facts.ts';
import { type HttpRig, openHttpRig } from '../http-rig.ts';

const platform = createNodePlatform(new Uint8Array(32));
const id = 'w-compact';
const room = `${id}/facts/behaviour/2026-11`;
const dayMs = 86_400_000;
let rig: HttpRig;
let compactor: Compactor;
let reports: string[];

beforeEach(async () => {
  rig = await openHttpRig();
  reports = [];
  compactor = createCompactor({
    rooms: rig.rooms,
    storage: rig.storage,
    platform,
    nowMs: () => rig.clock.ms,
    report: (kind, detail) => reports.push(`${kind} ${detail}`),
  });
});
afterEach(() => rig.close());

/** So many pieces as a sender would bring, a minute apart. */
const bring = async (pieces: number, from = 0): Promise<void> => {
  for (let at = from; at < from + pieces; at++) {
    const facts = Array.from({ length: 40 }, (_, row) =>
      aBehaviour({
        id: `e-${(at * 40 + row) * 2_654_435_761}`,
        customer: aCustomerId(((at * 40 + row) * 7919) % 5000),
        atMs: rig.clock.ms + row * 997,
        text: `#${(at * 7919 + row * 104_729) % 1_000_003}`,
      }),
    );
    const packed = packFacts('behaviour', facts);
    const { record } = await createManifestRecord(platform, {
      packed,
      importId: '',
      importMs: rig.clock.ms + at * 60_000,
    });
    await rig.rooms.change(room, 'test', (doc) => addManifestRecords(doc, [record]));
  }
};
const records = () => rig.rooms.read(room, (doc) => readManifest(doc).records);
const linesIn = async (): Promise<number> => {
  const ids = new Set<string>();
  for (const { inline, hash, bytes } of await records()) {
    const stored = inline ?? (await rig.storage.blobs.read(id, hash));
    const facts = stored && unpackFacts(await platform.inflate(stored, bytes));
    if (facts?.ok) for (const fact of facts.value) if (fact.kind === 'behaviour') ids.add(fact.id);
  }
  return ids.size;
};

test('[BLOB8] small chunks become one blob once they are a day old; what came since stays as it is', async () => {
  await bring(60);
  expect(await compactor.compact(id)).toBe(0);
  rig.clock.ms += 2 * dayMs;
  await bring(3, 100);
  expect(await compactor.compact(id)).toBe(60);
  const after = await records();
  expect(after.map(({ inline }) => inline === null).filter(Boolean)).toHaveLength(1);
  expect(after).toHaveLength(4);
  expect(await linesIn()).toBe(63 * 40);
  expect(await rig.rooms.read(room, readCompactionEpoch)).toBe(1);
  expect(await compactor.compact(id)).toBe(0);
  expect(reports).toEqual([]);
});

test('[BLOB8, CPT2] one that was overtaken while it packed writes nothing', async () => {
  await bring(60);
  rig.clock.ms += 2 * dayMs;
  const { blobs } = rig.storage;
  const slow = createCompactor({
    rooms: rig.rooms,
    platform,
    storage: {
      log: rig.storage.log,
      blobs: {
        ...blobs,
        write: async (...bytes) => {
          await rig.rooms.change(room, 'another', takeCompactionEpoch);
          return blobs.write(...bytes);
        },
      },
    },
    nowMs: () => rig.clock.ms,
    report: (kind, detail) => reports.push(`${kind} ${detail}`),
  });
  expect(await slow.compact(id)).toBe(0);
  expect(reports).toEqual(['compaction facts/behaviour/2026-11 stale-epoch']);
  expect(await records()).toHaveLength(60);
  expect(await linesIn()).toBe(60 * 40);
});
