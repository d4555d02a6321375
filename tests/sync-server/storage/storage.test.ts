/** One contract, every storage. */
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, describe, expect, test } from 'vitest';
import { CannotOpen } from '#sync-server/storage/cannot-open.ts';
import { createMemoryStorage } from '#sync-server/storage/memory-storage.ts';
import { DataFolderInUse, createSqliteStorage } from '#sync-server/storage/sqlite-storage.ts';
import type { Storage } from '#sync-server/storage/storage.ts';
import { bytes, describeStorageContract } from './storage-contract.ts';

const cleanups: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const aFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'larder-storage-'));
  cleanups.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};
const openSqlite = (folder = aFolder()): Storage => {
  const storage = createSqliteStorage(folder);
  cleanups.push(() => storage.close());
  return storage;
};

describe('memory storage', () => describeStorageContract(async () => createMemoryStorage()));
describe('sqlite storage', () => describeStorageContract(async () => openSqlite()));

describe('sqlite alone', () => {
  test('[STO1, STO3] appends of one turn share one commit and are there after a reopen', async () => {
    const folder = aFolder();
    const storage = createSqliteStorage(folder);
    await Promise.all(Array.from({ length: 500 }, (_, at) => storage.log.append('w/settings', bytes(at % 256))));
    await storage.close();
    const again = openSqlite(folder);
    expect((await again.log.read('w/settings')).updates).toHaveLength(500);
  });

  test('[STO1] an append that fails takes the whole turn with it', async () => {
    const storage = openSqlite();
    await storage.log.append('w/settings', bytes(1));
    const turn = await Promise.allSettled([
      storage.log.append('w/settings', bytes(2)),
      storage.log.append('w/settings', 'not bytes but {}' as unknown as Uint8Array),
    ]);
    expect(turn.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect((await storage.log.read('w/settings')).updates.map(({ sequence }) => sequence)).toEqual([1]);
    expect(await storage.log.append('w/settings', bytes(3))).toBe(2);
  });

  test('[STO2] sequences go on after a reopen and a snapshot, and in a folder of version 1', async () => {
    const folder = aFolder();
    const storage = createSqliteStorage(folder);
    for (let at = 1; at <= 3; at += 1) await storage.log.append('w/settings', bytes(at));
    await storage.log.writeSnapshot('w/settings', { sequence: 3, bytes: bytes(30) });
    await storage.log.retake('w/settings', { sequence: 3, bytes: bytes(30) });
    await storage.close();
    const database = new DatabaseSync(join(folder, 'larder.sqlite'));
    database.exec('ALTER TABLE room ADD COLUMN lastSequence INTEGER NOT NULL DEFAULT 3; PRAGMA user_version = 1');
    database.close();
    const again = openSqlite(folder);
    expect(await again.log.append('w/settings', bytes(4))).toBe(4);
    await again.log.removeWorkspace('w');
    expect(await again.log.append('w/settings', bytes(1))).toBe(1);
    const { snapshot, updates } = await again.log.read('w/settings');
    expect([snapshot, updates.length]).toEqual([null, 1]);
  });

  test('[STO1] an append to storage that was closed is refused, and harms nobody else', async () => {
    const storage = createSqliteStorage(aFolder());
    await storage.log.append('w/settings', bytes(1));
    await storage.close();
    await expect(storage.log.append('w/settings', bytes(2))).rejects.toThrow('not open');
  });

  test('[STO11] nothing of what a retake replaced is left on disk', async () => {
    const folder = aFolder();
    const storage = openSqlite(folder);
    const secret = (which: number): Uint8Array => new TextEncoder().encode(`${'long-'.repeat(2000)}secret-${which}`);
    for (let which = 1; which <= 3; which += 1) await storage.log.append('w/settings', secret(which));
    await storage.log.writeSnapshot('w/settings', { sequence: 1, bytes: secret(1) });
    await storage.log.writeSnapshot('w/settings', { sequence: 2, bytes: secret(2) });
    const onDisk = (): string =>
      readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ name }) => readFileSync(join(folder, name), 'latin1'))
        .join('');
    expect(onDisk()).toContain('secret-3');
    await storage.log.retake('w/settings', { sequence: 3, bytes: bytes(1) });
    expect(onDisk()).not.toContain('secret-');
  });

  test('[STO15] a flush covers what was appended before it began, one at a time, and holds up no append', async () => {
    const ends: (() => void)[] = [];
    const storage = createSqliteStorage(aFolder(), () => new Promise((resolve) => ends.push(resolve)));
    const done: string[] = [];
    const flush = (name: string): Promise<unknown> => storage.log.flush().then(() => done.push(name));
    await flush('nothing yet');
    await storage.log.append('w/settings', bytes(1));
    const first = Promise.all([flush('1'), flush('1 again')]);
    expect(await storage.log.append('w/settings', bytes(2))).toBe(2);
    const second = Promise.all([flush('2'), flush('2 again')]);
    expect([done, ends.length]).toEqual([['nothing yet'], 1]);
    ends[0]?.();
    await first;
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect([done, ends.length]).toEqual([['nothing yet', '1', '1 again'], 2]);
    ends[1]?.();
    await second;
    await storage.close();
    expect(ends).toHaveLength(2);
  });

  test('[STO15] after a failed flush everything is written anew before the next resolves', async () => {
    const folder = aFolder();
    let isBroken = true;
    const storage = createSqliteStorage(folder, async () => {
      if (isBroken) throw new Error('no such device');
    });
    cleanups.push(() => storage.close());
    const waiting = (): number => statSync(join(folder, 'larder.sqlite-wal')).size;
    await storage.log.append('w/settings', bytes(1));
    await expect(storage.log.flush()).rejects.toThrow('no such device');
    expect(waiting()).toBeGreaterThan(0);
    await expect(storage.log.flush()).rejects.toThrow('no such device');
    isBroken = false;
    await storage.log.flush();
    expect(waiting()).toBe(0);
    expect((await storage.log.read('w/settings')).updates).toHaveLength(1);
  });

  test('[STO15] loss of power: what was flushed is there, whatever the disk had of the rest', async () => {
    const folder = aFolder();
    const disk = aFolder();
    const names = ['larder.sqlite', 'larder.sqlite-wal'];
    const storage = createSqliteStorage(folder, async () => {
      for (const name of names) copyFileSync(join(folder, name), join(disk, name));
    });
    cleanups.push(() => storage.close());
    for (let value = 0; value < 40; value += 1)
      await storage.log.append('w/settings', new Uint8Array(3000).fill(value));
    await storage.log.flush();
    for (let value = 0; value < 40; value += 1)
      await storage.log.append('w/settings', new Uint8Array(3000).fill(value));
    // Half of a page that nobody waited for.
    const written = readFileSync(join(folder, names[1]!));
    const flushed = statSync(join(disk, names[1]!)).size;
    writeFileSync(join(disk, names[1]!), written.subarray(0, flushed + 2000));
    const survived = await openSqlite(disk).log.read('w/settings');
    expect(survived.updates.map(({ sequence, bytes: [value] }) => [sequence, value])).toEqual(
      Array.from({ length: 40 }, (_, at) => [at + 1, at]),
    );
  });

  test('[STO16] what is damaged, newer or cannot be written is said in a sentence', async () => {
    const damaged = aFolder();
    writeFileSync(join(damaged, 'larder.sqlite'), 'no database at all, but long enough to be taken for one'.repeat(9));
    expect(() => createSqliteStorage(damaged)).toThrow(CannotOpen);
    expect(() => createSqliteStorage(damaged)).toThrow(/is damaged: .*npm run restore/);
    const newer = aFolder();
    await createSqliteStorage(newer).close();
    const database = new DatabaseSync(join(newer, 'larder.sqlite'));
    database.exec('PRAGMA user_version = 99');
    database.close();
    expect(() => createSqliteStorage(newer)).toThrow(/newer Larder \(version 99\)/);
    const taken = aFolder();
    mkdirSync(join(taken, 'larder.sqlite'));
    expect(() => createSqliteStorage(taken)).toThrow(/cannot be written: .*LARDER_DATA/);
  });

  test('[STO9] a second opener of the same folder is refused', () => {
    const folder = aFolder();
    openSqlite(folder);
    expect(() => createSqliteStorage(folder)).toThrow(DataFolderInUse);
  });
});
