/**
 * A workspace that lived in one browser becomes one of this server, under its own id and its own identity secret. Until
 * everything has arrived it is `connecting`: its owner alone may enter, no list shows it, and it can be given up.
 */
import { fail, ok } from '#core/result.ts';
import type { Access, MemberRecord, WorkspaceRecord } from './access.ts';
import { claimKey, type ClaimRecord } from './claims.ts';
import type { Announce, Parts } from './parts.ts';
import { createId, hashSecret, isSameHash } from './secrets.ts';
import type { Session } from './session.ts';

type TakingIn = Pick<Access, 'takeIn' | 'settleIn' | 'giveUp'>;

export const createTakingIn = (
  { deps: { records, nowMs }, workspaces, sessions, members, audit }: Parts,
  announce: Announce,
): TakingIn => {
  const resume: (
    known: WorkspaceRecord,
    claimHash: string | null,
    name: string,
    by: Session | null,
  ) => ReturnType<Access['takeIn']> = async (known, claimHash, name, by) => {
    const { id, connecting } = known;
    if (!connecting) return fail({ kind: 'workspace-exists' });
    const owner = (await members.listMembers(id)).find((member) => member.id === by?.member.id);
    if (owner) return ok(await sessions.openSession(owner, by));
    const isClaimer =
      claimHash !== null && connecting.claimHash !== null && isSameHash(connecting.claimHash, claimHash);
    if (!isClaimer && !ownsHere(by)) return fail({ kind: 'not-allowed' });
    return ok(await sessions.openSession(await members.join(id, 'owner', name, by), by));
  };

  return {
    takeIn: async ({ id, brand, name, identitySecret, claim }, by) => {
      const claimHash = claim === null ? null : hashSecret(claim);
      const known = await workspaces.readWorkspace(id);
      if (known)
        return isSameHash(known.identitySecret, identitySecret)
          ? resume(known, claimHash, name, by)
          : fail({ kind: 'workspace-exists' });
      const kept = await records.read('claims', claimKey);
      const open = kept?.value as ClaimRecord | undefined;
      const isClaimer =
        claimHash !== null && open !== undefined && open.redeemedMs === null && isSameHash(open.hash, claimHash);
      if (!isClaimer && !ownsHere(by)) return fail({ kind: claimHash === null ? 'not-allowed' : 'unknown-claim' });
      const atMs = nowMs();
      const connecting = { sinceMs: atMs, claimHash: isClaimer ? claimHash : null };
      const workspace: WorkspaceRecord = { id, brand, isDemo: false, createdMs: atMs, identitySecret, connecting };
      const memberId = by?.member.id ?? createId();
      const member: MemberRecord = { id: memberId, workspace: id, name, role: 'owner', joinedMs: atMs };
      const redeemed: ClaimRecord = { hash: '', redeemedMs: atMs };
      const written = await records.write([
        { collection: 'workspaces', key: id, value: workspace, ifVersion: 0 },
        { collection: 'members', key: `${id}/${memberId}`, value: member },
        ...(isClaimer ? [{ collection: 'claims', key: claimKey, value: redeemed, ifVersion: kept?.version ?? 0 }] : []),
      ]);
      if (!written.ok) return fail({ kind: 'workspace-exists' });
      announce({ kind: 'membership', member: memberId, workspace: id, name, role: 'owner' });
      return ok(await sessions.openSession(member, by));
    },
    settleIn: async (id, member) => {
      const kept = await records.read('workspaces', id);
      const { connecting, ...settled } = (kept?.value ?? {}) as WorkspaceRecord;
      if (!kept || !connecting) return;
      const written = await records.write([
        { collection: 'workspaces', key: id, value: settled, ifVersion: kept.version },
      ]);
      if (written.ok) await audit(id, { kind: 'connected', member });
    },
    giveUp: async (id) => {
      const connecting = (await workspaces.readWorkspace(id))?.connecting;
      if (!connecting) return false;
      // Whoever claimed the server with it may claim it again.
      if (connecting.claimHash !== null) {
        const value: ClaimRecord = { hash: connecting.claimHash, redeemedMs: null };
        await records.write([{ collection: 'claims', key: claimKey, value }]);
      }
      await workspaces.removeWorkspace(id);
      return true;
    },
  };
};

/** Anybody on this machine owns the demo; that says nothing. */
const ownsHere = (by: Session | null): boolean =>
  by?.memberships.some(({ role, isDemo, isConnecting }) => role === 'owner' && !isDemo && !isConnecting) ?? false;
