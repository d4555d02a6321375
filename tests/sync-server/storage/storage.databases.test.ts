/** The storage contract on a real PostgreSQL, and what only it promises: leases. */
import { afterEach, describe, expect, test } from 'vitest';
import { CannotOpen } from '#sync-server/storage/cannot-open.ts';
import { openPostgresStorage } from '#sync-server/storage/postgres-storage.ts';
import { LeaseLost } from '#sync-server/storage/storage.ts';
import { createDatabase, databases } from '../databases.ts';
import { bytes, contractRooms, describeStorageContract } from './storage-contract.ts';

type PostgresStorage = Awaited<ReturnType<typeof openPostgresStorage>>;

const opened: PostgresStorage[] = [];
afterEach(async () => {
  for (const storage of opened.splice(0)) await storage.close();
});
const open = async (address?: string): Promise<PostgresStorage> => {
  const storage = await openPostgresStorage(address ?? (await createDatabase()));
  opened.push(storage);
  return storage;
};
const aliveMs = 60_000;

describe.skipIf(!databases.postgres.address)('PostgreSQL storage', () => {
  describeStorageContract(async () => {
    const storage = await open();
    for (const room of contractRooms) await storage.leases.take(room);
    return storage;
  });

  test('[STO16] [BAK12] a database that is missing, elsewhere or empty is said in a sentence, and stays as it is', async () => {
    const address = new URL(await createDatabase());
    await expect(openPostgresStorage(address.href, { isThere: true })).rejects.toThrow('there is no Larder');
    await expect(openPostgresStorage(address.href, { isThere: true })).rejects.toThrow(CannotOpen);
    const missing = new URL('/nowhere', address).href;
    await expect(openPostgresStorage(missing)).rejects.toThrow('there is no such database');
    const elsewhere = Object.assign(new URL(address), { port: '1' }).href;
    await expect(openPostgresStorage(elsewhere)).rejects.toThrow('does not answer');
  });

  test('[STO1, STO3] appends of one turn share one commit, in order, over several rooms', async () => {
    const { log, leases } = await open();
    for (const room of ['w/a', 'w/b']) await leases.take(room);
    const given = await Promise.all(
      Array.from({ length: 400 }, (_, at) => log.append(at % 2 === 0 ? 'w/a' : 'w/b', bytes(at % 256))),
    );
    expect(given).toEqual(Array.from({ length: 400 }, (_, at) => Math.floor(at / 2) + 1));
    const { updates } = await log.read('w/b');
    expect(updates.map(({ bytes: [value] }) => value)).toEqual(
      Array.from({ length: 200 }, (_, at) => (at * 2 + 1) % 256),
    );
  });

  test('[STO1] an update and a snapshot of 5 MB come back as they were, and in order', async () => {
    const { log, leases } = await open();
    await leases.take('w/a');
    const large = new Uint8Array(5 * 1024 * 1024).map((_, at) => at % 251);
    for (const update of [large, bytes(7)]) await log.append('w/a', update);
    await log.writeSnapshot('w/a', { sequence: 1, bytes: large });
    const whole = await log.read('w/a', 1);
    const newest = await log.read('w/a');
    expect(whole.updates.map(({ sequence, bytes: { length } }) => [sequence, length])).toEqual([
      [1, large.length],
      [2, 1],
    ]);
    for (const read of [whole.updates[0], newest.snapshot])
      expect(Buffer.compare(read?.bytes ?? bytes(), large)).toBe(0);
    expect(newest.updates).toEqual([{ sequence: 2, bytes: bytes(7) }]);
  });

  test('[STO13] only the holder of a room writes to it, and a room of nobody can be taken', async () => {
    const address = await createDatabase();
    const [ann, bo] = [await open(address), await open(address)];
    await ann.leases.renew('ann:1', false, aliveMs);
    await bo.leases.renew('bo:1', false, aliveMs);
    await expect(ann.log.append('w/a', bytes(1))).rejects.toThrow(LeaseLost);
    expect(await ann.leases.take('w/a')).toEqual({ isOwn: true, wasLeft: false });
    expect(await bo.leases.take('w/a')).toEqual({ isOwn: false, address: 'ann:1' });
    expect(await ann.log.append('w/a', bytes(1))).toBe(1);
    await expect(bo.log.append('w/a', bytes(2))).rejects.toThrow(LeaseLost);
    await ann.leases.release('w/a');
    expect(await bo.leases.take('w/a')).toEqual({ isOwn: true, wasLeft: false });
    expect(await bo.log.append('w/a', bytes(3))).toBe(2);
  });

  test('[STO14] who was silent too long loses its rooms, and can neither append nor snapshot when it wakes', async () => {
    const address = await createDatabase();
    const [old, young] = [await open(address), await open(address)];
    await old.leases.renew('old:1', false, 150);
    await young.leases.renew('young:1', false, aliveMs);
    await old.leases.take('w/a');
    await old.leases.take('w/b');
    await old.log.append('w/a', bytes(1));
    expect(await young.leases.take('w/a')).toEqual({ isOwn: false, address: 'old:1' });
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await young.leases.take('w/a')).toEqual({ isOwn: true, wasLeft: true });
    // In one turn: the room that was lost is refused, the other is kept.
    const turn = await Promise.allSettled([old.log.append('w/a', bytes(2)), old.log.append('w/b', bytes(3))]);
    expect(turn.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    await expect(old.log.writeSnapshot('w/a', { sequence: 1, bytes: bytes(9) })).rejects.toThrow(LeaseLost);
    expect(await young.log.append('w/a', bytes(4))).toBe(2);
    expect((await young.log.read('w/a')).updates.map(({ bytes: [value] }) => value)).toEqual([1, 4]);
    expect(await old.leases.renew('old:1', false, aliveMs)).toEqual(['w/a']);
    expect(await old.leases.renew('old:1', false, aliveMs)).toEqual([]);
  });

  test('[STO14] an append that has begun is seen by the next owner, or refused: never lost in between', async () => {
    const address = await createDatabase();
    const [old, young] = [await open(address), await open(address)];
    for (let round = 0; round < 20; round += 1) {
      const room = `w/r${round}`;
      await old.leases.renew('old:1', false, aliveMs);
      await old.leases.take(room);
      await old.leases.renew('old:1', false, -1000);
      const appended = Array.from({ length: 5 }, (_, at) =>
        new Promise((resolve) => setTimeout(resolve, at)).then(() => old.log.append(room, bytes(at))),
      );
      const settled = Promise.allSettled(appended);
      await young.leases.take(room);
      const seen = (await young.log.read(room)).updates.length;
      const kept = (await settled).filter(({ status }) => status === 'fulfilled').length;
      expect(kept).toBe(seen);
    }
  });

  test('[STO8] who holds a room of a removed workspace has lost it', async () => {
    const { log, leases } = await open();
    await leases.take('w/a');
    await log.append('w/a', bytes(1));
    await log.removeWorkspace('w');
    await expect(log.append('w/a', bytes(2))).rejects.toThrow(LeaseLost);
    expect(await log.list('w')).toEqual([]);
  });

  test('[STO5] two writers of one record: one of them is refused', async () => {
    const address = await createDatabase();
    const [ann, bo] = [await open(address), await open(address)];
    for (let version = 0; version < 10; version += 1) {
      const answers = await Promise.all(
        [ann, bo].map(({ records }) =>
          records.write([
            { collection: 'members', key: 'w/b', value: version },
            { collection: 'members', key: 'w/a', value: version, ifVersion: version },
          ]),
        ),
      );
      expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    }
  });
});
