/**
 * Rooms for load and fault tests from outside: names that start with a prefix, opened with a token instead of a
 * session, in a workspace of their own that has no members. Only while nobody at all is a member of this server.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { RoomName } from '#core/workspace/rooms.ts';
import { type ConnectionIdentity, type ConnectionLimits, closeCodes } from './connection.ts';

export interface TestRoomsDeps {
  readonly token: string;
  readonly prefix: string;
  readonly limits: ConnectionLimits;
  hasMembers(): Promise<boolean>;
}

export type TestEntry =
  | { readonly code: number; readonly reason: string }
  | { readonly name: RoomName; readonly identity: ConnectionIdentity; readonly limits: ConnectionLimits };

export interface TestRooms {
  readonly limits: ConnectionLimits;
  /** Null: not a test room. */
  judge(request: IncomingMessage, room: string): Promise<TestEntry | null>;
}

export const testWorkspace = 'test-rooms';

const everybodyWrites = {
  path: '*',
  access: {
    owner: 'write',
    operator: 'write',
    host: 'write',
    assistant: 'write',
    stockkeeper: 'write',
    observer: 'write',
  },
} as const;

export const createTestRooms = (deps: TestRoomsDeps): TestRooms => {
  const wanted = hashOf(deps.token);
  /** As `Authorization: Bearer`, or as the value of any query parameter. */
  const isSigned = ({ url = '', headers }: IncomingMessage): boolean => {
    const query = new URL(url, 'http://localhost').searchParams;
    const given = [...query.values(), /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1] ?? ''];
    return given.map((each) => timingSafeEqual(hashOf(each), wanted)).includes(true);
  };
  return {
    limits: deps.limits,
    judge: async (request, room) => {
      if (!room.startsWith(deps.prefix)) return null;
      if (!isSigned(request)) return { code: closeCodes.signedOut, reason: 'signed out' };
      if (await deps.hasMembers()) return { code: closeCodes.revoked, reason: 'the server has members' };
      return {
        name: { workspace: testWorkspace, path: room, kind: everybodyWrites },
        identity: {
          sessionId: '',
          workspace: testWorkspace,
          member: { id: '', name: 'test', role: 'owner' },
          canWrite: true,
        },
        limits: deps.limits,
      };
    },
  };
};

const hashOf = (text: string): Buffer => createHash('sha256').update(text).digest();
