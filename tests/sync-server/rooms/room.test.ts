import { afterEach, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { type RoomTask, takeTurnFrom } from '#sync-server/rooms/room-task.ts';
import { createMemoryStorage } from '#sync-server/storage/memory-storage.ts';
import { openRig, pause, type Rig, type RigChoice, until } from '../rig.ts';

const rigs: Rig[] = [];
const aRig = async (choice?: RigChoice): Promise<Rig> => {
  const rig = await openRig(choice);
  rigs.push(rig);
  return rig;
};
afterEach(async () => {
  for (const rig of rigs.splice(0)) await rig.close();
});
const write = (text: string) => (doc: Y.Doc) => doc.getText('text').insert(doc.getText('text').length, text);

test('[ROOM1] an update reaches the others and is acknowledged after it is in the log', async () => {
  const rig = await aRig();
  const room = `${rig.workspace}/catalogue`;
  const ann = await rig.connect(room, (await rig.signIn('owner')).cookie);
  const bo = await rig.connect(room, (await rig.signIn('operator')).cookie);
  await bo.roundTrip();
  ann.edit(write('milk'));
  await until(() => bo.text() === 'milk');
  await until(() => ann.acks.some(({ stateVector }) => (stateVector.get(ann.doc.clientID) ?? 0) >= 4));
  const { updates } = await rig.storage.log.read(room);
  const stored = new Y.Doc();
  for (const { bytes } of updates) Y.applyUpdate(stored, bytes);
  expect(stored.getText('text').toString()).toBe('milk');
});

test('[ROOM25] what is shown arrives whole at everybody, whatever its length', async () => {
  const rig = await aRig();
  const room = `${rig.workspace}/catalogue`;
  const readers = [
    await rig.connect(room, (await rig.signIn('operator')).cookie),
    await rig.connect(room, (await rig.signIn('observer')).cookie),
  ];
  for (const reader of readers) await reader.roundTrip();
  // A frame says its length in one, two or eight bytes: below 126, below 65,536 and from there.
  const lengths = [125, 65_535].flatMap((border) => Array.from({ length: 60 }, (_, at) => border - at));
  for (const length of lengths)
    await rig.rooms.change(room, 'test', (doc) => doc.getMap('texts').set(String(length), 'x'.repeat(length)));
  const arrived = (doc: Y.Doc): number[] =>
    lengths.map((length) => String(doc.getMap('texts').get(String(length)) ?? '').length);
  await until(() => readers.every(({ doc }) => doc.getMap('texts').size === lengths.length));
  for (const { doc, closeCode } of readers) expect([closeCode, arrived(doc)]).toEqual([null, lengths]);
});

test('[ROOM1] a deletion is acknowledged by number', async () => {
  const rig = await aRig();
  const ann = await rig.connect(`${rig.workspace}/catalogue`, (await rig.signIn('owner')).cookie);
  await until(() => ann.heard.includes('step1'));
  ann.edit(write('milk'));
  ann.edit((doc) => doc.getText('text').delete(0, 2));
  // The answer to the server's step 1 and two updates.
  await until(() => ann.acks.at(-1)?.durableWrites === 3);
});

test('[ROOM1, ROOM12] nothing is shown or acknowledged while the commit is under way', async () => {
  const storage = createMemoryStorage();
  const append = storage.log.append.bind(storage.log);
  let release: () => void = () => {};
  const gate = new Promise<void>((resolve) => (release = resolve));
  storage.log.append = async (room, bytes) => {
    await gate;
    return append(room, bytes);
  };
  const rig = await aRig({ storage });
  const room = `${rig.workspace}/catalogue`;
  const ann = await rig.connect(room, (await rig.signIn('owner')).cookie);
  const bo = await rig.connect(room, (await rig.signIn('operator')).cookie);
  await bo.roundTrip();
  ann.edit(write('milk'));
  await pause(30);
  bo.sendStep1();
  await pause(60);
  expect(bo.text()).toBe('');
  expect(bo.step2s).toBe(1);
  expect(ann.acks.every(({ stateVector }) => stateVector.size === 0)).toBe(true);
  release();
  await until(() => bo.text() === 'milk' && bo.step2s === 2);
  await until(() => ann.acks.some(({ stateVector }) => stateVector.size === 1));
});

test('[ROOM30, ROOM1, ROOM16] while a flush is under way what is logged is shown, and nothing is acknowledged', async () => {
  const storage = createMemoryStorage();
  let release: () => void = () => {};
  const gate = new Promise<void>((resolve) => (release = resolve));
  storage.log.flush = () => gate;
  const rig = await aRig({ storage });
  const room = `${rig.workspace}/catalogue`;
  const ann = await rig.connect(room, (await rig.signIn('owner')).cookie);
  const bo = await rig.connect(room, (await rig.signIn('operator')).cookie);
  await until(() => bo.step2s === 0 && ann.heard.includes('step1') && bo.heard.includes('step1'));
  ann.edit(write('mi'));
  await until(() => bo.text() === 'mi');
  ann.edit(write('lk'));
  await until(() => bo.text() === 'milk');
  bo.sendStep1();
  await until(() => bo.step2s === 1);
  const answers: unknown[] = [];
  const asked = [
    rig.rooms.read(room, (doc) => doc.getText('text').toString()).then((text) => answers.push(text)),
    rig.rooms.change(room, 'test', write('!')).then(() => answers.push('changed')),
  ];
  await until(() => bo.text() === 'milk!');
  expect([ann.acks, bo.acks, answers]).toEqual([[], [], []]);
  release();
  await Promise.all(asked);
  expect(answers).toEqual(['changed', 'milk!']);
  await until(() => ann.acks.at(-1)?.durableWrites === 3 && bo.acks.length > 0);
});

test('[ROOM30, ROOM2] a failing flush acknowledges nothing, says so, and what was logged is acknowledged later', async () => {
  const storage = createMemoryStorage();
  let isBroken = false;
  storage.log.flush = async () => {
    if (isBroken) throw new Error('no such device');
  };
  const rig = await aRig({ storage });
  const room = `${rig.workspace}/catalogue`;
  const ann = await rig.connect(room, (await rig.signIn('owner')).cookie);
  const bo = await rig.connect(room, (await rig.signIn('operator')).cookie);
  await bo.roundTrip();
  ann.edit(write('a'));
  await until(() => ann.acks.at(-1)?.stateVector.get(ann.doc.clientID) === 1);
  isBroken = true;
  ann.edit(write('b'));
  await until(() => ann.notices.some(({ kind, why }) => kind === 'read-only' && why === 'storage'));
  expect(bo.text()).toBe('ab');
  ann.edit(write('c'));
  await until(() => ann.notices.some(({ kind, why }) => kind === 'not-accepted' && why === 'storage'));
  await expect(rig.rooms.change(room, 'test', write('x'))).rejects.toThrow();
  await pause(120);
  expect([bo.text(), ann.acks.at(-1)?.stateVector.get(ann.doc.clientID)]).toEqual(['ab', 1]);
  expect((await storage.log.read(room)).updates).toHaveLength(2);
  isBroken = false;
  await until(() => ann.notices.some(({ kind }) => kind === 'writable'));
  await until(() => bo.text() === 'abc');
  await until(() => ann.acks.at(-1)?.stateVector.get(ann.doc.clientID) === 3);
});

test('[ROOM2] a failing write acknowledges nothing, says so, and recovers with every edit', async () => {
  const rig = await aRig();
  const room = `${rig.workspace}/catalogue`;
  const ann = await rig.connect(room, (await rig.signIn('owner')).cookie);
  const bo = await rig.connect(room, (await rig.signIn('operator')).cookie);
  ann.edit(write('a'));
  await until(() => bo.text() === 'a');
  rig.storage.failWrites(new Error('disk full'));
  ann.edit(write('b'));
  await until(() => ann.notices.some(({ kind, why }) => kind === 'read-only' && why === 'storage'));
  ann.edit(write('c'));
  await until(() => ann.notices.some(({ kind, why }) => kind === 'not-accepted' && why === 'storage'));
  await bo.roundTrip();
  expect(bo.text()).toBe('a');
  expect(Math.max(...ann.acks.map(({ stateVector }) => stateVector.get(ann.doc.clientID) ?? 0))).toBe(1);
  await expect(rig.rooms.change(room, 'test', write('x'))).rejects.toThrow();
  rig.storage.failWrites(null);
  await until(() => ann.notices.some(({ kind }) => kind === 'writable'));
  await until(() => bo.text() === 'abc');
  await until(() => ann.acks.at(-1)?.stateVector.get(ann.doc.clientID) === 3);
});

test('[ROOM2] a change that Yjs gives up on while storage cannot be read is refused, and the room recovers', async () => {
  const storage = createMemoryStorage();
  const read = storage.log.read.bind(storage.log);
  let isBroken = false;
  storage.log.read = (...given) => (isBroken ? Promise.reject(new Error('cannot be read')) : read(...given));
  const rig = await aRig({ storage });
  const room = `${rig.workspace}/catalogue`;
  await rig.rooms.change(room, 'test', write('a'));
  isBroken = true;
  const poisoned = rig.rooms.change(room, 'test', (doc) => {
    doc.once('beforeObserverCalls', () => {
      throw new Error('in the middle');
    });
    write('b')(doc);
  });
  await expect(poisoned).rejects.toThrow();
  isBroken = false;
  expect(await rig.rooms.read(room, (doc) => doc.getText('text').toString())).toBe('a');
  await expect.poll(() => rig.rooms.change(room, 'test', write('c')).catch(() => 'not yet')).toBe(undefined);
  expect(await rig.rooms.read(room, (doc) => doc.getText('text').toString())).toBe('ac');
});

test('[ROOM16] what waits in a room that is closed while its commit fails is told so', async () => {
  const storage = createMemoryStorage();
  const { append } = storage.log;
  let fail: (error: Error) => void = () => {};
  const rig = await aRig({ storage });
  const room = `${rig.workspace}/catalogue`;
  await rig.rooms.change(room, 'test', write('a'));
  storage.log.append = () => new Promise((_, reject) => (fail = reject));
  const changed = rig.rooms.change(room, 'test', write('b'));
  const readOne = rig.rooms.read(room, (doc) => doc.getText('text').toString());
  const ended = Promise.allSettled([changed, readOne]);
  await pause(30);
  rig.rooms.lose([room]);
  fail(new Error('disk full'));
  storage.log.append = append;
  expect((await ended).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
});

test('[ROOM12] messages wait for a slow load', async () => {
  const storage = createMemoryStorage();
  const read = storage.log.read.bind(storage.log);
  storage.log.read = async (...given) => {
    await pause(150);
    return read(...given);
  };
  const rig = await aRig({ storage });
  const ann = await rig.connect(`${rig.workspace}/catalogue`, (await rig.signIn('owner')).cookie);
  ann.edit(write('early'));
  ann.sendStep1();
  await pause(50);
  expect(ann.heard.filter((kind) => kind !== 'keep-alive')).toEqual([]);
  await until(() => ann.acks.some(({ stateVector }) => stateVector.size === 1));
});

test('[ROOM14] an unused room is unloaded and opens again with everything in it', async () => {
  const rig = await aRig({ idleMs: 0 });
  const room = `${rig.workspace}/catalogue`;
  const { cookie } = await rig.signIn('owner');
  const ann = await rig.connect(room, cookie);
  ann.edit(write('kept'));
  await ann.roundTrip();
  rig.rooms.tick();
  expect(rig.rooms.counters().rooms).toBe(1);
  ann.close();
  await until(() => rig.rooms.counters().connections === 0);
  await pause(5);
  rig.rooms.tick();
  expect(rig.rooms.counters().rooms).toBe(0);
  const again = await rig.connect(room, cookie);
  await again.roundTrip();
  expect(again.text()).toBe('kept');
});

test('[ROOM15] snapshots equal the log, and a damaged one falls back', async () => {
  const rig = await aRig({ room: { snapshotUpdates: 5 }, idleMs: 0 });
  const room = `${rig.workspace}/catalogue`;
  for (let at = 0; at < 23; at += 1) await rig.rooms.change(room, 'test', write(String(at % 10)));
  await pause(20);
  const wanted = '01234567890123456789012';
  const newest = await rig.storage.log.read(room);
  expect(newest.snapshot).not.toBeNull();
  expect(newest.updates.length).toBeLessThan(6);
  rig.rooms.tick();
  expect(await rig.rooms.read(room, (doc) => doc.getText('text').toString())).toBe(wanted);
  rig.rooms.tick();
  newest.snapshot?.bytes.fill(255);
  await pause(5);
  rig.rooms.tick();
  expect(await rig.rooms.read(room, (doc) => doc.getText('text').toString())).toBe(wanted);
});

test('[ROOM15] a large snapshot is made on another thread and equals its log', async () => {
  const rig = await aRig({ room: { snapshotBytes: 1_500_000 }, idleMs: 0 });
  const room = `${rig.workspace}/catalogue`;
  const piece = 'milk '.repeat(20_000);
  for (let at = 0; at < 20; at += 1) await rig.rooms.change(room, 'test', write(piece));
  let snapshotBytes = 0;
  await until(() => {
    void rig.storage.log.read(room).then(({ snapshot }) => (snapshotBytes = snapshot?.bytes.length ?? 0));
    return snapshotBytes > 1_000_000;
  });
  await pause(5);
  rig.rooms.tick();
  expect(await rig.rooms.read(room, (doc) => doc.getText('text').length)).toBe(20 * piece.length);
});

test('[ROOM27] a large document is joined whole or in part, whatever is stored', async () => {
  const rig = await aRig({ room: { snapshotBytes: 2_000_000 } });
  const room = `${rig.workspace}/catalogue`;
  const { cookie } = await rig.signIn('owner');
  const early = await rig.connect(room, cookie);
  await early.roundTrip();
  for (let at = 0; at < 30; at += 1)
    await rig.rooms.change(room, 'test', (doc) => doc.getMap('notes').set(`n${at}`, `${at} `.repeat(40_000)));
  early.socket.terminate();
  await rig.rooms.change(room, 'test', (doc) => doc.getMap('notes').delete('n0'));
  const read = vi.spyOn(rig.storage.log, 'read');
  const whole = await Promise.all(Array.from({ length: 5 }, () => rig.connect(room, cookie)));
  await Promise.all(whole.map((client) => client.roundTrip()));
  const part = await rig.connect(room, cookie);
  Y.applyUpdate(part.doc, Y.encodeStateAsUpdate(early.doc), 'server');
  await part.roundTrip();
  const wanted = await rig.rooms.read(room, (doc) => doc.getMap('notes').toJSON());
  expect(Object.keys(wanted)).toHaveLength(29);
  for (const client of [...whole, part]) expect(client.doc.getMap('notes').toJSON()).toEqual(wanted);
  // Made from the stored bytes, on another thread.
  expect(read).toHaveBeenCalled();
  expect(rig.reports).toEqual([]);
});

test('[ROOM15] one unreadable update is skipped and counted, the others stay', async () => {
  const rig = await aRig();
  const room = `${rig.workspace}/catalogue`;
  await rig.rooms.change(room, 'test', write('before'));
  await rig.storage.log.append(`${rig.workspace}/segments`, Uint8Array.of(1, 200, 7, 7, 7));
  const doc = new Y.Doc();
  doc.getText('text').insert(0, 'good');
  await rig.storage.log.append(`${rig.workspace}/segments`, Y.encodeStateAsUpdate(doc));
  expect(await rig.rooms.read(`${rig.workspace}/segments`, (read) => read.getText('text').toString())).toBe('good');
  expect(rig.rooms.counters().skippedUpdates).toBe(1);
});

test('[ROOM16] server writers: durable when resolved, watched by name', async () => {
  const rig = await aRig();
  const room = `${rig.workspace}/broadcast/b1`;
  const names: string[] = [];
  rig.rooms.watchNames((name) => names.push(name));
  const answer = await rig.rooms.change(room, 'tick', (doc) => {
    write('heat')(doc);
    return 7;
  });
  expect(answer).toBe(7);
  expect((await rig.storage.log.read(room)).updates).toHaveLength(1);
  expect(names).toEqual([room]);
  await expect(
    rig.rooms.change(room, 'tick', () => {
      throw new Error('refused');
    }),
  ).rejects.toThrow('refused');
  await expect(rig.rooms.read(`${rig.workspace}/nothing`, () => 1)).rejects.toThrow();
});

test('[ROOM25] many updates of one turn are one update for the others, but not a huge one', async () => {
  const rig = await aRig();
  const room = `${rig.workspace}/catalogue`;
  const { cookie } = await rig.signIn('owner');
  const [ann, bo] = [await rig.connect(room, cookie), await rig.connect(room, cookie)];
  await Promise.all([ann.roundTrip(), bo.roundTrip()]);
  for (let at = 0; at < 300; at += 1) ann.edit(write('x'));
  await until(() => bo.text().length === 300);
  expect(bo.updates).toBeLessThan(150);
  const { updates } = await rig.storage.log.read(room);
  expect(updates.length).toBe(bo.updates);
  const task = (bytes: number): RoomTask => ({ kind: 'write', update: new Uint8Array(bytes) }) as RoomTask;
  const queue = [task(600_000), task(600_000), task(10), task(2_000_000), task(1)];
  expect([takeTurnFrom(queue).length, takeTurnFrom(queue).length, takeTurnFrom(queue).length]).toEqual([2, 2, 1]);
  expect(takeTurnFrom(queue)).toEqual([]);
});

test('[ROOM14] five hundred documents opened and left are unloaded', async () => {
  const rig = await aRig({ idleMs: 0 });
  const rooms = Array.from({ length: 500 }, (_, at) => `${rig.workspace}/campaign/c${at}`);
  await Promise.all(rooms.map((room) => rig.rooms.change(room, 'test', write('left'))));
  expect(rig.rooms.counters().rooms).toBe(500);
  await pause(20);
  rig.rooms.tick();
  expect(rig.rooms.counters().rooms).toBe(0);
  expect(await rig.rooms.read(rooms[499] ?? '', (doc) => doc.getText('text').toString())).toBe('left');
});

test('[ROOM18] a drain makes everything durable and closes with 1012', async () => {
  const storage = createMemoryStorage();
  const rig = await aRig({ storage });
  const room = `${rig.workspace}/catalogue`;
  const ann = await rig.connect(room, (await rig.signIn('owner')).cookie);
  await ann.roundTrip();
  const append = storage.log.append.bind(storage.log);
  storage.log.append = async (...given) => {
    await pause(100);
    return append(...given);
  };
  for (let at = 0; at < 50; at += 1) ann.edit(write('x'));
  await until(() => rig.rooms.meters.messagesHeard >= 52);
  await rig.rooms.disconnectAll();
  await until(() => ann.closeCode !== null);
  expect([ann.closeCode, ann.acks.at(-1)?.durableWrites]).toEqual([1012, 51]);
  expect(await rig.rooms.read(room, (doc) => doc.getText('text').length)).toBe(50);
});

test('updates of many writers at once converge', async () => {
  const rig = await aRig();
  const room = `${rig.workspace}/catalogue`;
  const { cookie } = await rig.signIn('owner');
  const clients = await Promise.all(Array.from({ length: 5 }, () => rig.connect(room, cookie)));
  for (let at = 0; at < 200; at += 1) {
    const client = clients[at % 5]!;
    client.edit((doc) => doc.getText('text').insert(0, String(at % 10)));
    if (at % 20 === 0) await pause(1);
  }
  await until(() => clients.every((client) => client.text().length === 200));
  expect(new Set(clients.map((client) => client.text())).size).toBe(1);
});

test('[ROOM12] a damaged room closes with 4410, is counted, and told of once; mended, it opens', async () => {
  const storage = createMemoryStorage();
  const { read } = storage.log;
  const rig = await aRig({ storage });
  const room = `${rig.workspace}/catalogue`;
  const { cookie } = await rig.signIn('owner');
  await rig.rooms.change(`${rig.workspace}/segments`, 'test', write('whole'));
  storage.log.read = (name, ...rest) =>
    name === room ? Promise.reject(new Error('database disk image is malformed')) : read(name, ...rest);
  for (let at = 0; at < 3; at += 1) {
    const client = await rig.connect(room, cookie);
    await until(() => client.closeCode !== null);
    expect(client.closeCode).toBe(4410);
  }
  await expect(rig.rooms.read(room, () => 1)).rejects.toThrow('closed');
  expect(rig.reports).toEqual(['room-unreadable catalogue: Error: database disk image is malformed']);
  expect([rig.rooms.counters().unreadable, rig.rooms.counters().rooms]).toEqual([1, 1]);
  storage.log.read = read;
  await rig.rooms.change(room, 'test', write('mended'));
  expect(rig.rooms.counters().unreadable).toBe(0);
});

test('[ROOM12] storage that does not answer is told of once, and who waits is served when it does', async () => {
  const storage = createMemoryStorage();
  const { read } = storage.log;
  const rig = await aRig({ storage });
  storage.log.read = () => Promise.reject(new Error('connect ECONNREFUSED'));
  const ann = await rig.connect(`${rig.workspace}/catalogue`, (await rig.signIn('owner')).cookie);
  await pause(200);
  expect([rig.reports, ann.closeCode]).toEqual([['room-not-loaded catalogue: Error: connect ECONNREFUSED'], null]);
  storage.log.read = read;
  await ann.roundTrip();
  expect(ann.closeCode).toBeNull();
});

test('[ROOM12] while nobody can tell who comes in, 503; where that is damaged, 4410', async () => {
  const rig = await aRig();
  const { cookie } = await rig.signIn('owner');
  const { read } = rig.storage.records;
  const answer = async (message: string): Promise<unknown> => {
    rig.storage.records.read = () => Promise.reject(new Error(message));
    const socket = new WebSocket(`${rig.address}/sync/${rig.workspace}/catalogue`, {
      headers: { cookie, origin: `http://127.0.0.1:${rig.port}` },
    });
    const code = await new Promise((resolve) => {
      socket.on('unexpected-response', (_, { statusCode }) => resolve(statusCode));
      socket.on('close', resolve);
      socket.on('error', () => {});
    });
    socket.terminate();
    rig.storage.records.read = read;
    return code;
  };
  expect([await answer('connect ECONNREFUSED'), await answer('connect ECONNREFUSED')]).toEqual([503, 503]);
  expect(await answer('database disk image is malformed')).toBe(4410);
  expect(rig.reports).toEqual([
    'not-let-in Error: connect ECONNREFUSED',
    'not-let-in Error: database disk image is malformed',
  ]);
  expect(rig.rooms.counters().unreadable).toBe(1);
});
