/** One contract, every storage. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
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

  test('[STO9] a second opener of the same folder is refused', () => {
    const folder = aFolder();
    openSqlite(folder);
    expect(() => createSqliteStorage(folder)).toThrow(DataFolderInUse);
  });
});
