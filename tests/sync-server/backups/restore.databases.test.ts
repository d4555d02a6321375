/** A backup of one kind of storage, restored into a real PostgreSQL by the command, and from there into a folder again. */
import { mkdtempSync, rmSync } from 'node:fs';
import { appendFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { handOutBackup } from '#sync-server/backups/hand-out-backup.ts';
import { linkOwner } from '#sync-server/commands/owner-link.ts';
import { restore, type Restored } from '#sync-server/commands/restore.ts';
import { UserMistake } from '#sync-server/commands/run-command.ts';
import { openPostgresStorage } from '#sync-server/storage/postgres-storage.ts';
import { createSqliteStorage } from '#sync-server/storage/sqlite-storage.ts';
import { createKeyRing } from '#sync-server/vault/key-ring.ts';
import { createDatabase, missing } from '../databases.ts';
import { type ErasureRig, gone, manyLines, nickname, openErasureRig, stays } from '../vault/erasure-rig.ts';
import { contentsOf, key, writeTo } from './backup-rig.ts';

describe.skipIf(missing !== null)(`restoring into PostgreSQL${missing ? `: ${missing}` : ''}`, () => {
  let rig: ErasureRig;
  let folder: string;
  let database: string;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'larder-restore-'));
    rig = await openErasureRig();
    await rig.bring('facts/orders/2026-02', manyLines(gone, stays));
    database = await createDatabase();
  });
  afterEach(async () => {
    await rig.http.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const at = (name: string): string => join(folder, name);
  const restoreTo = (data: string, into: string | null, file: string): Promise<Restored> =>
    restore({ data, keys: null, database: into }, file, { erasures: null, passphrase: async () => '' });

  test('[BAK1, BAK7, BAK11, PKY6] everything is there as it was, sessions ended; a database in use is refused and left alone', async () => {
    const { storage } = rig.http;
    await rig.http.join(rig.owner, rig.workspace, 'host');
    await writeTo(storage, at('b'));
    const done = await restoreTo(at('data'), database, at('b'));
    expect(done).toMatchObject({ documents: 3, blobs: 1, sessionsEnded: 2, erasuresReplayed: 0 });
    const restored = await openPostgresStorage(database);
    const contents = await contentsOf(restored);
    expect(contents).toEqual(await contentsOf(storage));
    for (const collection of ['sessions', 'session-tokens'])
      expect(await restored.records.list(collection)).toEqual([]);
    expect(await restored.records.list('members')).toHaveLength(2);
    // Nobody holds a room of it: the first server that starts takes them at once.
    const room = `${rig.workspace}/settings`;
    expect(await restored.leases.take(room)).toEqual({ isOwn: true, wasLeft: false });
    expect(await restored.log.append(room, new Uint8Array([0, 0]))).toBeGreaterThan(0);
    await expect(restoreTo(at('other'), database, at('b'))).rejects.toThrow(UserMistake);
    expect((await contentsOf(restored)).stored).toEqual(contents.stored);

    await restored.records.write([{ collection: 'server', key: 'peer-secret', value: 'ours alone' }]);
    await writeTo(restored, at('again'));
    await restored.close();
    await restoreTo(at('folder'), null, at('again'));
    const back = createSqliteStorage(at('folder'));
    const { stored, own } = await contentsOf(back);
    expect([stored, own]).toEqual([contents.stored, contents.own]);
    await back.close();
    expect(await linkOwner({ data: at('data'), database }, {})).toMatchObject({ name: 'Ann', role: 'owner' });
  });

  test('[BAK8] who was erased after the backup is erased again: no row of the database names them', async () => {
    const deps = { storage: rig.http.storage, ring: createKeyRing([key]), nowMs: () => 1 };
    await writeFile(at('b'), '');
    await handOutBackup(deps, { path: at('b'), untilMs: 9e15, passphrase: '' }, (bytes) => appendFile(at('b'), bytes));
    await rig.erase();
    expect((await restoreTo(at('data'), database, at('b'))).erasuresReplayed).toBe(1);
    const restored = await openPostgresStorage(database);
    const { documents, stored } = await contentsOf(restored);
    expect([...stored.keys()]).toEqual([...(await contentsOf(rig.http.storage)).stored.keys()]);
    await restored.close();
    const sql = postgres(database, { max: 1, onnotice: () => {} });
    const rows = await sql<{ bytes: Buffer }[]>`
      SELECT bytes FROM snapshot UNION ALL SELECT bytes FROM room_update
      UNION ALL SELECT convert_to(value, 'UTF8') FROM record`;
    await sql.end();
    const chunks = [...documents.values()].flatMap(({ manifest }) => manifest.records);
    const facts = await Promise.all(
      chunks.map(({ inline, hash, bytes }) =>
        rig.platform.inflate(inline ?? Buffer.from(stored.get(hash) ?? '', 'base64'), bytes),
      ),
    );
    const everything = Buffer.concat([...rows.map(({ bytes }) => bytes), ...facts]).toString('utf8');
    expect(everything.includes('order-stays')).toBe(true);
    for (const text of [nickname, 'order-gone', 'oGONE']) expect(everything.includes(text)).toBe(false);
  });
});
