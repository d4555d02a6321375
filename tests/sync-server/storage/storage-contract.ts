/** What every storage promises; memory, SQLite and PostgreSQL run it. */
import { expect, test } from 'vitest';
import type { Storage } from '#sync-server/storage/storage.ts';

export const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);
const hash = (digit: string): string => digit.repeat(64);

/** `open` gives an empty storage that holds every room the contract writes. */
export const describeStorageContract = (open: () => Promise<Storage>): void => {
  test('[STO2] updates come back in order, and no sequence is used twice', async () => {
    const { log } = await open();
    const given = await Promise.all([1, 2, 3].map((value) => log.append('w/settings', bytes(value))));
    expect(given).toEqual([1, 2, 3]);
    expect(await log.append('w/catalogue', bytes(9))).toBe(1);
    const { snapshot, updates } = await log.read('w/settings');
    expect(snapshot).toBeNull();
    expect(updates.map(({ sequence, bytes: [value] }) => [sequence, value])).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
    ]);
    expect(await log.read('w/unheard-of')).toEqual({ snapshot: null, updates: [] });
  });

  test('[STO4] two snapshots are kept with every update after the older', async () => {
    const { log } = await open();
    for (let value = 1; value <= 6; value += 1) await log.append('w/settings', bytes(value));
    await log.writeSnapshot('w/settings', { sequence: 2, bytes: bytes(20) });
    await log.writeSnapshot('w/settings', { sequence: 4, bytes: bytes(40) });
    expect((await log.read('w/settings')).updates.map(({ sequence }) => sequence)).toEqual([5, 6]);
    const older = await log.read('w/settings', 1);
    expect(older.snapshot?.sequence).toBe(2);
    expect(older.updates.map(({ sequence }) => sequence)).toEqual([3, 4, 5, 6]);
    await log.writeSnapshot('w/settings', { sequence: 6, bytes: bytes(60) });
    const newest = await log.read('w/settings');
    expect(newest.snapshot?.sequence).toBe(6);
    expect(newest.updates).toEqual([]);
    expect((await log.read('w/settings', 1)).snapshot?.sequence).toBe(4);
    expect(await log.append('w/settings', bytes(7))).toBe(7);
  });

  test('[STO11] a retaken room is its snapshot and what came after', async () => {
    const { log } = await open();
    for (let value = 1; value <= 4; value += 1) await log.append('w/settings', bytes(value));
    await log.writeSnapshot('w/settings', { sequence: 1, bytes: bytes(10) });
    await log.writeSnapshot('w/settings', { sequence: 2, bytes: bytes(20) });
    await log.retake('w/settings', { sequence: 3, bytes: bytes(30) });
    const read = await log.read('w/settings');
    expect([read.snapshot?.sequence, read.updates.map(({ sequence }) => sequence)]).toEqual([3, [4]]);
    expect((await log.read('w/settings', 1)).snapshot).toBeNull();
    expect(await log.append('w/settings', bytes(5))).toBe(5);
  });

  test('[STO12] every record is read at once', async () => {
    const { records } = await open();
    await records.write([
      { collection: 'sources', key: 'b', value: { name: 'B' }, expiresMs: 7 },
      { collection: 'members', key: 'w/a', value: 1 },
      { collection: 'sources', key: 'a', value: null },
    ]);
    expect(await records.readAll()).toEqual([
      { collection: 'members', key: 'w/a', value: 1, expiresMs: null },
      { collection: 'sources', key: 'b', value: { name: 'B' }, expiresMs: 7 },
    ]);
  });

  test('[STO5] several records are written all or none, and only at the expected version', async () => {
    const { records } = await open();
    const first = await records.write([
      { collection: 'members', key: 'w/a', value: { name: 'Ann' }, ifVersion: 0 },
      { collection: 'members', key: 'w/b', value: { name: 'Bo' } },
    ]);
    expect(first.ok).toBe(true);
    const refused = await records.write([
      { collection: 'members', key: 'w/c', value: { name: 'Cy' } },
      { collection: 'members', key: 'w/a', value: { name: 'Eve' }, ifVersion: 0 },
    ]);
    expect(refused).toEqual({ ok: false, error: { kind: 'conflict' } });
    expect(await records.read('members', 'w/c')).toBeNull();
    expect(await records.read('members', 'w/a')).toEqual({ key: 'w/a', value: { name: 'Ann' }, version: 1 });
    expect((await records.write([{ collection: 'members', key: 'w/a', value: null, ifVersion: 1 }])).ok).toBe(true);
    expect((await records.list('members')).map(({ key }) => key)).toEqual(['w/b']);
  });

  test('[STO5] records are listed by the start of their key, in order', async () => {
    const { records } = await open();
    for (const key of ['b/2', 'a/1', 'b/1', 'ba/1', 'c'])
      await records.write([{ collection: 'sources', key, value: key }]);
    expect((await records.list('sources', 'b/')).map(({ key }) => key)).toEqual(['b/1', 'b/2']);
    expect(await records.list('elsewhere')).toEqual([]);
  });

  test('[STO6] what has expired can be swept', async () => {
    const { records } = await open();
    await records.write([
      { collection: 'sessions', key: 'old', value: 1, expiresMs: 100 },
      { collection: 'sessions', key: 'new', value: 1, expiresMs: 300 },
      { collection: 'sessions', key: 'kept', value: 1 },
    ]);
    expect(await records.read('sessions', 'old')).not.toBeNull();
    expect(await records.removeExpired(200)).toBe(1);
    expect((await records.list('sessions')).map(({ key }) => key)).toEqual(['kept', 'new']);
  });

  test('[STO7] the first bytes under a hash stay', async () => {
    const { blobs } = await open();
    expect(await blobs.write('w', hash('a'), bytes(1, 2))).toBe(true);
    expect(await blobs.write('w', hash('a'), bytes(1, 2))).toBe(true);
    expect(await blobs.write('w', hash('a'), bytes(3))).toBe(false);
    expect(await blobs.read('w', hash('a'))).toEqual(bytes(1, 2));
    expect(await blobs.read('v', hash('a'))).toBeNull();
    expect((await blobs.list('w')).map((blob) => [blob.hash, blob.bytes])).toEqual([[hash('a'), 2]]);
    await blobs.remove('w', hash('a'));
    expect(await blobs.read('w', hash('a'))).toBeNull();
  });

  test('[STO8] removing a workspace leaves its neighbours alone', async () => {
    const { log, blobs } = await open();
    for (const room of ['demo/settings', 'demo/show/s1', 'demo-2/settings', 'dem/settings'])
      await log.append(room, bytes(1));
    await log.writeSnapshot('demo/settings', { sequence: 1, bytes: bytes(1) });
    await blobs.write('demo', hash('a'), bytes(1));
    await blobs.write('demo-2', hash('a'), bytes(1));
    expect(await log.list('demo')).toEqual(['demo/settings', 'demo/show/s1']);
    await log.removeWorkspace('demo');
    await blobs.removeWorkspace('demo');
    expect(await log.list('demo')).toEqual([]);
    expect((await log.read('demo/settings')).snapshot).toBeNull();
    expect(await log.list('demo-2')).toEqual(['demo-2/settings']);
    expect(await blobs.read('demo', hash('a'))).toBeNull();
    expect(await blobs.read('demo-2', hash('a'))).toEqual(bytes(1));
  });

  test('[STO8] records of a removed workspace go from every collection', async () => {
    const { records } = await open();
    for (const [collection, key] of [
      ['members', 'demo/ann'],
      ['audit', 'demo/1'],
      ['members', 'demo-2/bo'],
      ['workspaces', 'demo'],
    ] as const)
      await records.write([{ collection, key, value: 1 }]);
    await records.removeWorkspace('demo');
    expect(await records.list('audit')).toEqual([]);
    expect((await records.list('members')).map(({ key }) => key)).toEqual(['demo-2/bo']);
    expect(await records.read('workspaces', 'demo')).not.toBeNull();
  });

  test('[STO10] names that could leave the folder are refused', async () => {
    const { blobs } = await open();
    await expect(blobs.write('../w', hash('a'), bytes(1))).rejects.toThrow();
    await expect(blobs.write('w', '../../etc/passwd', bytes(1))).rejects.toThrow();
    await expect(async () => blobs.read('w', hash('A'))).rejects.toThrow();
  });
};

/** The rooms above, for a storage where they must be held to be written. */
export const contractRooms = [
  'w/settings',
  'w/catalogue',
  'demo/settings',
  'demo/show/s1',
  'demo-2/settings',
  'dem/settings',
];
