/** Several servers' insides in one process, on one real PostgreSQL and one real Redis that a test may cut off. */
import { createServer as createHttpServer } from 'node:http';
import { connect as connectSocket, createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { type CountTogether, createAttempts } from '#sync-server/access/attempts.ts';
import { createAccess } from '#sync-server/access/create-access.ts';
import type { Session } from '#sync-server/access/session.ts';
import { DatabaseInUse } from '#sync-server/leases/keep-leases.ts';
import { openSharing } from '#sync-server/open-sharing.ts';
import { connectionLimits, roomLimits } from '#sync-server/rooms/limits.ts';
import { createRoomRegistry, type RoomRegistry } from '#sync-server/rooms/room-registry.ts';
import { createUpgrade } from '#sync-server/rooms/upgrade.ts';
import { openPostgresStorage } from '#sync-server/storage/postgres-storage.ts';
import { createDatabase, databases, missing } from '../databases.ts';
import { TestClient, pause, until } from '../rig.ts';

const leaseMs = 900;
const closing: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

interface Node {
  readonly rooms: RoomRegistry;
  readonly access: ReturnType<typeof createAccess>;
  readonly isKeeper: () => boolean;
  readonly countTogether: CountTogether;
  readonly door: string;
  connect(path: string): Promise<TestClient>;
}

/** As open-larder puts it together, without pages: whoever connects is the session given. */
const openNode = async (
  database: string,
  session: Session | null = null,
  redis: string | null = null,
): Promise<Node> => {
  const nowMs = (): number => Date.now();
  const report = (): void => {};
  const storage = await openPostgresStorage(database);
  closing.push(() => storage.close());
  const door = new URL('http://127.0.0.1');
  door.port = String(await freePort());
  const peer = { host: '127.0.0.1', port: Number(door.port) };
  const sharing = await openSharing({ configuration: { redis, peer, leaseMs }, storage, nowMs, report });
  closing.push(() => sharing.close());
  const access = createAccess({ records: storage.records, nowMs });
  const limits = { ...roomLimits.limits, presenceMs: 20, retryMs: 50 };
  const rooms = createRoomRegistry({ log: storage.log, ...roomLimits, limits, ...sharing, nowMs, report });
  closing.push(() => rooms.close());
  access.watch(rooms.applyAccessChange);
  const upgrade = createUpgrade({
    rooms,
    limits: connectionLimits,
    nowMs,
    report,
    identify: async () => ({ session: session && ((await access.readSessionById(session.id)) ?? session) }),
    peers: sharing.peers,
  });
  sharing.start({ rooms, access, handlers: { fetch: () => new Response('inside'), upgrade: upgrade.handle } });
  const server = createHttpServer();
  server.on('upgrade', upgrade.handle);
  const port = await listen(server);
  closing.push(() => server.close());
  return {
    rooms,
    access,
    isKeeper: sharing.isKeeper,
    countTogether: sharing.countTogether,
    door: door.host,
    connect: async (path) => {
      const client = new TestClient(`ws://127.0.0.1:${port}/sync/${path}`, {});
      closing.push(() => client.socket.terminate());
      await client.settled;
      return client;
    },
  };
};

const listen = async (server: Server): Promise<number> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
};
const freePort = async (): Promise<number> => {
  const probe = createServer();
  const port = await listen(probe);
  await new Promise((resolve) => probe.close(resolve));
  return port;
};

/** A way to the database that can be cut: nothing comes through any more, and nothing is closed. */
const openWay = async (address: string): Promise<{ address: string; cut(): void; mend(): void }> => {
  const target = new URL(address);
  const { port, hostname } = target;
  const sockets = new Set<Socket>();
  let isCut = false;
  const server = createServer((near) => {
    const far = connectSocket(Number(port), hostname);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on('data', (data) => isCut || to.write(data));
      from.on('close', () => isCut || to.destroy());
      from.on('error', () => to.destroy());
    }
  });
  target.port = String(await listen(server));
  const end = (): void => sockets.forEach((socket) => socket.destroy());
  closing.push(() => {
    server.close();
    end();
  });
  return {
    address: target.href,
    cut: () => (isCut = true),
    mend: () => {
      isCut = false;
      end();
    },
  };
};

const aMember = async (database: string): Promise<Session> => {
  const storage = await openPostgresStorage(database);
  const access = createAccess({ records: storage.records, nowMs: () => Date.now() });
  const claimed = await access.redeemClaim((await access.issueClaim()) ?? '', 'Ann', 'North Slope', null);
  await storage.close();
  if (!claimed.ok) throw new Error('not claimed');
  return claimed.value.session;
};
const redis = (): string => databases.redis.address ?? '';
const edits = (rooms: RoomRegistry, room: string): Promise<number> =>
  rooms.read(room, (doc) => doc.getMap('edits').size);

describe.skipIf(missing !== null)(`sharing${missing ? `: ${missing}` : ''}`, () => {
  test("[LEA4] the server's own writers reach rooms of other processes, durably and in order", async () => {
    const database = await createDatabase();
    const [here, there] = [await openNode(database, null, redis()), await openNode(database, null, redis())];
    await there.rooms.change('w/settings', 'test', (doc) => doc.getMap('edits').set('there', 1));
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        here.rooms.change('w/settings', 'test', (doc) => {
          doc.getMap('edits').set(`here-${at}`, at);
          return doc.getMap('edits').size;
        }),
      ),
    );
    expect(answers).toEqual(Array.from({ length: 20 }, (_, at) => at + 2));
    expect(await edits(there.rooms, 'w/settings')).toBe(21);
    expect(here.rooms.counters().rooms).toBe(0);
    await expect(
      here.rooms.change('w/settings', 'test', (doc) => {
        doc.getMap('edits').set('refused', 1);
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(await edits(here.rooms, 'w/settings')).toBe(21);
    there.rooms.lose();
    // Whoever asks first owns it now.
    expect(await edits(here.rooms, 'w/settings').catch(() => edits(here.rooms, 'w/settings'))).toBe(21);
    expect(await edits(there.rooms, 'w/settings')).toBe(21);
  });

  test('[LEA5] who was removed is out everywhere, at once with Redis and soon without', async () => {
    const database = await createDatabase();
    const session = await aMember(database);
    const { workspace } = session.memberships[0]!;
    const [here, there] = [await openNode(database, session, redis()), await openNode(database, session, redis())];
    const client = await there.connect(`${workspace}/settings`);
    await client.roundTrip();
    await here.access.endSession(session.id);
    await until(() => client.closeCode !== null, 2000);
    expect(client.closeCode).toBe(4401);
    const unheard = await there.connect(`${workspace}/settings`);
    await unheard.roundTrip();
    await there.rooms.judgeAll((id) => there.access.readSessionById(id));
    await until(() => unheard.closeCode !== null, 2000);
  });

  test('[ACC5] tries are counted by all processes together, and by each for itself while Redis is away', async () => {
    const database = await createDatabase();
    const way = await openWay(redis());
    const [here, there] = [await openNode(database, null, way.address), await openNode(database, null, way.address)];
    const nowMs = (): number => Date.now();
    const [one, other] = [here, there].map((node) => createAttempts(3, 60_000, nowMs, node.countTogether));
    const takeOf = (who: string, ...of: (typeof one)[]): Promise<(boolean | undefined)[]> =>
      Promise.all(of.map((attempts) => attempts?.take(who)));
    expect(await takeOf('10.0.0.1', one, one)).toEqual([true, true]);
    expect(await takeOf('10.0.0.1', other)).toEqual([true]);
    expect(await takeOf('10.0.0.1', other, one)).toEqual([false, false]);
    expect(await takeOf('10.0.0.2', other)).toEqual([true]);
    const quick = [here, there].map((node) => createAttempts(1, 300, nowMs, node.countTogether));
    expect(await takeOf('10.0.0.3', ...quick)).toHaveLength(2);
    expect((await takeOf('10.0.0.3', ...quick)).includes(true)).toBe(false);
    await pause(320);
    expect(await takeOf('10.0.0.3', quick[0])).toEqual([true]);
    way.cut();
    expect(await takeOf('10.0.0.4', one, one, one, one, other)).toEqual([true, true, true, false, true]);
  });

  test('[LEA6] one keeper at a time; another takes over', async () => {
    const database = await createDatabase();
    const way = await openWay(database);
    const first = await openNode(way.address, null, redis());
    const second = await openNode(database, null, redis());
    expect([first.isKeeper(), second.isKeeper()]).toEqual([true, false]);
    way.cut();
    await until(() => second.isKeeper(), 5000);
    expect(first.isKeeper()).toBe(false);
    way.mend();
  });

  test('[LEA7] who is alone on a database refuses to start beside another', async () => {
    const database = await createDatabase();
    await openNode(database, null, redis());
    await expect(openNode(database)).rejects.toThrow(DatabaseInUse);
  });

  test("[LEA8] nothing comes in at the peers' door without the secret", async () => {
    const node = await openNode(await createDatabase(), null, redis());
    for (const headers of [{}, { 'x-larder-peer': 'x'.repeat(43) }, { 'x-larder-peer': '', 'x-larder-mirror': '1' }]) {
      expect((await fetch(`http://${node.door}/health`, { headers })).status).toBe(403);
      const client = new TestClient(`ws://${node.door}/sync/w/settings`, headers);
      await client.settled;
      await until(() => client.closeCode !== null);
      expect(client.heard).toEqual([]);
    }
  });

  test('[LEA9, STO14] who is cut off from the database gives up its rooms; the next owner has what was acknowledged', async () => {
    const database = await createDatabase();
    const way = await openWay(database);
    const session = await aMember(database);
    const room = `${session.memberships[0]!.workspace}/settings`;
    const first = await openNode(way.address, session, redis());
    const second = await openNode(database, session, redis());
    const client = await first.connect(room);
    await client.roundTrip();
    client.edit((doc) => doc.getMap('edits').set('kept', 1));
    await until(() => client.acks.at(-1)?.durableWrites === 2);
    way.cut();
    client.edit((doc) => doc.getMap('edits').set('cut off', 1));
    await until(() => client.closeCode !== null, 15_000);
    expect(client.closeCode).toBe(1012);
    expect(client.acks.at(-1)?.durableWrites).toBe(2);
    await pause(leaseMs);
    expect(await second.rooms.read(room, (doc) => [...doc.getMap('edits').keys()])).toEqual(['kept']);
    way.mend();
  });

  test('[LEA9] alone on its database a server keeps its rooms read-only until it is back', async () => {
    const database = await createDatabase();
    const session = await aMember(database);
    const way = await openWay(database);
    const node = await openNode(way.address, session);
    const client = await node.connect(`${session.memberships[0]!.workspace}/settings`);
    await client.roundTrip();
    way.cut();
    client.edit((doc) => doc.getMap('edits').set('late', 1));
    await until(() => client.notices.some(({ kind, why }) => kind === 'read-only' && why === 'storage'), 15_000);
    way.mend();
    await until(() => client.acks.some(({ stateVector }) => stateVector.has(client.doc.clientID)), 30_000);
    expect(client.closeCode).toBeNull();
  });

  test('[LEA11, ERS14] a room is retaken by its owner, whoever asks', async () => {
    const database = await createDatabase();
    const [here, there] = [await openNode(database, null, redis()), await openNode(database, null, redis())];
    const storage = await openPostgresStorage(database);
    closing.push(() => storage.close());
    const room = 'w/settings';
    const stored = async (): Promise<string> => {
      const { snapshot, updates } = await storage.log.read(room);
      return Buffer.concat([snapshot, ...updates].flatMap((part) => (part ? [part.bytes] : []))).toString();
    };
    await there.rooms.change(room, 'test', (doc) => doc.getText('text').insert(0, 'a name'));
    await here.rooms.change(room, 'test', (doc) => doc.getText('text').delete(0, 6));
    expect(await stored()).toContain('a name');
    const writing = there.rooms.change(room, 'test', (doc) => doc.getText('text').insert(0, 'kept'));
    await here.rooms.retake(room);
    await writing;
    expect(await stored()).not.toContain('a name');
    expect(await here.rooms.read(room, (doc) => doc.getText('text').toString())).toBe('kept');
    expect([here.rooms.counters().rooms, there.rooms.counters().rooms]).toEqual([0, 1]);
    const uninvited = await fetch(`http://${here.door}/retake/${room}`, { method: 'POST' });
    expect(uninvited.status).toBe(403);
  });

  test("[LEA10] nobody takes another member's client id while a room changes hands", async () => {
    const database = await createDatabase();
    const ann = await aMember(database);
    const eve: Session = { ...ann, id: 'eve', member: { id: 'eve', name: 'Eve' } };
    const room = `${ann.memberships[0]!.workspace}/settings`;
    const [first, second] = [await openNode(database, ann, redis()), await openNode(database, eve, redis())];
    const hers = await first.connect(room);
    hers.sendAwareness([{ client: 5, clock: 1, state: { field: 'a' } }]);
    await until(() => hers.awareness.has(5));
    await pause(50);
    first.rooms.lose();
    await until(() => hers.closeCode !== null);
    await pause(50);
    const theirs = await second.connect(room);
    await theirs.roundTrip();
    expect(second.rooms.counters().rooms).toBe(1);
    theirs.sendAwareness([{ client: 5, clock: 9, state: { field: 'forged' } }]);
    await theirs.roundTrip();
    await pause(60);
    expect(theirs.awareness.get(5)?.state ?? null).toBeNull();
  });
});
