import type { MemberRecord } from './access.ts';
import type { AccessDeps } from './create-access.ts';
import type { Announce, Sessions, Workspaces } from './parts.ts';
import { createSessionToken, hashSecret } from './secrets.ts';
import { createSessionTokens, sessionMs } from './session-tokens.ts';
import type { Membership, Session } from './session.ts';

/** A visit prolongs a session at most this often: not every request is a write. */
const prolongMs = 86_400_000;

interface SessionRecord {
  readonly member: string;
  readonly name: string;
  readonly seenMs: number;
  readonly device?: string;
}

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

  const tokens = createSessionTokens({ records, nowMs }, async (id) => (await readRecord(id))?.seenMs ?? null);

  return {
    readSession: async (token, device) => {
      const found = await tokens.read(token);
      const record = found && (await readRecord(found));
      if (!found || !record) return null;
      const isDue = nowMs() >= record.seenMs + prolongMs;
      const isElsewhere = device !== undefined && device !== record.device;
      try {
        if (isDue || isElsewhere)
          await write(found, { ...record, seenMs: isDue ? nowMs() : record.seenMs, ...(device ? { device } : {}) });
        if (isDue) await tokens.prolong(token);
      } catch {
        // A visit that cannot be noted, on a full disk, is a visit all the same.
      }
      return sessionFrom(found, record);
    },
    renewSession: (token) => tokens.renew(token),
    readSessionById: async (id) => {
      const record = await readRecord(id);
      return record && sessionFrom(id, record);
    },
    sessionsOf: async (member) =>
      (await records.list('sessions'))
        .map(({ key, value }) => ({ id: key, ...(value as SessionRecord) }))
        .filter((session) => session.member === member && nowMs() < session.seenMs + sessionMs)
        .toSorted((a, b) => b.seenMs - a.seenMs)
        .map(({ id, device = '', seenMs }) => ({ id, device, seenMs })),
    endSession: async (id) => {
      await records.write([{ collection: 'sessions', key: id, value: null }]);
      announce({ kind: 'session-ended', session: id });
    },
    openSession: async (member, by) => {
      if (by && by.member.id === member.id)
        return { token: null, session: { ...by, memberships: await membershipsOf(member.id) } };
      const record: SessionRecord = { member: member.id, name: member.name, seenMs: nowMs() };
      const id = hashSecret(createSessionToken());
      await write(id, record);
      const token = await tokens.create(id);
      return { token, session: await sessionFrom(id, record) };
    },
  };
};
