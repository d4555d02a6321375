/**
 * Who may come in: decided before a socket exists where a browser would not retry anyway (foreign origin, a path that
 * is not ours), and else by a permanent close code, which a browser can read and an HTTP status it cannot.
 */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { accessOf, parseRoomName } from '#core/workspace/rooms.ts';
import type { Session } from '#sync-server/access/session.ts';
import { Connection, type ConnectionIdentity, type ConnectionLimits, closeCodes } from './connection.ts';
import type { RoomRegistry } from './room-registry.ts';
import type { RoomName } from '#core/workspace/rooms.ts';

export interface UpgradeDeps {
  readonly rooms: RoomRegistry;
  readonly limits: ConnectionLimits;
  nowMs(): number;
  /** Null refuses the upgrade: the Host or Origin is not ours. */
  identify(request: IncomingMessage): Promise<{ readonly session: Session | null } | null>;
}

export interface Upgrade {
  handle(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** No new sockets from now on. */
  stop(): void;
}

export const createUpgrade = (deps: UpgradeDeps): Upgrade => {
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: deps.limits.messageBytes,
    perMessageDeflate: false,
    clientTracking: false,
  });
  let isStopped = false;

  const handle = async (request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> => {
    const path = pathOf(request);
    if (isStopped) return refuse(socket, '503 Service Unavailable');
    if (path === null || !path.startsWith('/sync/')) return refuse(socket, '404 Not Found');
    const caller = await deps.identify(request);
    if (caller === null) return refuse(socket, '403 Forbidden');
    const entry = judgeEntry(path.slice('/sync/'.length), caller.session);
    server.handleUpgrade(request, socket, head, (webSocket) => {
      closeOverLimit(webSocket);
      // Without a listener an error on one socket would end the process.
      webSocket.on('error', () => {});
      if ('code' in entry) return webSocket.close(entry.code, entry.reason);
      const connection = new Connection(webSocket, entry.identity, deps.limits, deps.nowMs);
      deps.rooms.connect(entry.name, connection);
      void judgeAgain(request, path, connection);
    });
  };

  /** Only now does the connection hear of changes; what changed while it was judged shows by judging again. */
  const judgeAgain = async (request: IncomingMessage, path: string, connection: Connection): Promise<void> => {
    const caller = await deps.identify(request).catch(() => null);
    const entry = judgeEntry(path.slice('/sync/'.length), caller?.session ?? null);
    if ('code' in entry) return connection.close(entry.code, entry.reason);
    if (entry.identity.member.role !== connection.identity.member.role) connection.close(closeCodes.restart, 'changed');
  };

  return {
    handle: (request, socket, head) => {
      socket.on('error', () => socket.destroy());
      handle(request, socket, head).catch(() => refuse(socket, '500 Internal Server Error'));
    },
    stop: () => {
      isStopped = true;
    },
  };
};

type Entry =
  | { readonly code: number; readonly reason: string }
  | { readonly name: RoomName; readonly identity: ConnectionIdentity };

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
