import { afterAll, beforeAll, expect, test } from 'vitest';
import { encodeAwareness, parseMessage } from '#sync-server/rooms/messages.ts';
import { PresenceBook } from '#sync-server/rooms/presence.ts';
import { openRig, pause, type Rig, until } from '../rig.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await openRig({ room: { presenceMs: 40 } });
});
afterAll(() => rig.close());

test('[ROOM9] the server stamps who somebody is, whatever they say', async () => {
  const room = `${rig.workspace}/settings`;
  const ann = await rig.signIn('owner', 'Ann Two');
  const eve = await rig.signIn('observer', 'Eve');
  const hers = await rig.connect(room, ann.cookie);
  const theirs = await rig.connect(room, eve.cookie);
  theirs.sendAwareness([
    { client: 1, clock: 1, state: { member: { id: ann.member.id, name: 'Ann Two', role: 'owner' } } },
  ]);
  await until(() => hers.awareness.has(1));
  expect(hers.awareness.get(1)?.state?.member).toEqual({ id: eve.member.id, name: 'Eve', role: 'observer' });
});

test("[ROOM9] another member's client id can be neither used nor made to leave, also shortly after it left", async () => {
  const room = `${rig.workspace}/catalogue`;
  const ann = await rig.signIn('owner', 'Ann Two');
  const eve = await rig.signIn('observer', 'Eve');
  const hers = await rig.connect(room, ann.cookie);
  const theirs = await rig.connect(room, eve.cookie);
  hers.sendAwareness([{ client: 5, clock: 1, state: { field: 'a' } }]);
  await until(() => theirs.awareness.has(5));
  theirs.sendAwareness([{ client: 5, clock: 9, state: { field: 'forged' } }]);
  theirs.sendAwareness([{ client: 5, clock: 10, state: null }]);
  await theirs.roundTrip();
  await pause(80);
  expect(hers.awareness.get(5)?.state).toMatchObject({ field: 'a', member: { id: ann.member.id } });
  hers.close();
  await until(() => theirs.awareness.get(5)?.state === null);
  theirs.sendAwareness([{ client: 5, clock: 11, state: { field: 'ghost' } }]);
  await theirs.roundTrip();
  await pause(80);
  expect(theirs.awareness.get(5)?.state).toBeNull();
});

test('[ROOM10] many changes come as one message; who comes later sees everyone', async () => {
  const room = `${rig.workspace}/library`;
  const ann = await rig.signIn('owner');
  const speaker = await rig.connect(room, ann.cookie);
  const listener = await rig.connect(room, ann.cookie);
  await listener.roundTrip();
  const before = listener.heard.filter((kind) => kind === 'awareness').length;
  for (let clock = 1; clock <= 20; clock += 1) speaker.sendAwareness([{ client: 3, clock, state: { clock } }]);
  await until(() => listener.awareness.get(3)?.clock === 20);
  expect(listener.heard.filter((kind) => kind === 'awareness').length - before).toBeLessThanOrEqual(3);
  const late = await rig.connect(room, ann.cookie);
  await until(() => late.awareness.get(3)?.state !== undefined);
  late.sendQuery();
  await late.roundTrip();
  expect(late.heard.filter((kind) => kind === 'awareness')).toHaveLength(2);
  expect(late.heard.indexOf('awareness')).toBe(0);
});

test('[ROOM10] what changes within a while comes together, not each as it comes', async () => {
  const presenceMs = 300;
  const own = await openRig({ room: { presenceMs } });
  const { cookie } = await own.signIn('owner');
  const [speaker, listener] = [
    await own.connect(`${own.workspace}/library`, cookie),
    await own.connect(`${own.workspace}/library`, cookie),
  ];
  await listener.roundTrip();
  const before = listener.heard.filter((kind) => kind === 'awareness').length;
  const started = Date.now();
  for (let clock = 1; clock <= 5; clock += 1) {
    speaker.sendAwareness([{ client: 3, clock, state: { clock } }]);
    await speaker.roundTrip();
  }
  await until(() => listener.awareness.get(3)?.clock === 5);
  const whiles = Math.ceil((Date.now() - started) / presenceMs);
  expect(listener.heard.filter((kind) => kind === 'awareness').length - before).toBeLessThanOrEqual(whiles);
  await own.close();
});

test('[ROOM7] presence in more states, or longer ones, than anybody needs is malformed', () => {
  const said = (count: number, length: number): boolean =>
    parseMessage(
      encodeAwareness(
        Array.from({ length: count }, (_, client) => ({ client, clock: 1, state: { t: 'x'.repeat(length - 8) } })),
      ),
    ).ok;
  expect([said(256, 10), said(257, 10), said(1, 16 * 1024), said(1, 16 * 1024 + 1)]).toEqual([
    true,
    false,
    true,
    false,
  ]);
});

test('[ROOM9] a member has at most 32 client ids at once', () => {
  const book = new PresenceBook();
  const ann = { id: 'ann', name: 'Ann', role: 'owner' };
  const say = (client: number, state: object | null): boolean =>
    book.announce({}, ann, [{ client, clock: 1, state: state as null }], 0);
  expect(Array.from({ length: 33 }, (_, client) => say(client, {})).filter(Boolean)).toHaveLength(32);
  expect([say(0, null), say(40, {})]).toEqual([true, true]);
});

test('[ROOM10] a state stays until the last tab that announced it is gone', () => {
  const book = new PresenceBook();
  const [own, other] = [{}, {}];
  const ann = { id: 'ann', name: 'Ann', role: 'owner' };
  expect(book.announce(own, ann, [{ client: 1, clock: 1, state: {} }], 0)).toBe(true);
  expect(book.announce(other, ann, [{ client: 1, clock: 1, state: {} }], 0)).toBe(false);
  expect(book.leave(other, 10)).toBe(false);
  expect(book.everyone()).toHaveLength(1);
  expect(book.leave(own, 20)).toBe(true);
  expect(book.everyone()).toEqual([]);
  expect(book.takeChanges(20)).toEqual([{ client: 1, clock: 1, state: null }]);
});
