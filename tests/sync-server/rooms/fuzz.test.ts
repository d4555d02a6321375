/** Everything that a hostile client may send, from every role, seeded. `FUZZ_FRAMES` for more; `npm run soak` does so. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import * as encoding from 'lib0/encoding';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import type { Role } from '#core/units/role.ts';
import { roomKinds } from '#core/workspace/rooms.ts';
import { encodeAwareness, encodeStep1, encodeStep2, encodeUpdate } from '#sync-server/rooms/messages.ts';
import type { Dice } from '../../convergence/operation-table.ts';
import { seededDice } from '../../convergence/seeded-dice.ts';
import { everyRole, openRig, pause, type TestClient, until } from '../rig.ts';

const frameCount = Number(process.env.FUZZ_FRAMES ?? 800);
const messageBytes = 64 * 1024;
const framesOfOne = 8;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
const heapMiB = async (): Promise<number> => {
  for (let at = 0; at < 3; at += 1) {
    collect();
    await pause(20);
  }
  return process.memoryUsage().heapUsed / 2 ** 20;
};

/** An edit that says who made it. */
const editBy = (name: string, dice: Dice): Uint8Array => {
  const doc = new Y.Doc();
  doc.clientID = dice.below(2 ** 31);
  doc.getMap('by').set(name, dice.below(100));
  doc.getText('text').insert(0, 'x'.repeat(dice.below(200)));
  return Y.encodeStateAsUpdate(doc);
};

const mutate = (frame: Uint8Array, dice: Dice): Uint8Array => {
  const bytes = frame.slice(0, dice.below(3) === 0 ? dice.below(frame.length) + 1 : frame.length);
  for (let count = dice.below(4); count > 0; count -= 1) bytes[dice.below(bytes.length)] = dice.below(256);
  return bytes;
};

const randomBytes = (dice: Dice, length: number): Uint8Array => Uint8Array.from({ length }, () => dice.below(256));

/** A server's own message from a client, with a payload. */
const foreignType = (type: number): Uint8Array => {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, type);
  encoding.writeVarString(encoder, '{"kind":"writable"}');
  return encoding.toUint8Array(encoder);
};

const forgedAwareness = (dice: Dice): Uint8Array =>
  encodeAwareness(
    Array.from({ length: dice.below(6) === 0 ? 300 : dice.below(4) }, () => ({
      client: dice.below(5) === 0 ? 2 ** 50 : dice.below(8),
      clock: dice.below(1000),
      state:
        dice.below(4) === 0
          ? null
          : { member: { id: 'ann', name: 'Ann', role: 'owner' }, field: 'x'.repeat(dice.below(8) === 0 ? 20_000 : 10) },
    })),
  );

/** Ten kinds, the tenth oversized. */
const makeFrame = (role: Role, dice: Dice): Uint8Array | string => {
  const edit = (): Uint8Array => editBy(role, dice);
  const makers: readonly (() => Uint8Array | string)[] = [
    () => encodeUpdate(edit()),
    () => encodeStep2(edit()),
    () => encodeStep1(Y.encodeStateVectorFromUpdate(edit())),
    () => encodeStep1(randomBytes(dice, dice.below(60))),
    () => mutate(encodeUpdate(edit()), dice),
    () => mutate(encodeStep2(edit()), dice),
    () => forgedAwareness(dice),
    () => mutate(forgedAwareness(dice), dice),
    () => randomBytes(dice, dice.below(300)),
    () => foreignType([2, 4, 9, 100, 101, 2 ** 31][dice.below(6)] ?? 9),
    () => Uint8Array.of(3),
    () => ['hello', '', '{}'][dice.below(3)] ?? '',
    () => encodeUpdate(randomBytes(dice, dice.below(4) === 0 ? messageBytes * 2 : 1000)),
  ];
  return (makers[dice.below(makers.length)] ?? makers[0]!)();
};

const title = `[ROOM7, ROOM3, ROOM9] ${frameCount} hostile frames: the process lives, other rooms do not notice, memory returns`;
test(title, { timeout: 120_000 + frameCount * 20 }, async () => {
  const dice = seededDice(20_261_122);
  const rig = await openRig({ limits: { messageBytes }, idleMs: 0, connectionsPerMember: 100_000 });
  const cookies = new Map<Role, string>();
  for (const role of everyRole) cookies.set(role, (await rig.signIn(role)).cookie);
  const target = (path: string): string => path.replace('*', path.startsWith('facts/') ? '2026-11' : 'fuzz');

  // Two people at work in a room of their own.
  const [ann, bo] = [
    await rig.connect(`${rig.workspace}/campaign/quiet`, cookies.get('owner') ?? ''),
    await rig.connect(`${rig.workspace}/campaign/quiet`, cookies.get('operator') ?? ''),
  ];
  await Promise.all([ann.roundTrip(), bo.roundTrip()]);
  let worstMs = 0;
  let edits = 0;
  let isOver = false;
  const working = (async () => {
    while (!isOver) {
      const started = performance.now();
      edits += 1;
      const count = edits;
      ann.edit((doc) => doc.getMap('count').set('edits', count));
      await until(() => bo.doc.getMap('count').get('edits') === count, 20_000);
      worstMs = Math.max(worstMs, performance.now() - started);
      await pause(5);
    }
  })();

  // As the server does: who only listens is asked for a sign of life before it is given up.
  const ticking = setInterval(() => rig.rooms.tick(), 5000);
  const attack = async (frames: number): Promise<void> => {
    for (let sent = 0; sent < frames; sent += framesOfOne) {
      const kind = roomKinds[dice.below(roomKinds.length)]!;
      const writers = everyRole.filter((each) => kind.access[each] === 'write');
      const role = dice.pick(writers.length > 0 && dice.chance(0.5) ? writers : everyRole);
      const client: TestClient = await rig.connect(`${rig.workspace}/${target(kind.path)}`, cookies.get(role) ?? '');
      client.answersStep1 = false;
      for (let at = 0; at < framesOfOne && client.closeCode === null; at += 1)
        client.socket.send(makeFrame(role, dice));
      if (dice.below(2) === 0) await client.roundTrip();
      client.close();
    }
    await until(() => rig.rooms.counters().connections === 2, 20_000);
    await pause(300);
    rig.rooms.tick();
  };
  await attack(frameCount / 2);
  const before = await heapMiB();
  await attack(frameCount / 2);
  isOver = true;
  clearInterval(ticking);
  await working;
  expect((await heapMiB()) - before).toBeLessThan(15);
  expect([ann.closeCode, bo.closeCode]).toEqual([null, null]);
  expect(edits).toBeGreaterThan(20);
  expect(worstMs).toBeLessThan(2000);
  expect([...bo.awareness.values()].filter(({ state }) => state !== null)).toEqual([]);

  // Nobody wrote where the table does not let them; what was kept loads again from the log.
  let kept = 0;
  for (const kind of roomKinds) {
    const by = await rig.rooms.read(`${rig.workspace}/${target(kind.path)}`, (doc) => [...doc.getMap('by').keys()]);
    kept += by.length;
    const writers: readonly string[] = everyRole.filter((role) => kind.access[role] === 'write');
    expect([kind.path, by.filter((role) => !writers.includes(role) && everyRole.includes(role as Role))]).toEqual([
      kind.path,
      [],
    ]);
    const { snapshot, updates } = await rig.storage.log.read(`${rig.workspace}/${target(kind.path)}`);
    const again = new Y.Doc();
    for (const { bytes } of [...(snapshot ? [snapshot] : []), ...updates]) Y.applyUpdate(again, bytes);
  }
  // It was no fuzz of a closed door.
  expect(kept).toBeGreaterThan(10);
  await rig.close();
});
