import { createHash } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addManifestRecords, readFactsIndex } from '#core/datasets/manifest.doc.ts';
import type { ManifestRecord } from '#core/datasets/manifest-record.ts';
import type { ChunkId } from '#core/units/ids.ts';
import { collectBlobs } from '#sync-server/datasets/collect-blobs.ts';
import { createFactsIndex } from '#sync-server/datasets/facts-index.ts';
import { type HttpRig, openHttpRig, type Person } from '../http-rig.ts';
import { until } from '../rig.ts';

let rig: HttpRig;
let owner: Person;
let workspace: string;
beforeEach(async () => {
  rig = await openHttpRig();
  ({ owner, workspace } = await rig.claim());
});
afterEach(() => rig.close());

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const packed = new TextEncoder().encode('packed facts '.repeat(5000));
const stored = new Uint8Array(deflateRawSync(packed));
const hash = hashOf(packed);
const place = (room = 'facts/orders/2026-11', name = hash): string =>
  `/api/workspaces/${workspace}/rooms/${room}/blobs/${name}`;

const nameBlob = (room: string, name = hash): Promise<number> => {
  const record: ManifestRecord = {
    id: hashOf(Buffer.from(name + room)) as ChunkId,
    kind: 'order-line',
    importId: '',
    importMs: 0,
    lines: 1,
    bytes: packed.length,
    hash: name,
    storedHash: hashOf(stored),
    storedBytes: stored.length,
    minMs: 0,
    maxMs: 0,
    replaces: [],
    inline: null,
  };
  return rig.rooms.change(`${workspace}/${room}`, 'test', (doc) => addManifestRecords(doc, [record]));
};

test('[BLOB1, BLOB4] a blob is given to whoever may read the room that names it', async () => {
  expect((await rig.ask(owner, 'PUT', place(), stored)).body).toEqual({
    storedHash: hashOf(stored),
    storedBytes: stored.length,
  });
  expect((await rig.ask(owner, 'GET', place())).body.error?.kind).toBe('unknown-blob');
  await nameBlob('facts/orders/2026-11');
  const got = await rig.ask(owner, 'GET', place());
  expect(got.bytes).toEqual(stored);
  expect(got.headers.get('etag')).toBe(`"${hashOf(stored)}"`);
  const again = await rig.ask(owner, 'GET', place(), undefined, { 'if-none-match': `"${hashOf(stored)}"` });
  expect([again.status, again.bytes.length]).toEqual([304, 0]);
  expect((await rig.ask(owner, 'GET', place('facts/orders/2026-10'))).status).toBe(404);
  const observer = await rig.join(owner, workspace, 'observer');
  expect((await rig.ask(observer, 'GET', place())).status).toBe(200);
  const host = await rig.join(owner, workspace, 'host');
  expect((await rig.ask(host, 'GET', place())).body.error?.kind).toBe('not-allowed');
  expect((await rig.ask(rig.aPerson(), 'GET', place())).status).toBe(401);
});

test('[BLOB1] rooms that hold no facts, and names that are no hashes, have no blobs', async () => {
  for (const path of [
    place('settings'),
    place('facts/orders'),
    place('facts/orders/2026-11/x'),
    place('facts/orders/2026-11', 'ABC'),
  ])
    expect([path, (await rig.ask(owner, 'GET', path)).status]).toEqual([path, 404]);
  await rig.access.createWorkspace({ id: 'elsewhere', brand: 'E', isDemo: false });
  const foreign = place().replace(workspace, 'elsewhere');
  expect((await rig.ask(owner, 'GET', foreign)).body.error?.kind).toBe('unknown-workspace');
});

test('[BLOB9] a part is given as asked, and all of it where the bytes are others than were meant', async () => {
  await nameBlob('facts/orders/2026-11');
  await rig.ask(owner, 'PUT', place(), stored);
  const get = async (range: string, ifRange = ''): Promise<unknown> => {
    const headers = { range, ...(ifRange ? { 'if-range': ifRange } : {}) };
    const { status, bytes, headers: told } = await rig.ask(owner, 'GET', place(), undefined, headers);
    return [
      status,
      told.get('content-range'),
      status < 300 ? Buffer.from(bytes).equals(stored.subarray(...cut)) : null,
    ];
  };
  let cut: [number, number] = [0, stored.length];
  const all = [200, null, true];
  for (const range of ['bytes=5-4', 'bytes=-', 'bytes=0-1,3-4', 'lines=1-2', 'bytes=a-b'])
    expect([range, await get(range)]).toEqual([range, all]);
  expect(await get('bytes=0-3', `"${'0'.repeat(64)}"`)).toEqual(all);
  const size = stored.length;
  for (const range of [`bytes=${size}-`, `bytes=${size}-${size + 5}`, 'bytes=-0'])
    expect([range, await get(range)]).toEqual([range, [416, `bytes */${size}`, null]]);
  const parts: [string, number, number][] = [
    ['bytes=0-3', 0, 4],
    ['bytes=7-', 7, size],
    ['bytes=-6', size - 6, size],
    [`bytes=-${size + 9}`, 0, size],
    [`bytes=3-${size + 9}`, 3, size],
  ];
  for (const [range, from, to] of parts) {
    cut = [from, to];
    expect([range, await get(range, `"${hashOf(stored)}"`)]).toEqual([
      range,
      [206, `bytes ${from}-${to - 1}/${size}`, true],
    ]);
  }
});

test('[BLOB2, BLOB5] what does not inflate to the hash is refused and not kept', async () => {
  const observer = await rig.join(owner, workspace, 'observer');
  expect((await rig.ask(observer, 'PUT', place(), stored)).status).toBe(403);
  const bomb = new Uint8Array(deflateRawSync(new Uint8Array(5 * 1024 * 1024)));
  for (const bytes of [
    packed,
    stored.slice(0, -9),
    new Uint8Array(0),
    new Uint8Array(deflateRawSync(packed.slice(1))),
    bomb,
  ]) {
    const answer = await rig.ask(owner, 'PUT', place(), bytes);
    expect([bytes.length, answer.status, answer.body.error?.kind]).toEqual([bytes.length, 400, 'hash-mismatch']);
  }
  const bombName = hashOf(new Uint8Array(5 * 1024 * 1024));
  expect((await rig.ask(owner, 'PUT', place('facts/orders/2026-11', bombName), bomb)).status).toBe(400);
  expect((await rig.ask(owner, 'PUT', place(), new Uint8Array(5 * 1024 * 1024))).status).toBe(413);
  expect(await rig.storage.blobs.list(workspace)).toEqual([]);
});

test('[BLOB3] the first stored encoding wins', async () => {
  await rig.ask(owner, 'PUT', place(), stored);
  const other = new Uint8Array(deflateRawSync(packed, { level: 1 }));
  expect(hashOf(other)).not.toBe(hashOf(stored));
  expect((await rig.ask(owner, 'PUT', place(), other)).body.storedHash).toBe(hashOf(stored));
});

test('[BLOB6] changes of manifests are counted, also those of before a crash', async () => {
  const counters = (): Promise<Record<string, number>> =>
    rig.rooms.read(`${workspace}/facts-index`, (doc) => Object.fromEntries(readFactsIndex(doc)));
  const deps = { rooms: rig.rooms, storage: rig.storage, delayMs: 5, report: () => {} };
  const index = createFactsIndex(deps);
  await index.open([workspace]);
  await nameBlob('facts/orders/2026-11');
  await nameBlob('facts/orders/2026-10');
  await rig.rooms.change(`${workspace}/settings`, 'test', (doc) => doc.getMap('a').set('b', 1));
  let seen: Record<string, number> = {};
  await until(() => {
    void counters().then((now) => (seen = now));
    return Object.keys(seen).length === 2;
  });
  expect(seen).toEqual({ 'facts/orders/2026-10': 1, 'facts/orders/2026-11': 1 });
  await index.close();
  const clean = createFactsIndex(deps);
  await clean.open([workspace]);
  expect(await counters()).toEqual(seen);
  // Killed here: the end was not clean.
  const afterCrash = createFactsIndex(deps);
  await afterCrash.open([workspace]);
  expect(await counters()).toEqual({ 'facts/orders/2026-10': 2, 'facts/orders/2026-11': 2 });
  await clean.close();
  await afterCrash.close();
});

test('[BLOB6, STO17] a full disk at the start keeps nobody out, and what happened until it could be noted is counted', async () => {
  const deps = { rooms: rig.rooms, storage: rig.storage, delayMs: 5, report: () => {} };
  await nameBlob('facts/orders/2026-11');
  const seen = async (): Promise<unknown> =>
    rig.rooms.read(`${workspace}/facts-index`, (doc) => Object.fromEntries(readFactsIndex(doc)));
  rig.storage.failWrites(new Error('disk full'));
  const full = createFactsIndex(deps);
  await full.open([workspace]);
  // Ends as it began, and was never noted as clean.
  await full.close();
  rig.storage.failWrites(null);
  const open = createFactsIndex(deps);
  const write = rig.storage.records.write;
  rig.storage.records.write = () => Promise.reject(new Error('disk full'));
  await open.open([workspace]);
  expect(await seen()).toEqual({});
  rig.storage.records.write = write;
  await open.close();
  expect(await seen()).toEqual({ 'facts/orders/2026-11': 1 });
});

test('[BLOB7] what no manifest names is collected after a day', async () => {
  await nameBlob('facts/orders/2026-11');
  await rig.storage.blobs.write(workspace, hash, stored);
  await rig.storage.blobs.write(workspace, 'b'.repeat(64), stored);
  const deps = { rooms: rig.rooms, storage: rig.storage };
  expect(await collectBlobs(deps, workspace, rig.clock.ms + 86_399_999)).toBe(0);
  expect(await collectBlobs(deps, workspace, rig.clock.ms + 86_400_000)).toBe(1);
  expect((await rig.storage.blobs.list(workspace)).map((blob) => blob.hash)).toEqual([hash]);
});
