/**
 * Five people in one room of the real server, over sockets: they are cut off, write on, say things twice, come back, and
 * the server forgets everything but its log. Of the 50 seeds of the other rig every fifth; `CONVERGENCE_SEEDS=200` for more.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import { loadParts } from '#sync-server/rooms/snapshot.ts';
import { openRig, pause, type Rig, type TestClient, until } from '../sync-server/rig.ts';
import type { Dice } from './operation-table.ts';
import { seededDice } from './seeded-dice.ts';

const seedCount = Math.ceil(Number(process.env.CONVERGENCE_SEEDS ?? 50) / 5);
const copyCount = 5;
const stepCount = 120;

let rig: Rig;
let cookie: string;
beforeAll(async () => {
  rig = await openRig({ connectionsPerMember: 100_000, room: { snapshotUpdates: 15 } });
  ({ cookie } = await rig.signIn('owner'));
});
afterAll(() => rig.close());

const edits: readonly ((doc: Y.Doc, dice: Dice) => void)[] = [
  (doc, dice) => doc.getText('text').insert(dice.below(doc.getText('text').length + 1), dice.id('t')),
  (doc, dice) => {
    const text = doc.getText('text');
    const at = dice.below(text.length + 1);
    text.delete(at, Math.min(dice.below(4), text.length - at));
  },
  (doc, dice) => doc.getMap('map').set(`k${dice.below(6)}`, dice.below(1000)),
  (doc, dice) => doc.getMap('map').delete(`k${dice.below(6)}`),
  (doc, dice) => doc.getArray('list').push([dice.id('l')]),
  (doc, dice) =>
    doc.getArray('list').length > 0 && doc.getArray('list').delete(dice.below(doc.getArray('list').length)),
];

const readAll = (doc: Y.Doc): unknown => [
  doc.getText('text').toString(),
  Object.entries(doc.getMap('map').toJSON()).sort(([a], [b]) => (a < b ? -1 : 1)),
  doc.getArray('list').toJSON(),
];
const stateOf = (doc: Y.Doc): unknown => [...Y.decodeStateVector(Y.encodeStateVector(doc))].sort(([a], [b]) => a - b);

const runSeed = async (seed: number): Promise<void> => {
  const dice = seededDice(seed);
  const room = `${rig.workspace}/campaign/s${seed}`;
  const docs = Array.from({ length: copyCount }, () => new Y.Doc());
  const clients: (TestClient | null)[] = docs.map(() => null);
  const connect = async (at: number): Promise<TestClient> =>
    (clients[at] = await rig.connect(room, cookie, { kept: docs[at]! }));
  for (let step = 0; step < stepCount; step += 1) {
    const at = dice.below(copyCount);
    const client = clients[at] ?? null;
    const isOpen = client !== null && client.closeCode === null;
    if (dice.chance(0.02)) rig.rooms.lose();
    else if (dice.chance(0.1)) await (isOpen ? client.socket.terminate() : connect(at));
    else if (dice.chance(0.1)) await pause(dice.below(3));
    else if (isOpen && dice.chance(0.05)) client.sendSync(2, Y.encodeStateAsUpdate(docs[at]!));
    else if (isOpen) client.edit((doc) => dice.pick(edits)(doc, dice));
    else docs[at]!.transact(() => dice.pick(edits)(docs[at]!, dice));
  }
  const last = await Promise.all(docs.map((_, at) => connect(at)));
  const isSame = (): boolean => new Set(docs.map((doc) => JSON.stringify([readAll(doc), stateOf(doc)]))).size === 1;
  for (const client of last) await client.roundTrip();
  await until(isSame);
  const [copy] = docs;
  expect(await rig.rooms.read(room, (doc) => [readAll(doc), stateOf(doc)])).toEqual([readAll(copy!), stateOf(copy!)]);
  const stored = loadParts(await rig.storage.log.read(room));
  expect([stored?.skipped, stored && readAll(stored.doc)]).toEqual([0, readAll(copy!)]);
  for (const client of last) client.socket.terminate();
};

test(
  `[ROOM1, ROOM14] five copies and the server converge, ${seedCount} times`,
  { timeout: 30_000 + seedCount * 2000 },
  async () => {
    for (let seed = 1; seed <= seedCount; seed += 1)
      await runSeed(seed).catch((cause: unknown) => {
        throw new Error(`seed ${seed}`, { cause });
      });
  },
);
