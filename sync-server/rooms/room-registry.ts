/**
 * Which rooms are open, and every connection. The server's own writers come in here, too; a room that nobody uses is
 * closed after a while and opens again from storage.
 */
import { accessOf, parseRoomName, type RoomName } from '#core/workspace/rooms.ts';
import type { AccessChange } from '#sync-server/access/access.ts';
import { type Connection, closeCodes } from './connection.ts';
import { Room } from './room.ts';
import type { RoomDeps } from './room-deps.ts';
import { type Rooms, RoomUnavailable } from './rooms.ts';

export interface RoomRegistryDeps extends RoomDeps {
  readonly idleMs: number;
  readonly connectionsPerMember: number;
}

export interface RoomCounters {
  readonly rooms: number;
  readonly connections: number;
  /** Stored updates that could not be read, in rooms open now. */
  readonly skippedUpdates: number;
}

export interface RoomRegistry extends Rooms {
  connect(name: RoomName, connection: Connection): void;
  /** Judges open connections again. */
  applyAccessChange(change: AccessChange): void;
  counters(): RoomCounters;
  /** Keep-alive, slow readers, idle rooms: called every few seconds. */
  tick(): void;
  /** Makes everything durable, then closes every socket for a restart; the server's own writers may go on. */
  disconnectAll(): Promise<void>;
  close(): Promise<void>;
}

export const createRoomRegistry = (deps: RoomRegistryDeps): RoomRegistry => {
  const rooms = new Map<string, Room>();
  const nameListeners = new Set<(room: string) => void>();
  const changed = (room: string): void => {
    for (const listener of nameListeners) listener(room);
  };
  /** Writers that have not heard yet must not bring a removed workspace back. */
  const removed = new Set<string>();
  let isDraining = false;
  let isClosed = false;

  const open = (name: RoomName): Room => {
    const key = `${name.workspace}/${name.path}`;
    const known = rooms.get(key);
    if (known) return known;
    const room = new Room(name, { ...deps, changed });
    rooms.set(key, room);
    void room.load();
    return room;
  };
  const openByName = (text: string): Room => {
    const name = parseRoomName(text);
    if (!name.ok) throw new Error(`not a room: ${text}`);
    if (isClosed) throw new RoomUnavailable('the server is stopping');
    if (removed.has(name.value.workspace)) throw new RoomUnavailable('the workspace was removed');
    return open(name.value);
  };
  const drop = (key: string, room: Room): void => {
    room.discard();
    rooms.delete(key);
  };
  const connections = (): Connection[] => [...rooms.values()].flatMap((room) => [...room.connections]);

  return {
    change: async (name, _origin, write) => openByName(name).change(write),
    read: async (name, read) => openByName(name).read(read),
    watch: (name, listener) => openByName(name).watch(listener),
    watchNames: (listener) => {
      nameListeners.add(listener);
      return () => nameListeners.delete(listener);
    },

    connect: (name, connection) => {
      const { id } = connection.identity.member;
      const own = connections().filter(({ identity }) => identity.member.id === id).length;
      if (isDraining) connection.close(closeCodes.restart, 'restart');
      else if (own >= deps.connectionsPerMember) connection.close(closeCodes.overLimit, 'too many connections');
      else open(name).join(connection);
    },

    applyAccessChange: (change) => {
      if (change.kind === 'workspace-removed') removed.add(change.workspace);
      for (const [key, room] of rooms) {
        for (const connection of room.connections) judge(room, connection, change);
        if (change.kind === 'workspace-removed' && room.name.workspace === change.workspace) drop(key, room);
      }
    },

    counters: () => countRooms([...rooms.values()]),

    tick: () => {
      const nowMs = deps.nowMs();
      for (const connection of connections()) connection.tick(nowMs);
      for (const [key, room] of rooms) if (room.isIdle(nowMs, deps.idleMs)) drop(key, room);
    },

    disconnectAll: async () => {
      isDraining = true;
      await Promise.all([...rooms.values()].map((room) => room.settle()));
      await closeAll(connections());
    },

    close: async () => {
      isClosed = true;
      await Promise.all([...rooms.values()].map((room) => room.settle()));
      for (const room of rooms.values()) room.discard();
      rooms.clear();
    },
  };
};

const countRooms = (rooms: readonly Room[]): RoomCounters => ({
  rooms: rooms.length,
  connections: rooms.reduce((sum, room) => sum + room.connections.size, 0),
  skippedUpdates: rooms.reduce((sum, room) => sum + room.document.skipped, 0),
});

const judge = (room: Room, connection: Connection, change: AccessChange): void => {
  const { identity } = connection;
  switch (change.kind) {
    case 'session-ended':
      if (identity.sessionId === change.session) connection.close(closeCodes.signedOut, 'signed out');
      return;
    case 'workspace-removed':
      if (identity.workspace === change.workspace) connection.close(closeCodes.unknownRoom, 'workspace removed');
      return;
    case 'membership': {
      if (identity.member.id !== change.member || identity.workspace !== change.workspace) return;
      const access = change.role === null ? 'none' : accessOf(room.name, change.role);
      if (change.role === null || access === 'none') return connection.close(closeCodes.revoked, 'revoked');
      identity.member = { ...identity.member, name: change.name, role: change.role };
      room.reauthorize(connection, access === 'write');
    }
  }
};

/** Spread over half a second, so that a hundred tablets do not come back at one instant. */
const closeAll = async (connections: readonly Connection[]): Promise<void> => {
  const stepMs = 500 / Math.max(1, connections.length);
  for (const connection of connections) {
    connection.close(closeCodes.restart, 'restart');
    if (connections.length > 1) await new Promise((resolve) => setTimeout(resolve, stepMs));
  }
};
