import { Dexie } from 'dexie';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  deleteDatabase,
  openDeviceDatabase,
  readAsides,
  readRemembered,
  type RememberedWorkspace,
  wipeMember,
} from '#web/device/device-database.ts';

const remembered = (id: string, openedMs: number): RememberedWorkspace => ({
  id,
  home: 'server',
  brand: id,
  isDemo: false,
  memberId: 'm',
  memberName: '周岚',
  role: 'operator',
  offsetMs: 0,
  openedMs,
});

// Files share one browser: what another left is not of this one.
beforeEach(() => deleteDatabase('larder'));
afterEach(() => deleteDatabase('larder'));

test('records by id; the workspace opened last comes first', async () => {
  const database = openDeviceDatabase();
  expect(await database.workspaces.get('w1')).toBeUndefined();
  await database.workspaces.put(remembered('w1', 1), remembered('w2', 5), remembered('w3', 3));
  await database.workspaces.put(remembered('w1', 2));
  expect((await readRemembered(database)).map(({ id, openedMs }) => [id, openedMs])).toEqual([
    ['w2', 5],
    ['w3', 3],
    ['w1', 2],
  ]);
  await database.workspaces.delete('w2', 'w3', 'unknown');
  expect(await database.workspaces.toArray()).toEqual([remembered('w1', 2)]);
  database.close();
});

test('one member’s texts are found, and go with the member; the others stay', async () => {
  const database = openDeviceDatabase();
  const text = (memberId: string) => ({ workspace: 'w1', memberId, path: 'campaign/c', text: '一句', atMs: 7 });
  await database.asides.add([text('m'), text('m'), text('other')]);
  await database.workspaces.put(remembered('w1', 1), remembered('w2', 1));
  expect((await readAsides(database, 'w1', 'm')).map(({ id }) => typeof id)).toEqual(['number', 'number']);
  await wipeMember(database, 'w1', 'm');
  expect(await readAsides(database, 'w1', 'm')).toEqual([]);
  expect(await readAsides(database, 'w1', 'other')).toHaveLength(1);
  expect((await database.workspaces.toArray()).map(({ id }) => id)).toEqual(['w2']);
  database.close();
});

test('what an earlier version wrote through Dexie is read', async () => {
  const before = new Dexie('larder');
  before.version(1).stores({ workspaces: 'id, openedMs', keys: 'id', asides: '++id, [workspace+memberId]' });
  await before.table('workspaces').put(remembered('w1', 1));
  await before.table('asides').add({ workspace: 'w1', memberId: 'm', path: 'p', text: 't', atMs: 1 });
  before.close();
  const database = openDeviceDatabase();
  expect(await database.workspaces.get('w1')).toEqual(remembered('w1', 1));
  expect(await readAsides(database, 'w1', 'm')).toHaveLength(1);
  database.close();
});

test('opened again after it was closed, or deleted from elsewhere', async () => {
  const database = openDeviceDatabase();
  await database.workspaces.put(remembered('w1', 1));
  database.close();
  expect(await database.workspaces.get('w1')).toEqual(remembered('w1', 1));
  await deleteDatabase('larder');
  expect(await database.workspaces.get('w1')).toBeUndefined();
  database.close();
});
