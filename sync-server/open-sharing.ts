/**
 * Composition of what several processes need of each other: leases, the peers' door, Redis. Where storage is one
 * process's own there is none of it, and this process owns and keeps everything.
 */
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { hostname } from 'node:os';
import { createAdaptorServer } from '@hono/node-server';
import { parseRoomName } from '#core/workspace/rooms.ts';
import type { Access, AccessChange } from './access/access.ts';
import type { CountTogether } from './access/attempts.ts';
import type { RawRequest } from './access/caller.ts';
import type { Configuration } from './configuration.ts';
import { type KeptLeases, keepLeases, leaseTimes } from './leases/keep-leases.ts';
import { MirrorRoom } from './leases/mirror-room.ts';
import { createPeers, type Peers, retakePath } from './leases/peers.ts';
import { openWires, type Wires } from './leases/wires.ts';
import { type RoomOwner, soleOwner } from './rooms/room-owner.ts';
import type { RoomRegistry } from './rooms/room-registry.ts';
import { RoomUnavailable } from './rooms/rooms.ts';
import type { KeptPresence } from './rooms/room-presence.ts';
import { mirrorHeader, type UpgradePeers } from './rooms/upgrade.ts';
import type { Records, Storage } from './storage/storage.ts';
import type { Handlers } from './tls/open-listener.ts';

interface Parts {
  readonly rooms: RoomRegistry;
  readonly access: Access;
  readonly handlers: Handlers;
}

export interface Sharing {
  readonly owner: RoomOwner;
  readonly peers: UpgradePeers | null;
  readonly presence: KeptPresence | null;
  readonly countTogether: CountTogether;
  /** Whether this process does what must be done once. */
  isKeeper(): boolean;
  unwrap(request: RawRequest): RawRequest;
  /** What senders post goes to the keeper, wherever it came in. */
  wrap(fetch: Handlers['fetch']): Handlers['fetch'];
  /** From now on peers may come in, and changes are told. */
  start(parts: Parts): void;
  close(): Promise<void>;
}

const alone: Sharing = {
  owner: soleOwner,
  peers: null,
  presence: null,
  countTogether: async () => null,
  isKeeper: () => true,
  unwrap: (request) => request,
  wrap: (fetch) => fetch,
  start: () => {},
  close: async () => {},
};

/** Events wait in the memory of the process that conducts the broadcast; two who erase would undo each other's work, two who send would send twice. */
const keeperPaths = /^\/api\/(ingest\/|workspaces\/[^/]+\/(sources|broadcasts|erasures|sending)(\/|$))/;
const presenceMs = 60_000;
/** How long a change may go unheard when Redis did not carry it. */
const judgeMs = 30_000;

export interface SharingDeps {
  readonly configuration: Pick<Configuration, 'redis' | 'peer' | 'leaseMs'>;
  readonly storage: Storage;
  nowMs(): number;
  report(kind: string, detail: string): void;
}

export const openSharing = async (deps: SharingDeps): Promise<Sharing> => {
  const { configuration, storage, report } = deps;
  if (storage.leases === null) return alone;
  const secret = await readSecret(storage.records);
  const peers = createPeers(secret);
  let parts: Parts | null = null;
  const door = await openDoor(configuration.peer, peers, () => parts);
  const wires = configuration.redis === null ? null : openWires(configuration.redis, { secret, report });
  const leases = await keepLeases({
    rows: storage.leases,
    times: leaseTimes(configuration.leaseMs),
    address: door.address,
    isAlone: wires === null,
    lost: (names) => parts?.rooms.lose(names ?? undefined),
    heard: peers.keepOnly,
    report,
  }).catch((error: unknown) => {
    door.close();
    wires?.close();
    throw error;
  });
  const timers: NodeJS.Timeout[] = [];
  return {
    owner: ownerFrom(leases, peers, deps.nowMs),
    peers,
    presence: wires && presenceOver(wires),
    countTogether: wires?.count ?? alone.countTogether,
    isKeeper: leases.isKeeper,
    unwrap: peers.unwrap,
    wrap: (fetch) => async (request, environment) => {
      if (!keeperPaths.test(new URL(request.url).pathname)) return fetch(request, environment);
      const { incoming } = environment as { incoming: IncomingMessage };
      try {
        const address = await leases.keeperAddress();
        if (address === null) return await fetch(request, environment);
        if (!peers.isPeer(incoming)) return await peers.forwardRequest(incoming, address);
        report('keeper', 'it has changed');
      } catch (error) {
        report('keeper', String(error));
      }
      return Response.json({ error: { kind: 'room-unavailable' } }, { status: 503 });
    },
    start: (given) => {
      parts = given;
      const judge = (): void =>
        void given.rooms
          .judgeAll((id) => given.access.readSessionById(id))
          .catch((error: unknown) => report('not-judged', String(error)));
      timers.push(setInterval(judge, judgeMs));
      if (wires === null) return;
      given.access.watch((change) => wires.tell('access', change));
      wires.hear('access', (change) => given.rooms.applyAccessChange(change as AccessChange));
      wires.whenBack(judge);
    },
    close: async () => {
      timers.forEach(clearInterval);
      await leases.close();
      wires?.close();
      door.close();
    },
  };
};

const ownerFrom = (leases: KeptLeases, peers: Peers, nowMs: () => number): RoomOwner => ({
  locate: async (room) => {
    if (!leases.isSure()) throw new RoomUnavailable('the database cannot be reached');
    return leases.take(room);
  },
  isSure: leases.isSure,
  release: leases.release,
  openMirror: (room, address, closed) =>
    new MirrorRoom({
      address: `ws://${address}/sync/${room}`,
      headers: { ...peers.headers(), [mirrorHeader]: '1' },
      retake: () => peers.retake(room, address),
      nowMs,
      closed,
    }),
});

const presenceOver = (wires: Wires): KeptPresence => ({
  keep: (room, bindings) => wires.keep(`presence:${room}`, bindings, presenceMs),
  kept: async (room) => ((await wires.kept(`presence:${room}`)) as readonly [number, string][] | null) ?? [],
});

/** One secret for all processes on this database. */
const readSecret = async (records: Records): Promise<string> => {
  const fresh = randomBytes(32).toString('base64url');
  await records.write([{ collection: 'server', key: 'peer-secret', value: fresh, ifVersion: 0 }]);
  return (await records.read('server', 'peer-secret'))?.value as string;
};

/** A peer asks; never handed on, because the room may be moving. */
const retakeHere = async (rooms: RoomRegistry, room: string): Promise<Response> => {
  const name = parseRoomName(room);
  try {
    if (!name.ok || !(await rooms.place(name.value)).isOwn) return new Response(null, { status: 503 });
    await rooms.retake(room);
    return new Response(null, { status: 204 });
  } catch {
    return new Response(null, { status: 503 });
  }
};

const openDoor = async (
  peer: Configuration['peer'],
  peers: Peers,
  parts: () => Parts | null,
): Promise<{ readonly address: string; close(): void }> => {
  const server = createAdaptorServer({
    fetch: (request, environment) => {
      const { incoming } = environment as { incoming: IncomingMessage };
      const inside = peers.isPeer(incoming) ? parts() : null;
      if (!inside) return new Response(null, { status: 403 });
      const { pathname } = new URL(request.url);
      if (pathname.startsWith(retakePath)) return retakeHere(inside.rooms, pathname.slice(retakePath.length));
      return inside.handlers.fetch(request, environment);
    },
    createServer,
  }) as Server;
  server.on('upgrade', (request, socket, head) => {
    const inside = peers.isPeer(request) ? parts() : null;
    if (inside) inside.handlers.upgrade(request, socket, head);
    else socket.destroy();
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(peer.port, peer.host === '' ? undefined : peer.host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    address: `${peer.host === '' ? hostname() : peer.host}:${port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
};
