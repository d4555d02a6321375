/**
 * Who may come in: decided before a socket exists where a browser would not retry anyway (foreign origin, a path that
 * is not ours), and else by a permanent close code, which a browser can read and an HTTP status it cannot.
 */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { type WebSocket, WebSocketServer } from 'ws';
import { accessOf, parseRoomName } from '#core/workspace/rooms.ts';
import type { Session } from '#sync-server/access/session.ts';
import { Connection, type ConnectionIdentity, type ConnectionLimits, closeCodes } from './connection.ts';
import type { RoomRegistry } from './room-registry.ts';
import { isStorageDamaged } from '#sync-server/storage/is-storage-damaged.ts';
import { RoomUnavailable } from './rooms.ts';
import type { TestRooms } from './test-rooms.ts';
import type { RoomName } from '#core/workspace/rooms.ts';

export interface UpgradeDeps {
  readonly rooms: RoomRegistry;
  readonly limits: ConnectionLimits;
  nowMs(): number;
  report(kind: string, detail: string): void;
  /** Null refuses the upgrade: the Host or Origin is not ours. */
  identify(request: IncomingMessage): Promise<{ readonly session: Session | null } | null>;
  /** Where several processes serve: how they reach each other. */
  readonly peers?: UpgradePeers | null;
  /** For tests from outside; null on every server that people use. */
  readonly testRooms?: TestRooms | null;
}

export interface UpgradePeers {
  /** The request comes from one of us. */
  isPeer(request: IncomingMessage): boolean;
  /** Hands the socket to the process at this address. */
  forward(request: IncomingMessage, socket: Duplex, head: Buffer, address: string): void;
}

export interface Upgrade {
  handle(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** No new sockets from now on. */
  stop(): void;
}

/** On a request of one of us: not a person's socket that is handed on, but its own. */
export const mirrorHeader = 'x-larder-mirror';

const askAgainMs = 200;

export const createUpgrade = (deps: UpgradeDeps): Upgrade => {
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: deps.testRooms?.limits.messageBytes ?? deps.limits.messageBytes,
    perMessageDeflate: false,
    clientTracking: false,
  });
  let isStopped = false;
  const failures = tellOnce((text) => deps.report('not-let-in', text));

  const handle = async (request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> => {
    const path = pathOf(request);
    if (isStopped) return refuse(socket, '503 Service Unavailable');
    if (path === null || !path.startsWith('/sync/')) return refuse(socket, '404 Not Found');
    const entry = await judgeRequest(request, path);
    if (entry === null) return refuse(socket, '403 Forbidden');
    const place = 'code' in entry ? null : await deps.rooms.place(entry.name);
    if (place && !place.isOwn) {
      // From a peer it was just sent here: the room has moved meanwhile, and the client finds it when it comes back.
      if (!deps.peers || deps.peers.isPeer(request)) return refuse(socket, '503 Service Unavailable');
      return deps.peers.forward(request, socket, head, place.address);
    }
    server.handleUpgrade(request, socket, head, (webSocket) => {
      closeOverLimit(webSocket);
      // Without a listener an error on one socket would end the process.
      webSocket.on('error', () => {});
      if ('code' in entry) return webSocket.close(entry.code, entry.reason);
      failures.forget();
      const connection = new Connection(webSocket, socket, entry.identity, entry.limits ?? deps.limits, {
        nowMs: deps.nowMs,
        meters: deps.rooms.meters,
      });
      deps.rooms.connect(entry.name, connection);
      void judgeAgain(request, path, connection);
    });
  };

  const judgeRequest = async (request: IncomingMessage, path: string): Promise<Entry | null> => {
    const name = path.slice('/sync/'.length);
    if (deps.peers?.isPeer(request) && request.headers[mirrorHeader] !== undefined) return judgeMirror(name);
    const caller = await deps.identify(request);
    if (caller === null) return null;
    const session = isMeant(request, caller.session) ? caller.session : null;
    return (await deps.testRooms?.judge(request, name)) ?? judgeEntry(name, session);
  };

  /**
   * Only now does the connection hear of changes; what changed while it was judged shows by judging again. A question
   * that storage did not answer says nothing about anybody, and is asked once more.
   */
  const judgeAgain = async (request: IncomingMessage, path: string, connection: Connection): Promise<void> => {
    let entry: Entry;
    try {
      entry = (await judgeRequest(request, path)) ?? judgeEntry('', null);
    } catch {
      await sleep(askAgainMs);
      return connection.isOpen ? judgeAgain(request, path, connection) : undefined;
    }
    if ('code' in entry) return connection.close(entry.code, entry.reason);
    if (entry.identity.member.role !== connection.identity.member.role) connection.close(closeCodes.restart, 'changed');
  };

  return {
    handle: (request, socket, head) => {
      socket.on('error', () => socket.destroy());
      handle(request, socket, head).catch((error: unknown) => {
        if (!(error instanceof RoomUnavailable)) failures.tell(String(error));
        if (!isStorageDamaged(error)) return refuse(socket, '503 Service Unavailable');
        deps.rooms.meters.unreadable.add('');
        server.handleUpgrade(request, socket, head, (webSocket) =>
          webSocket.close(closeCodes.unreadable, 'unreadable'),
        );
      });
    },
    stop: () => {
      isStopped = true;
    },
  };
};

/** Clients come again every few seconds. */
const tellOnce = (say: (text: string) => void): { tell(text: string): void; forget(): void } => {
  let told = '';
  return {
    tell: (text) => {
      if (text !== told) say(text);
      told = text;
    },
    forget: () => {
      told = '';
    },
  };
};

type Entry =
  | { readonly code: number; readonly reason: string }
  | { readonly name: RoomName; readonly identity: ConnectionIdentity; readonly limits?: ConnectionLimits };

const judgeEntry = (roomName: string, session: Session | null): Entry => {
  if (session === null) return { code: closeCodes.signedOut, reason: 'signed out' };
  const name = parseRoomName(roomName);
  const membership = name.ok ? session.memberships.find(({ workspace }) => workspace === name.value.workspace) : null;
  if (!name.ok || !membership) return { code: closeCodes.unknownRoom, reason: 'unknown room' };
  const access = accessOf(name.value, membership.role);
  if (access === 'none') return { code: closeCodes.revoked, reason: 'no access' };
  return {
    name: name.value,
    identity: {
      sessionId: session.id,
      workspace: membership.workspace,
      member: { ...session.member, role: membership.role },
      canWrite: access === 'write',
    },
  };
};

/** Another process's copy of a room: it writes what that process's own writers write. */
const judgeMirror = (roomName: string): Entry => {
  const name = parseRoomName(roomName);
  if (!name.ok) return { code: closeCodes.unknownRoom, reason: 'unknown room' };
  const member = { id: '', name: '', role: 'owner' as const };
  return { name: name.value, identity: { sessionId: '', workspace: name.value.workspace, member, canWrite: true } };
};

/** A page that somebody else left open in this browser must not go on in the name of who is signed in now. */
const isMeant = ({ url = '' }: IncomingMessage, session: Session | null): boolean => {
  const member = new URLSearchParams(url.split('?')[1]).get('member');
  return member === null || session?.member.id === member;
};

/** The path exactly as sent, or null when it is written in any other way than a room name is. */
const pathOf = (request: IncomingMessage): string | null => {
  const path = (request.url ?? '').split('?')[0] ?? '';
  return /^[\w/-]+$/.test(path) ? path : null;
};

const refuse = (socket: Duplex, status: string): void => {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
};

/** `ws` closes a message over maxPayload with 1009, after which clients come back and send it again, for ever. */
const closeOverLimit = (webSocket: WebSocket): void => {
  const close = webSocket.close.bind(webSocket);
  webSocket.close = (code, reason) =>
    code === 1009 ? close(closeCodes.overLimit, 'message too large') : close(code, reason);
};
