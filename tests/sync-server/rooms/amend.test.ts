import { afterEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { createMemoryStorage } from '#sync-server/storage/memory-storage.ts';
import { openRig, pause, type Rig, type RigChoice, until } from '../rig.ts';

let rig: Rig;
afterEach(() => rig.close());

const secret = 'somebody who asked to be forgotten';
const withoutSecret: RigChoice['amend'] = () => async (doc) => {
  const list = doc.getArray('chunks');
  await pause(1);
  for (let at = list.length - 1; at >= 0; at -= 1) if (String(list.get(at)).includes(secret)) list.delete(at);
};
const storedText = async ({ storage, workspace }: Rig): Promise<string> => {
  const parts = await Promise.all(([0, 1] as const).map((skip) => storage.log.read(`${workspace}/settings`, skip)));
  return Buffer.concat(
    parts.flatMap(({ snapshot, updates }) => [snapshot, ...updates].flatMap((part) => (part ? [part.bytes] : []))),
  ).toString();
};

test('[ROOM28] everybody gets what was amended, and the log never held the rest', async () => {
  rig = await openRig({ amend: withoutSecret });
  const { cookie } = await rig.signIn('operator');
  const writer = await rig.connect(`${rig.workspace}/settings`, cookie);
  const reader = await rig.connect(`${rig.workspace}/settings`, (await rig.signIn('observer')).cookie);
  writer.edit((doc) => doc.getArray('chunks').push(['first', `${secret} 1`, 'second']));
  await until(() => reader.doc.getArray('chunks').length === 2 && writer.doc.getArray('chunks').length === 2);
  writer.edit((doc) => doc.getArray('chunks').push([`${secret} 2`]));
  writer.edit((doc) => doc.getArray('chunks').push(['third']));
  await until(() => reader.doc.getArray('chunks').length === 3 && writer.doc.getArray('chunks').length === 3);
  expect(reader.doc.getArray('chunks').toJSON()).toEqual(['first', 'second', 'third']);
  expect(Y.encodeStateVector(reader.doc)).toEqual(Y.encodeStateVector(writer.doc));
  expect(writer.acks.at(-1)?.durableWrites).toBeGreaterThanOrEqual(3);
  expect(await storedText(rig)).toContain('third');
  expect(await storedText(rig)).not.toContain(secret);
  // What is stored is a whole document by itself.
  rig.rooms.tick();
  const { snapshot, updates } = await rig.storage.log.read(`${rig.workspace}/settings`);
  const again = new Y.Doc();
  for (const part of [snapshot, ...updates]) if (part) Y.applyUpdate(again, part.bytes);
  expect(again.getArray('chunks').toJSON()).toEqual(['first', 'second', 'third']);
});

test('[ROOM24] a retake leaves nothing that was deleted, and everything that was written meanwhile', async () => {
  const storage = createMemoryStorage();
  rig = await openRig({ storage, room: { snapshotUpdates: 2 } });
  const room = `${rig.workspace}/settings`;
  for (let at = 0; at < 5; at += 1)
    await rig.rooms.change(room, 'test', (doc) => doc.getText('text').insert(0, `${secret} `));
  await rig.rooms.change(room, 'test', (doc) => doc.getText('text').delete(0, doc.getText('text').length));
  const retaken = rig.rooms.retake(room);
  await rig.rooms.change(room, 'test', (doc) => doc.getText('text').insert(0, 'kept'));
  await retaken;
  expect(await storedText(rig)).not.toContain(secret);
  await rig.rooms.close();
  const { snapshot, updates } = await storage.log.read(room);
  const again = new Y.Doc();
  for (const part of [snapshot, ...updates]) if (part) Y.applyUpdate(again, part.bytes);
  expect(again.getText('text').toString()).toBe('kept');
});
