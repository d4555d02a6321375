/**
 * Which rooms are open, and every connection. The server's own writers come in here, too; a room that nobody uses is
 * closed after a while and opens again from storage.
 */
import { accessOf, type RoomName } from '#core/workspace/rooms.ts';
import type { AccessChange } from '#sync-server/access/access.ts';
import type { Session } from '#sync-server/access/session.ts';
import { type Connection, closeCodes } from './connection.ts';
import type { Room } from './room.ts';
import type { RoomDeps } from './room-deps.ts';
import { Meters } from './meters.ts';
import { type RoomOwner, type RoomPlace, soleOwner } from './room-owner.ts';
import { RoomTable, keyOf } from './room-table.ts';
import type { Rooms } from './rooms.ts';

export interface RoomRegistryDeps extends Omit<RoomDeps, 'owner' | 'lost' | 'unreadable' | 'changed' | 'meters'> {
  readonly idleMs: number;
  readonly connectionsPerMember: number;
  /** Absent: this process owns every room. */
  readonly owner?: RoomOwner;
}

export interface RoomCounters {
  readonly rooms: number;
  readonly connections: number;
  /** Stored updates that could not be read, in rooms open now. */
  readonly skippedUpdates: number;
  /** What is damaged in storage, so that nobody gets to see it. */
  readonly unreadable: number;
}

export interface RoomRegistry extends Rooms {
  /** Opens the room here, or says which process serves it. */
  place(name: RoomName): Promise<RoomPlace>;
  /** After `place` has opened the room. */
  connect(name: RoomName, connection: Connection): void;
  /** Judges open connections again. */
  applyAccessChange(change: AccessChange): void;
  /** Judges all open connections by their sessions as they are now: a change may have gone unheard. */
  judgeAll(readSession: (id: string) => Promise<Session | null>): Promise<void>;
  /** These rooms are another process's now; without names, all are. */
  lose(names?: readonly string[]): void;
  counters(): RoomCounters;
  /** Of open rooms: updates after their snapshots, and the size of both. */
  logCounters(): { readonly updates: number; readonly bytes: number };
  readonly meters: Meters;
  /** Why a room here cannot write, or could not a moment ago; null while all can. */
  writeFailure(): unknown;
  /** Keep-alive, slow readers, full and idle rooms: called every few seconds. */
  tick(): void;
  /** Makes everything durable, then closes every socket for a restart; the server's own writers may go on. */
  disconnectAll(): Promise<void>;
  close(): Promise<void>;
}

/** A write that failed shows in health for so long. */
const freshMs = 10_000;

export const createRoomRegistry = (deps: RoomRegistryDeps): RoomRegistry => {
  const meters = new Meters();
  const nameListeners = new Set<(room: string) => void>();
  const changed = (room: string): void => {
    for (const listener of nameListeners) listener(room);
  };
  const table = new RoomTable({ ...deps, owner: deps.owner ?? soleOwner, meters, changed });
  const { rooms } = table;
  const connections = (): Connection[] => [...rooms.values()].flatMap((room) => [...room.connections]);
  const settle = (): Promise<unknown> => Promise.all([...rooms.values()].map((room) => room.settle()));
  let isDraining = false;

  const applyAccessChange = (change: AccessChange): void => {
    if (change.kind === 'workspace-removed') table.removed.add(change.workspace);
    // Given up, and connected again after all.
    if (change.kind === 'membership' && change.role !== null) table.removed.delete(change.workspace);
    for (const [key, room] of rooms) {
      for (const connection of room.connections) judge(room, connection, change);
      if (change.kind === 'workspace-removed' && room.name.workspace === change.workspace) table.drop(key);
    }
  };

  return {
    change: async (name, _origin, write) => (await table.serve(name)).change(write),
    read: async (name, read) => (await table.serve(name)).read(read),
    retake: async (name) => (await table.serve(name)).retake(),
    watchNames: (listener) => {
      nameListeners.add(listener);
      return () => nameListeners.delete(listener);
    },

    place: (name) => table.place(name),
    connect: (name, connection) => {
      const { id } = connection.identity.member;
      const room = rooms.get(keyOf(name));
      // The server's own mirrors have no member.
      const own = id === '' ? 0 : connections().filter(({ identity }) => identity.member.id === id).length;
      if (!room && meters.unreadable.has(keyOf(name))) connection.close(closeCodes.unreadable, 'unreadable');
      else if (isDraining || !room) connection.close(closeCodes.restart, 'restart');
      else if (own >= deps.connectionsPerMember) connection.close(closeCodes.overLimit, 'too many connections');
      else room.join(connection);
    },

    applyAccessChange,
    judgeAll: (readSession) => judgeSessions(connections(), readSession, applyAccessChange),
    lose: (names) => table.lose(names),

    meters,
    counters: () => ({ ...countRooms([...rooms.values()]), unreadable: meters.unreadable.size }),
    writeFailure: () => {
      const { lastFailure } = meters;
      const isFresh = lastFailure !== null && deps.nowMs() - lastFailure.atMs < freshMs;
      return rooms.values().find((room) => room.writeFailure)?.writeFailure ?? (isFresh ? lastFailure.error : null);
    },
    logCounters: () => countLogs([...rooms.values()]),

    tick: () => {
      const nowMs = deps.nowMs();
      for (const connection of connections()) connection.tick(nowMs);
      for (const room of rooms.values()) room.snapshotWhenDue();
      table.dropIdle(nowMs, deps.idleMs);
    },

    disconnectAll: async () => {
      isDraining = true;
      await settle();
      await closeAll(connections());
    },

    close: async () => {
      table.isClosed = true;
      await settle();
      table.close();
    },
  };
};

const judgeSessions = async (
  connections: readonly Connection[],
  readSession: (id: string) => Promise<Session | null>,
  apply: (change: AccessChange) => void,
): Promise<void> => {
  for (const [id, ofOne] of Map.groupBy(connections, ({ identity }) => identity.sessionId)) {
    if (id === '') continue;
    const session = await readSession(id);
    if (session === null) apply({ kind: 'session-ended', session: id });
    else for (const { identity } of ofOne) apply(membershipNow(session, identity.workspace));
  }
};

const countRooms = (rooms: readonly Room[]): Omit<RoomCounters, 'unreadable'> => ({
  rooms: rooms.length,
  connections: rooms.reduce((sum, room) => sum + room.connections.size, 0),
  skippedUpdates: rooms.reduce((sum, room) => sum + room.document.skipped, 0),
});

const countLogs = (rooms: readonly Room[]): ReturnType<RoomRegistry['logCounters']> => ({
  updates: rooms.reduce((sum, room) => sum + room.document.logLength, 0),
  bytes: rooms.reduce((sum, room) => sum + room.document.bytes, 0),
});

const membershipNow = ({ member, memberships }: Session, workspace: string): AccessChange => {
  const found = memberships.find((membership) => membership.workspace === workspace);
  const name = found?.name ?? member.name;
  return { kind: 'membership', member: member.id, workspace, name, role: found?.role ?? null };
};

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
