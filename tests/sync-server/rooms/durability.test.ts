/** What may go wrong with storage while rooms are in use. */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { loadParts } from '#sync-server/rooms/snapshot.ts';
import { createMemoryStorage } from '#sync-server/storage/memory-storage.ts';
import { createSqliteStorage } from '#sync-server/storage/sqlite-storage.ts';
import { type LarderProcess, openLarderProcess } from '../../end-to-end/larder-process.ts';
import { openRig, pause, TestClient, until } from '../rig.ts';

const closing: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

test('[ROOM15, STO4] kill -9 in the middle of compaction: every durable edit is there, in the older snapshot too', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'larder-compact-'));
  closing.push(() => rmSync(folder, { recursive: true, force: true }));
  let last = -1;
  for (let round = 0; round < 6; round += 1) {
    const child = spawn(process.execPath, [
      '--disable-warning=ExperimentalWarning',
      join(import.meta.dirname, 'compact-until-killed.ts'),
      folder,
    ]);
    let told = '';
    child.stdout.on('data', (text: Buffer) => (told += text.toString()));
    const ended = new Promise((resolve) => child.once('exit', resolve));
    await until(() => told.length > 20, 10_000);
    await pause((round * 37) % 90);
    child.kill('SIGKILL');
    await ended;
    last = Number(told.slice(0, told.lastIndexOf('\n')).split('\n').at(-1));
    const storage = createSqliteStorage(folder);
    for (const skip of [0, 1] as const) {
      const parts = await storage.log.read('w/settings', skip);
      const loaded = loadParts(parts);
      expect(loaded?.skipped).toBe(0);
      expect(parts.snapshot).not.toBeNull();
      expect(loaded?.doc.getMap('edits').size).toBeGreaterThan(last);
      expect(loaded?.doc.getMap('last').get('edit')).toBeGreaterThanOrEqual(last);
    }
    await storage.close();
  }
});

test('[ROOM15] while snapshots fail they are tried ever more seldom', async () => {
  const storage = createMemoryStorage();
  const { writeSnapshot } = storage.log;
  const rig = await openRig({ storage, room: { snapshotUpdates: 8 } });
  closing.push(() => rig.close());
  const room = `${rig.workspace}/catalogue`;
  const add = async (count: number): Promise<number> => {
    for (let at = 0; at < count; at += 1) {
      await rig.rooms.change(room, 'test', (doc) => void doc.getArray('list').push([at]));
      await pause(5);
    }
    return rig.reports.filter((line) => line.startsWith('snapshot')).length;
  };
  storage.log.writeSnapshot = () => Promise.reject(new Error('disk full'));
  // At 8, 9, 11, 15, then every 8.
  expect([await add(15), await add(8), await add(8)]).toEqual([4, 5, 6]);
  storage.log.writeSnapshot = writeSnapshot;
  expect([await add(8), rig.rooms.meters.failedWrites]).toEqual([6, 6]);
  await pause(20);
  expect((await storage.log.read(room)).snapshot).not.toBeNull();
});

test('[ROOM15] a snapshot that fails at any step loses nothing and is made later', async () => {
  for (const step of ['read', 'merge', 'write', 'after writing'] as const) {
    const storage = createMemoryStorage();
    const { read, writeSnapshot } = storage.log;
    const rig = await openRig({ storage, room: { snapshotUpdates: 4 }, idleMs: 0 });
    closing.push(() => rig.close());
    const room = `${rig.workspace}/catalogue`;
    const add = (text: string): Promise<void> =>
      rig.rooms.change(room, 'test', (doc) => void doc.getArray('list').push([text]));
    await add('0');
    storage.log.read = async (...given) => {
      if (step === 'read') throw new Error('crash');
      const parts = await read(...given);
      return step === 'merge' ? { ...parts, snapshot: { sequence: 1, bytes: Uint8Array.of(255) } } : parts;
    };
    storage.log.writeSnapshot = async (...given) => {
      if (step === 'after writing') await writeSnapshot(...given);
      throw new Error('crash');
    };
    for (let at = 1; at < 8; at += 1) await add(String(at));
    await until(() => rig.reports.some((line) => line.startsWith('snapshot')));
    Object.assign(storage.log, { read, writeSnapshot });
    const stored = loadParts(await read(room));
    expect(stored?.doc.getArray('list').toArray()).toHaveLength(8);
    for (let at = 8; at < 16; at += 1) await add(String(at));
    await pause(20);
    expect((await read(room)).snapshot).not.toBeNull();
    rig.rooms.tick();
    await pause(5);
    rig.rooms.tick();
    expect(await rig.rooms.read(room, (doc) => doc.getArray('list').length)).toBe(16);
  }
});

const canLimit = process.platform === 'linux' && spawnSync('prlimit', ['--version']).status === 0;

test.skipIf(!canLimit)(
  `[ROOM2] a full disk: no acknowledgement, read-only and said so, and all right again by itself${canLimit ? '' : ' (needs prlimit)'}`,
  async () => {
    const larder: LarderProcess = await openLarderProcess({
      LARDER_NO_DEMO: '1',
      LARDER_TEST_TOKEN: 'disk',
      LARDER_TEST_PREFIX: 'test-disk',
    });
    closing.push(() => larder.close());
    const address = `${larder.address.replace('http', 'ws')}/sync/test-disk?token=disk`;
    const client = new TestClient(address, {});
    await client.settled;
    await client.roundTrip();
    client.edit((doc) => doc.getMap('edits').set('before', 1));
    await until(() => client.acks.at(-1)?.durableWrites === 2);
    const limit = (bytes: string): void =>
      void execFileSync('prlimit', ['--pid', String(larder.pid()), `--fsize=${bytes}:unlimited`]);
    // No file may grow any more: what a full disk says, too.
    limit(String(statSync(join(larder.data, 'larder.sqlite-wal')).size));
    for (let at = 0; at < 20; at += 1) client.edit((doc) => doc.getMap('edits').set(`full-${at}`, 'x'.repeat(20_000)));
    await until(() => client.notices.some(({ kind, why }) => kind === 'read-only' && why === 'storage'), 10_000);
    const durable = client.acks.at(-1)?.durableWrites ?? 0;
    expect(durable).toBeLessThan(22);
    limit('unlimited');
    await until(() => client.notices.some(({ kind }) => kind === 'writable'), 10_000);
    await until(
      () =>
        client.acks.at(-1)?.stateVector.get(client.doc.clientID) === Y.getState(client.doc.store, client.doc.clientID),
      10_000,
    );
    await larder.kill();
    await larder.start();
    const reader = new TestClient(address, {});
    await reader.settled;
    await reader.roundTrip();
    expect(reader.doc.getMap('edits').size).toBe(21);
    for (const each of [client, reader]) each.socket.terminate();
  },
);

test('[ROOM18] SIGTERM under load: out within ten seconds, nothing acknowledged is lost', async () => {
  const larder = await openLarderProcess({
    LARDER_NO_DEMO: '1',
    LARDER_TEST_TOKEN: 'drain',
    LARDER_TEST_PREFIX: 'test-drain',
  });
  closing.push(() => larder.close());
  const open = async (at: number): Promise<TestClient> => {
    const client = new TestClient(`${larder.address.replace('http', 'ws')}/sync/test-drain-${at}?token=drain`, {});
    await client.settled;
    await client.roundTrip();
    return client;
  };
  const clients = await Promise.all(Array.from({ length: 20 }, (_, at) => open(at % 5)));
  const sent = clients.map(() => ['step 2']);
  const writing = setInterval(
    () =>
      clients.forEach((client, at) => {
        if (client.closeCode !== null) return;
        const key = `${at}-${sent[at]!.length}`;
        sent[at]!.push(key);
        client.edit((doc) => doc.getMap('edits').set(key, 1));
      }),
    2,
  );
  await pause(300);
  const started = Date.now();
  await larder.stop();
  expect(Date.now() - started).toBeLessThan(10_000);
  await until(() => clients.every(({ closeCode }) => closeCode !== null));
  clearInterval(writing);
  expect(new Set(clients.map(({ closeCode }) => closeCode))).toEqual(new Set([1012]));
  await larder.start();
  const readers = await Promise.all([0, 1, 2, 3, 4].map(open));
  clients.forEach((client, at) => {
    const kept = readers[at % 5]!.doc.getMap('edits');
    const acknowledged = sent[at]!.slice(1, client.acks.at(-1)?.durableWrites ?? 0);
    expect(acknowledged.length).toBeGreaterThan(0);
    expect(acknowledged.filter((key) => !kept.has(key))).toEqual([]);
  });
  for (const each of readers) each.socket.terminate();
});
