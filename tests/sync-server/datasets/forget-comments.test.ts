import { afterEach, beforeEach, expect, test } from 'vitest';
import { createManifestRecord } from '#core/datasets/create-manifest-record.ts';
import type { Behaviour } from '#core/datasets/fact.ts';
import { addManifestRecords, readManifest } from '#core/datasets/manifest.doc.ts';
import { packFacts } from '#core/datasets/pack-facts.ts';
import type { Forgotten } from '#core/datasets/plan-forgetting.ts';
import { unpackFacts } from '#core/datasets/unpack-facts.ts';
import { forgetComments } from '#sync-server/datasets/forget-comments.ts';
import { createRetakes, type Retakes } from '#sync-server/rooms/retakes.ts';
import type { Rooms } from '#sync-server/rooms/rooms.ts';
import { createNodePlatform } from '#sync-server/storage/node-platform.ts';
import { aBehaviour, atDay } from '#tests/makers/facts.ts';
import { type HttpRig, openHttpRig } from '../http-rig.ts';

const workspace = 'w-1';
const room = `${workspace}/facts/behaviour/2026-01`;
const platform = createNodePlatform(new Uint8Array(32));
let rig: HttpRig;
beforeEach(async () => {
  rig = await openHttpRig();
  forgottenByRoom = new Map();
  inflated = 0;
});
afterEach(() => rig.close());

const comment = (id: string, day: number, text: string): Behaviour =>
  aBehaviour({ id, name: 'comment-posted', atMs: atDay(day), text });

const add = async (facts: readonly Behaviour[], importMs = 1): Promise<void> => {
  const chunk = { packed: packFacts('behaviour', facts), importId: '' as const, importMs };
  const { record, stored } = await createManifestRecord(platform, chunk);
  if (record.inline === null) await rig.storage.blobs.write(workspace, record.hash, stored);
  await rig.rooms.change(room, 'test', (doc) => addManifestRecords(doc, [record]));
};
const kept = async (): Promise<readonly (readonly [id: string, text: string])[]> => {
  const records = await rig.rooms.read(room, (doc) => readManifest(doc).records);
  const chunks = await Promise.all(
    records.map(async ({ inline, hash, bytes }) => {
      const stored = inline ?? (await rig.storage.blobs.read(workspace, hash));
      const facts = unpackFacts(await platform.inflate(stored!, bytes));
      return facts.ok ? (facts.value as readonly Behaviour[]) : [];
    }),
  );
  return chunks.flat().map(({ id, text }) => [id, text] as const);
};
const retakesOf = ({ rooms, storage: { records } }: HttpRig): Retakes =>
  createRetakes({ rooms, records, report: (kind, detail) => void rig.reports.push(`${kind} ${detail}`) });
let forgottenByRoom: Map<string, Forgotten>;
let inflated: number;
const look = (day: number, rooms: Pick<Rooms, 'read' | 'change'> = rig.rooms): Promise<number> => {
  const inflate: typeof platform.inflate = (...given) => {
    inflated++;
    return platform.inflate(...given);
  };
  const deps = { rooms, retakes: retakesOf(rig), storage: rig.storage, platform: { ...platform, inflate } };
  return forgetComments({ ...deps, forgottenByRoom }, workspace, atDay(day));
};

test('[CMT1] a text goes on its 30th day, the comment and younger texts stay', async () => {
  await add([comment('old', 0, '能放多久'), comment('young', 5, '怎么炖'), aBehaviour({ id: 'view', atMs: atDay(0) })]);
  expect(await look(29)).toBe(0);
  expect(await look(30)).toBe(1);
  expect(new Map(await kept())).toEqual(
    new Map([
      ['old', ''],
      ['young', '怎么炖'],
      ['view', ''],
    ]),
  );
  expect(await look(35)).toBe(1);
  expect((await kept()).every(([, text]) => text === '')).toBe(true);
});

test('[CMT1, CMT2] in a blob too, and the bytes that held it are gone at once', async () => {
  // Ids that no compression shortens make a chunk too large to travel in its record.
  const many = Array.from({ length: 3000 }, (_, at) => comment(`${Math.imul(at + 1, 2_654_435_761)}`, 0, `第${at}句`));
  await add(many);
  const before = (await rig.storage.blobs.list(workspace)).map(({ hash }) => hash);
  expect(before).toHaveLength(1);
  expect(await look(40)).toBe(3000);
  const after = (await rig.storage.blobs.list(workspace)).map(({ hash }) => hash);
  expect(after.filter((hash) => before.includes(hash))).toEqual([]);
  expect((await kept()).length).toBe(3000);
});

test('[CMT3] a chunk is read once a day at most, never again once all of it is old and clean; new ones are', async () => {
  await add([aBehaviour({ id: 'view', atMs: atDay(0) })]);
  await add([comment('old', 0, '能放多久'), comment('young', 20, '怎么炖')], 2);
  expect([await look(40), inflated]).toEqual([1, 2]);
  // What was rewritten is another chunk.
  expect([await look(40), inflated]).toEqual([0, 3]);
  expect([await look(40), inflated]).toEqual([0, 3]);
  expect([await look(41), inflated]).toEqual([0, 4]);
  await add([comment('late', 1, 'from an old tablet')], 3);
  expect([await look(41), inflated]).toEqual([1, 5]);
  expect([await look(60), inflated]).toEqual([1, 7]);
  expect([await look(61), await look(62), inflated]).toEqual([0, 0, 8]);
  forgottenByRoom.clear();
  expect([await look(63), inflated]).toEqual([0, 11]);
});

test('[CMT2] nothing stored names the old chunk; looking again changes nothing; what comes later loses its texts too', async () => {
  await add([comment('a', 0, '能放多久')]);
  const [old] = await chunkHashes();
  expect(await isStored(old!)).toBe(true);
  expect(await look(40)).toBe(1);
  expect(await isStored(old!)).toBe(false);
  const after = await chunkHashes();
  expect(await isStored(after[0]!)).toBe(true);
  expect(await look(40)).toBe(0);
  expect(await chunkHashes()).toEqual(after);
  await add([comment('late', 1, 'from an old tablet')], 2);
  expect(await look(40)).toBe(1);
  expect((await kept()).every(([, text]) => text === '')).toBe(true);
});

test('[CMT2] killed before the room was retaken, it is retaken later', async () => {
  await add([comment('a', 0, '能放多久')]);
  const [old] = await chunkHashes();
  const change: Rooms['change'] = async (...given) => {
    await rig.rooms.change(...given);
    throw new Error('killed');
  };
  await expect(look(40, { read: rig.rooms.read, change })).rejects.toThrow('killed');
  expect(await isStored(old!)).toBe(true);
  expect(await look(40)).toBe(0);
  await retakesOf(rig).retakeLeft();
  expect(await isStored(old!)).toBe(false);
  expect([rig.reports, await rig.storage.records.list('retakes')]).toEqual([[], []]);
});

const chunkHashes = (): Promise<readonly string[]> =>
  rig.rooms.read(room, (doc) => readManifest(doc).records.map(({ hash }) => hash));
const isStored = async (hash: string): Promise<boolean> => {
  const { snapshot, updates } = await rig.storage.log.read(room);
  return [...(snapshot ? [snapshot] : []), ...updates].some(({ bytes }) =>
    Buffer.from(bytes).toString('latin1').includes(hash),
  );
};
