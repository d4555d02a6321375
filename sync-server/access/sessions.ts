/**
 * Sessions and their tokens. A session lives under an id of its own; its token is a secret that is kept as a hash and
 * replaced once a day. The former token goes a minute after the new one was first seen, so that an answer that never
 * arrived signs nobody out.
 */
import type { RecordChange } from '#sync-server/storage/storage.ts';
import type { MemberRecord } from './access.ts';
import type { AccessDeps } from './create-access.ts';
import type { Announce, Sessions, Workspaces } from './parts.ts';
import { createSessionToken, hashSecret } from './secrets.ts';
import type { Membership, Session } from './session.ts';

const sessionMs = 30 * 86_400_000;
/** A visit prolongs a session at most this often: not every request is a write. */
const prolongMs = 86_400_000;

/** A token is replaced at the first visit after so long. */
const renewMs = 86_400_000;
/** Requests that were under way when the token changed still come in. */
const graceMs = 60_000;
const tombstoneMs = 400 * 86_400_000;

interface SessionRecord {
  readonly member: string;
  readonly name: string;
  readonly seenMs: number;
}

/** By the hash of the token. */
interface TokenRecord {
  readonly session: string;
  readonly madeMs: number;
  /** Hash of the token this one replaces, until it is seen for the first time. */
  readonly before: string | null;
  /** Replaced: good until then. */
  readonly untilMs: number | null;
}

const tokens = 'session-tokens';

export const createSessions = (
  { records, nowMs }: AccessDeps,
  workspaces: Workspaces,
  announce: Announce,
): Sessions => {
  const membershipsOf = async (member: string): Promise<readonly Membership[]> => {
    const found: Membership[] = [];
    for (const { id, brand, isDemo, connecting } of await workspaces.listWorkspaces()) {
      const record = (await records.read('members', `${id}/${member}`))?.value as MemberRecord | undefined;
      if (!record) continue;
      const { name, role } = record;
      found.push({ workspace: id, brand, isDemo, name, role, ...(connecting ? { isConnecting: true } : {}) });
    }
    return found;
  };
  const write = (id: string, value: SessionRecord): Promise<unknown> =>
    records.write([{ collection: 'sessions', key: id, value, expiresMs: value.seenMs + sessionMs }]);
  const readRecord = async (id: string): Promise<SessionRecord | null> => {
    const record = (await records.read('sessions', id))?.value as SessionRecord | undefined;
    return !record || nowMs() >= record.seenMs + sessionMs ? null : record;
  };
  const sessionFrom = async (id: string, { member, name }: SessionRecord): Promise<Session> => ({
    id,
    member: { id: member, name },
    memberships: await membershipsOf(member),
  });

  /** Sessions of before tokens were replaced were kept under the token's hash itself. */
  const readToken = async (hash: string): Promise<TokenRecord | null> => {
    const found = (await records.read(tokens, hash))?.value as TokenRecord | undefined;
    if (found) return found.untilMs !== null && nowMs() >= found.untilMs ? null : found;
    const former = await readRecord(hash);
    return former && { session: hash, madeMs: former.seenMs, before: null, untilMs: null };
  };
  const writeToken = (hash: string, value: TokenRecord): RecordChange => ({
    collection: tokens,
    key: hash,
    value,
    expiresMs: nowMs() + (value.untilMs === null ? sessionMs : tombstoneMs),
  });
  /** The new token has arrived: the one before it may go. */
  const confirm = async (hash: string, token: TokenRecord): Promise<void> => {
    const before = token.before === null ? null : await readToken(token.before);
    await records.write([
      writeToken(hash, { ...token, before: null }),
      ...(before && token.before ? [writeToken(token.before, { ...before, untilMs: nowMs() + graceMs })] : []),
    ]);
  };

  return {
    readSession: async (token) => {
      const hash = hashSecret(token);
      const found = await readToken(hash);
      const record = found && (await readRecord(found.session));
      if (!found || !record) return null;
      if (found.before !== null) await confirm(hash, found);
      if (nowMs() >= record.seenMs + prolongMs) {
        await write(found.session, { ...record, seenMs: nowMs() });
        if (found.untilMs === null) await records.write([writeToken(hash, { ...found, before: null })]);
      }
      return sessionFrom(found.session, record);
    },
    renewSession: async (token) => {
      const hash = hashSecret(token);
      const found = await readToken(hash);
      if (!found || found.untilMs !== null || nowMs() < found.madeMs + renewMs) return null;
      if (!(await readRecord(found.session))) return null;
      const fresh = createSessionToken();
      const value = { session: found.session, madeMs: nowMs(), before: hash, untilMs: null };
      await records.write([writeToken(hashSecret(fresh), value)]);
      return fresh;
    },
    readSessionById: async (id) => {
      const record = await readRecord(id);
      return record && sessionFrom(id, record);
    },
    endSession: async (id) => {
      await records.write([{ collection: 'sessions', key: id, value: null }]);
      announce({ kind: 'session-ended', session: id });
    },
    openSession: async (member, by) => {
      if (by && by.member.id === member.id)
        return { token: null, session: { ...by, memberships: await membershipsOf(member.id) } };
      const token = createSessionToken();
      const record: SessionRecord = { member: member.id, name: member.name, seenMs: nowMs() };
      const id = hashSecret(createSessionToken());
      await write(id, record);
      await records.write([
        writeToken(hashSecret(token), { session: id, madeMs: nowMs(), before: null, untilMs: null }),
      ]);
      return { token, session: await sessionFrom(id, record) };
    },
  };
};
