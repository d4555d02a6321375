/** Access over the records of the storage port. Memberships are few and read often, so they are kept in memory. */
import type { Storage } from '#sync-server/storage/storage.ts';
import type { Access, AccessChange } from './access.ts';
import { createAudit } from './audit.ts';
import { createClaims } from './claims.ts';
import { createDeviceSessions } from './device-sessions.ts';
import { createInvitations } from './invitations.ts';
import { createMembers } from './members.ts';
import { createPasskeys } from './passkeys.ts';
import { createRecovery } from './recovery.ts';
import { createSessions } from './sessions.ts';
import { createTakingIn } from './take-in.ts';
import { createWorkspaces } from './workspaces.ts';

export interface AccessDeps {
  readonly records: Storage['records'];
  nowMs(): number;
}

export const createAccess = (deps: AccessDeps): Access => {
  const listeners = new Set<(change: AccessChange) => void>();
  const announce = (change: AccessChange): void => {
    for (const listener of listeners) listener(change);
  };
  const audit = createAudit(deps);
  const workspaces = createWorkspaces(deps, announce, audit.audit);
  const sessions = createSessions(deps, workspaces, announce);
  const members = createMembers(deps, audit.audit, announce);
  const parts = { deps, workspaces, sessions, members, audit: audit.audit };
  return {
    ...audit,
    ...workspaces,
    ...sessions,
    ...members,
    ...createClaims(parts),
    ...createInvitations(parts),
    ...createTakingIn(parts, announce),
    ...createPasskeys(parts),
    ...createRecovery(parts),
    ...createDeviceSessions(parts),
    enterDemo: async (role, name, by) => {
      const demo = (await workspaces.listWorkspaces()).find(({ isDemo }) => isDemo);
      if (!demo) return { ok: false, error: { kind: 'not-found' } };
      const member = await members.join(demo.id, role, name, by);
      return { ok: true, value: await sessions.openSession(member, by) };
    },
    watch: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};
