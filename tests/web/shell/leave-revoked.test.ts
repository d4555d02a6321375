import { expect, test } from 'vitest';
import { leaveRevoked } from '#web/shell/leave-revoked.ts';
import { readWaiting } from '#web/shell/read-waiting.ts';
import { memberPrefix, openDeviceDatabase, readAsides } from '#web/device/device-database.ts';
import { openDocuments } from '#web/workspace/documents.ts';

const database = openDeviceDatabase();

/** A member's device, offline, with what they wrote there in an earlier session. */
const write = async (workspace: string, texts: Readonly<Record<string, string>>) => {
  const memberId = 'm-1';
  const documents = openDocuments({
    workspace,
    memberId,
    origin: 'http://127.0.0.1:9',
    accessTo: () => 'write',
    nowMs: () => 1000,
    report: () => undefined,
    closed: () => undefined,
    ended: () => undefined,
    roleChanged: () => undefined,
  });
  for (const [path, text] of Object.entries(texts)) {
    const opened = documents.open(path);
    await opened.loaded;
    if (text !== '') opened.doc.getText('said').insert(0, text);
  }
  await documents.close();
  await database.workspaces.put({
    id: workspace,
    home: 'server',
    brand: 'North Slope',
    isDemo: false,
    memberId,
    memberName: 'Ann',
    role: 'operator',
    offsetMs: 0,
    openedMs: 0,
  });
  return memberPrefix(workspace, memberId);
};
const kept = async (prefix: string): Promise<number> =>
  (await indexedDB.databases()).filter(({ name }) => name?.startsWith(prefix)).length;

test('what never reached the server is offered on every visit until it is given up', async () => {
  const prefix = await write('w-left', {
    'show/c1': 'written without a network',
    'facts/orders/2026-10': 'no text',
    settings: '',
  });
  for (const _visit of [1, 2]) {
    const leaving = await leaveRevoked(database, 'w-left', null);
    expect(leaving.changes).toBe(1);
    expect(await (await fetch(leaving.file)).text()).toBe('show/c1\nwritten without a network');
  }
  await (await leaveRevoked(database, 'w-left', null)).wipe();
  expect(await kept(prefix)).toBe(0);
  expect(await database.workspaces.get('w-left')).toBeUndefined();
});

test('whoever is signed out is offered what waits, and it goes on waiting', async () => {
  const prefix = await write('w-out', { 'show/c1': 'typed as the session ended', settings: '' });
  for (const _visit of [1, 2]) {
    const waiting = await readWaiting(database, 'w-out', null);
    expect(waiting.changes).toBe(1);
    expect(await (await fetch(waiting.file)).text()).toBe('show/c1\ntyped as the session ended');
  }
  expect(await kept(prefix)).toBe(2);
  expect(await readAsides(database, 'w-out', 'm-1')).toEqual([]);
});

test('where nothing waits, everything goes at once', async () => {
  const prefix = await write('w-empty', { settings: '' });
  expect(await kept(prefix)).toBe(1);
  expect((await leaveRevoked(database, 'w-empty', null)).changes).toBe(0);
  expect(await kept(prefix)).toBe(0);
});
