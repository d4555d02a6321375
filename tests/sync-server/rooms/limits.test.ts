import { connect as connectSocket, type Socket } from 'node:net';
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { connectionLimits } from '#sync-server/rooms/limits.ts';
import { isGrowth } from '#sync-server/rooms/is-growth.ts';
import { encodeUpdate, parseMessage } from '#sync-server/rooms/messages.ts';
import { TokenBucket } from '#sync-server/rooms/token-bucket.ts';
import { openRig, pause, type Rig, type RigChoice, type TestClient, until } from '../rig.ts';

const rigs: Rig[] = [];
const aRig = async (choice?: RigChoice): Promise<Rig> => {
  const rig = await openRig(choice);
  rigs.push(rig);
  return rig;
};
afterEach(async () => {
  for (const rig of rigs.splice(0)) await rig.close();
});
const write = (text: string) => (doc: Y.Doc) => doc.getText('text').insert(0, text);

const validUpdate = (() => {
  const doc = new Y.Doc();
  doc.clientID = 1;
  doc.getMap('items').set('a', new Y.Text('milk'));
  doc.getArray('list').push([1, 'two', { three: 3 }]);
  return Y.encodeStateAsUpdate(doc);
})();
const frame = (...bytes: (number | Uint8Array)[]): Uint8Array =>
  Uint8Array.from(bytes.flatMap((part) => (typeof part === 'number' ? [part] : [...part])));

test('[ROOM7] malformed frames close their connection and harm nobody else', async () => {
  const rig = await aRig({ connectionsPerMember: 1000 });
  const room = `${rig.workspace}/catalogue`;
  const { cookie } = await rig.signIn('owner');
  const good = await rig.connect(room, cookie);
  good.edit(write('good'));
  const malformed = [
    frame(),
    frame(9),
    frame(2, 0),
    frame(100, 0),
    frame(0),
    frame(0, 7, 0),
    frame(0, 0, 5, 1),
    frame(0, 2, 3, 1, 2, 3),
    frame(0, 2, validUpdate.length, validUpdate, 1),
    frame(0, 2, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1),
    frame(1, 4, 1, 1, 1, 1),
    frame(1, 5, 1, 1, 1, 1, 49),
    frame(3, 0),
  ];
  for (const bytes of malformed) {
    const bad = await rig.connect(room, cookie);
    bad.socket.send(bytes);
    await until(() => bad.closeCode !== null);
    expect([...bytes.slice(0, 6), bad.closeCode]).toEqual([...bytes.slice(0, 6), 4400]);
  }
  const texting = await rig.connect(room, cookie);
  texting.socket.send('hello');
  await until(() => texting.closeCode === 4400);
  await good.roundTrip();
  expect(good.closeCode).toBeNull();
  expect(await rig.rooms.read(room, (doc) => doc.getText('text').toString())).toBe('good');
});

test('[ROOM7] frames that are none, and connections that break off while they are judged, end nothing else', async () => {
  const rig = await aRig();
  const room = `${rig.workspace}/catalogue`;
  const { cookie } = await rig.signIn('owner');
  const good = await rig.connect(room, cookie);
  for (const bytes of [
    [0xff, 0xff, 0xff, 0xff],
    [0x82, 0x01, 0x00],
    [0x82, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
  ]) {
    const bad = await rig.connect(room, cookie);
    (bad.socket as unknown as { readonly _socket: Socket })._socket.write(Uint8Array.from(bytes));
    await until(() => bad.closeCode !== null);
  }
  const { read } = rig.storage.records;
  let asked = 0;
  rig.storage.records.read = async (...given) => {
    asked += 1;
    await pause(50);
    return read(...given);
  };
  const leaving = connectSocket(rig.port, '127.0.0.1');
  leaving.write(
    `GET /sync/${room} HTTP/1.1\r\nHost: 127.0.0.1:${rig.port}\r\nOrigin: http://127.0.0.1:${rig.port}\r\nCookie: ${cookie}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n`,
  );
  await until(() => asked > 0);
  leaving.resetAndDestroy();
  await pause(100);
  rig.storage.records.read = read;
  await good.roundTrip();
  expect(good.closeCode).toBeNull();
  await until(() => rig.rooms.counters().connections === 1);
});

test('[ROOM7] mutated updates never end the process nor lose what was there', async () => {
  const rig = await aRig({ connectionsPerMember: 100_000 });
  const room = `${rig.workspace}/catalogue`;
  const { cookie } = await rig.signIn('owner');
  await rig.rooms.change(room, 'test', write('stays'));
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ at: fc.nat(validUpdate.length - 1), byte: fc.nat(255) }), { minLength: 1, maxLength: 4 }),
      fc.nat(validUpdate.length),
      async (mutations, length) => {
        const bytes = validUpdate.slice(0, Math.max(1, length));
        for (const { at, byte } of mutations) if (at < bytes.length) bytes[at] = byte;
        const client = await rig.connect(room, cookie);
        client.sendSync(2, bytes);
        client.sendStep1();
        await until(() => client.closeCode !== null || client.step2s > 0);
        client.socket.terminate();
        expect(await rig.rooms.read(room, (doc) => doc.getText('text').toString())).toContain('stays');
      },
    ),
    { numRuns: 150, seed: 20261122 },
  );
  // What was kept can be read again from the log.
  const log = await rig.storage.log.read(room);
  const doc = new Y.Doc();
  for (const { bytes } of log.updates) Y.applyUpdate(doc, bytes);
  expect(doc.getText('text').toString()).toContain('stays');
});

test('[ROOM7] random bytes are refused or understood, never thrown', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect([true, false]).toContain(parseMessage(bytes).ok);
    }),
    { numRuns: 5000, seed: 20261122 },
  );
});

test('[ROOM8] one byte over the message limit closes with 4409, the limit itself passes', async () => {
  const rig = await aRig({ limits: { messageBytes: 1000 } });
  const room = `${rig.workspace}/catalogue`;
  const { cookie } = await rig.signIn('owner');
  const send = async (length: number): Promise<readonly [number, number | null, boolean]> => {
    const client = await rig.connect(room, cookie);
    await client.roundTrip();
    const doc = new Y.Doc();
    doc.clientID = 1000 + length;
    doc.getText('text').insert(0, 'x'.repeat(900));
    const frameBytes = (): number => encodeUpdate(Y.encodeStateAsUpdate(doc)).length;
    doc.getText('text').insert(900, 'y'.repeat(length - frameBytes()));
    expect(frameBytes()).toBe(length);
    client.sendSync(2, Y.encodeStateAsUpdate(doc));
    await until(() => client.closeCode !== null || client.acks.at(-1)?.durableWrites === 2, 2000);
    return [length, client.closeCode, (await textOf()).includes('x'.repeat(900))];
  };
  const textOf = (): Promise<string> => rig.rooms.read(room, (doc) => doc.getText('text').toString());
  expect(await send(1001)).toEqual([1001, 4409, false]);
  expect(await send(999)).toEqual([999, null, true]);
  expect(await send(1000)).toEqual([1000, null, true]);
});

test('[ROOM8] a document that is over its size takes nothing more: 4409; who reads it goes on', async () => {
  const rig = await aRig({ room: { documentBytes: 1000 } });
  const room = `${rig.workspace}/catalogue`;
  const [writer, reader] = [
    await rig.connect(room, (await rig.signIn('owner')).cookie),
    await rig.connect(room, (await rig.signIn('observer')).cookie),
  ];
  await writer.roundTrip();
  for (const text of ['a', 'b']) writer.edit((doc) => doc.getMap('notes').set(text, text.repeat(600)));
  await until(() => writer.acks.at(-1)?.durableWrites === 3);
  for (let at = 0; at <= 20; at += 1) writer.edit((doc) => doc.getMap('notes').set('c', 'c'));
  await until(() => writer.closeCode !== null);
  expect([writer.closeCode, writer.notices]).toEqual([4409, [{ kind: 'not-accepted', why: 'size' }]]);
  await reader.roundTrip();
  expect([reader.closeCode, [...reader.doc.getMap('notes').keys()]]).toEqual([null, ['a', 'b']]);
});

test('[ROOM8] what makes a full document smaller is taken from anybody who may write, and then what was refused', async () => {
  const rig = await aRig({ room: { documentBytes: 1000 } });
  const room = `${rig.workspace}/catalogue`;
  const [host, owner] = [
    await rig.connect(room, (await rig.signIn('operator')).cookie),
    await rig.connect(room, (await rig.signIn('owner')).cookie),
  ];
  await host.roundTrip();
  for (const text of ['a', 'b', 'd']) host.edit((doc) => doc.getMap('notes').set(text, text.repeat(600)));
  await until(() => owner.doc.getMap('notes').has('d'));
  host.edit((doc) => doc.getMap('notes').set('c', 'c'.repeat(30)));
  await until(() => host.notices.length > 0);
  expect([host.closeCode, host.notices]).toEqual([null, [{ kind: 'not-accepted', why: 'size' }]]);
  // Written over by something shorter, deleted: both are less than was there.
  owner.edit((doc) => doc.getMap('notes').set('b', 'b'));
  await owner.roundTrip();
  owner.edit((doc) => doc.getMap('notes').delete('a'));
  await until(() => {
    rig.rooms.tick();
    return owner.doc.getMap('notes').has('c');
  });
  expect([...owner.doc.getMap('notes').keys()].toSorted()).toEqual(['b', 'c', 'd']);
  expect([owner.closeCode, host.closeCode, host.notices.at(-1)]).toEqual([null, null, { kind: 'writable' }]);
});

test('[ROOM8] growth is what an update brings against what it takes out', () => {
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.getMap('notes').set('long', 'x'.repeat(1000));
  doc.getText('text').insert(0, 'y'.repeat(1000));
  const server = new Y.Doc();
  Y.applyUpdate(server, Y.encodeStateAsUpdate(doc));
  doc.on('update', (update: Uint8Array) => updates.push(update));
  const judge = (edit: () => void): boolean => {
    doc.transact(edit);
    return isGrowth(server, updates.pop() ?? new Uint8Array());
  };
  const text = doc.getText('text');
  expect(judge(() => text.insert(500, 'z'))).toBe(true);
  expect(judge(() => text.delete(100, 300))).toBe(false);
  expect(judge(() => (text.delete(0, 100), text.insert(0, 'short')))).toBe(false);
  expect(judge(() => (text.delete(0, 10), text.insert(0, 'w'.repeat(100))))).toBe(true);
  expect(judge(() => doc.getMap('notes').set('long', 'x'))).toBe(false);
  // Of what is gone nothing can be freed again.
  Y.applyUpdate(server, Y.encodeStateAsUpdate(doc));
  expect(isGrowth(server, Y.encodeStateAsUpdate(doc, Y.encodeStateVector(new Y.Doc())))).toBe(true);
});

test('[ROOM8] who sends too many bytes is slowed down, too', async () => {
  const rig = await aRig({ limits: { bytesPerSecond: 200_000 } });
  const ann = await rig.connect(`${rig.workspace}/catalogue`, (await rig.signIn('owner')).cookie);
  await ann.roundTrip();
  const started = Date.now();
  const send = async (length: number): Promise<void> => {
    const count = ann.acks.at(-1)?.durableWrites ?? 0;
    ann.edit((doc) => doc.getMap('notes').set('note', 'x'.repeat(length)));
    await until(() => ann.acks.at(-1)?.durableWrites === count + 1);
  };
  // One second's worth goes at once; what is more must be waited for.
  await send(300_000);
  await send(1);
  expect(Date.now() - started).toBeGreaterThan(490);
});

test('[ROOM8] who asks for everything again and again is answered as fast as it reads, and no faster than the rate', async () => {
  const rig = await aRig({ limits: { bytesPerSecond: 1_000_000, bufferedBytes: 64 * 1024 } });
  const room = `${rig.workspace}/catalogue`;
  await rig.rooms.change(room, 'test', (doc) => doc.getMap('notes').set('note', 'x'.repeat(500_000)));
  const ann = await rig.connect(room, (await rig.signIn('owner')).cookie);
  await ann.roundTrip();
  for (let at = 0; at < 200; at += 1) ann.socket.send(frame(0, 0, 1, 0));
  await pause(700);
  // Eight seconds' worth, and what was asked before it was used up.
  expect(ann.step2s).toBeLessThan(25);
  expect(ann.closeCode).toBeNull();
});

test('[ROOM8] the rate limit slows a sender down and loses nothing', async () => {
  const rig = await aRig({ limits: { messagesPerSecond: 200 } });
  const room = `${rig.workspace}/catalogue`;
  const ann = await rig.connect(room, (await rig.signIn('owner')).cookie);
  const started = Date.now();
  for (let at = 0; at < 1500; at += 1) ann.edit((doc) => doc.getMap('last').set('text', 'x'.repeat(400)));
  await until(() => (ann.acks.at(-1)?.durableWrites ?? 0) >= 1500, 10_000);
  expect(Date.now() - started).toBeGreaterThan(1000);
});

test('[ROOM8] a token bucket gives its burst at once and then its rate', () => {
  const bucket = new TokenBucket(10, 50, 0);
  expect(bucket.take(50, 0)).toBe(0);
  expect(bucket.take(1, 0)).toBe(100);
  expect(bucket.take(1, 1000)).toBe(0);
});

test('[ROOM11] an idle connection hears something', async () => {
  // The server looks every five seconds.
  expect(connectionLimits.keepAliveMs).toBeLessThanOrEqual(15_000);
  const rig = await aRig({ limits: { keepAliveMs: 30 } });
  const ann = await rig.connect(`${rig.workspace}/catalogue`, (await rig.signIn('owner')).cookie);
  await ann.roundTrip();
  const before = ann.heard.length;
  await pause(60);
  rig.rooms.tick();
  await until(() => ann.heard.length > before);
  expect(ann.heard.at(-1)).toBe('keep-alive');
});

test('[ROOM13] a reader that stops reading gets one resync instead of a queue', async () => {
  const rig = await aRig({ limits: { bufferedBytes: 64 * 1024 } });
  const room = `${rig.workspace}/catalogue`;
  const slow = await rig.connect(room, (await rig.signIn('operator')).cookie);
  await slow.roundTrip();
  const received = slow.updates;
  slow.socket.pause();
  const piece = 'x'.repeat(100_000);
  for (let at = 0; at < 300; at += 1) {
    await rig.rooms.change(room, 'test', (doc) => {
      doc.getText('text').delete(0, doc.getText('text').length);
      doc.getText('text').insert(0, piece);
    });
    await rig.rooms.change(room, 'test', (doc) => doc.getMap('turn').set('at', at));
  }
  slow.socket.resume();
  await until(() => slow.doc.getMap('turn').get('at') === 299, 10_000);
  expect(slow.text()).toBe(piece);
  expect(slow.updates - received).toBeLessThan(590);
});

test('[ROOM13] who stays away is closed', async () => {
  const rig = await aRig({ limits: { bufferedBytes: 64 * 1024, behindMs: 10 } });
  const room = `${rig.workspace}/catalogue`;
  const slow = await rig.connect(room, (await rig.signIn('operator')).cookie);
  await slow.roundTrip();
  slow.socket.pause();
  for (let at = 0; at < 200; at += 1) await rig.rooms.change(room, 'test', write('x'.repeat(100_000)));
  await pause(30);
  rig.rooms.tick();
  await until(() => rig.rooms.counters().connections === 0);
});

test('[ROOM19] a member has so many connections and not one more', async () => {
  const rig = await aRig({ connectionsPerMember: 3 });
  const { cookie } = await rig.signIn('owner');
  const clients: TestClient[] = [];
  for (let at = 0; at < 4; at += 1) clients.push(await rig.connect(`${rig.workspace}/campaign/c${at}`, cookie));
  await until(() => clients[3]?.closeCode !== null);
  expect(clients.map(({ closeCode }) => closeCode)).toEqual([null, null, null, 4409]);
});
