import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { PassThrough } from 'node:stream';
import { afterEach, expect, test, vi } from 'vitest';
import { connectionLimits } from '#sync-server/rooms/limits.ts';
import { createUpgrade } from '#sync-server/rooms/upgrade.ts';
import { openRig, pause, type Rig, until } from '../rig.ts';

let rig: Rig;
afterEach(() => rig.close());

test('[ROOM6] a removal while the upgrade is being judged is seen all the same', async () => {
  rig = await openRig();
  const { cookie, member } = await rig.signIn('operator');
  const { read } = rig.storage.records;
  let isSlow = true;
  // The member record is read, and then takes its time to arrive.
  rig.storage.records.read = async (collection, key) => {
    const found = await read(collection, key);
    if (isSlow && collection === 'members' && key.endsWith(member.id)) await pause(100);
    return found;
  };
  const connecting = rig.connect(`${rig.workspace}/settings`, cookie);
  await pause(50);
  isSlow = false;
  const owner = (await rig.access.listMembers(rig.workspace)).find(({ name }) => name === 'Ann')!;
  const membership = { workspace: rig.workspace, brand: '', isDemo: false, name: 'Ann', role: 'owner' as const };
  expect((await rig.access.removeMember({ ...membership, member: owner.id }, member.id)).ok).toBe(true);
  const client = await connecting;
  await until(() => client.closeCode !== null);
  expect(client.closeCode).toBe(4404);
});

test('[ROOM18] a server that drains opens no more sockets', async () => {
  rig = await openRig();
  const identify = vi.fn();
  const upgrade = createUpgrade({
    rooms: rig.rooms,
    limits: connectionLimits,
    nowMs: () => 0,
    identify,
    report: () => {},
  });
  upgrade.stop();
  const socket = new PassThrough();
  upgrade.handle({ url: '/sync/w/settings', headers: {} } as IncomingMessage, socket, Buffer.alloc(0));
  expect(String(await once(socket, 'data'))).toMatch(/^HTTP\/1.1 503 /);
  expect(identify).not.toHaveBeenCalled();
});

test('[ROOM29] a session that storage could not read after the upgrade is not signed out, and is judged later', async () => {
  rig = await openRig();
  const { cookie, member } = await rig.signIn('operator');
  const { records } = rig.storage;
  const { read } = records;
  let isBroken = false;
  let failures = 0;
  records.read = async (collection, key) => {
    if (!isBroken) return read(collection, key);
    failures += 1;
    throw new Error('the database does not answer');
  };
  const { connect } = rig.rooms;
  rig.rooms.connect = (...given) => {
    isBroken = true;
    connect(...given);
  };
  const client = await rig.connect(`${rig.workspace}/settings`, cookie);
  await until(() => failures > 1);
  expect(client.closeCode).toBeNull();
  // Nobody announces it: only judging again can find out.
  await records.write([{ collection: 'members', key: `${rig.workspace}/${member.id}`, value: null }]);
  isBroken = false;
  await until(() => client.closeCode !== null);
  expect(client.closeCode).toBe(4404);
});
