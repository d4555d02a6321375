import { fail, ok } from '#core/result.ts';
import type { Access, InvitationRecord } from './access.ts';
import { mayGive } from './may-give.ts';
import type { Parts } from './parts.ts';
import { createId, createToken, hashSecret } from './secrets.ts';

const dayMs = 86_400_000;

export const createInvitations = ({
  deps: { records, nowMs },
  workspaces,
  sessions,
  members,
  audit,
}: Parts): Pick<
  Access,
  'invite' | 'listInvitations' | 'removeInvitation' | 'lookAtInvitation' | 'redeemInvitation'
> => {
  const readValid = async (token: string): Promise<{ invitation: InvitationRecord; version: number } | null> => {
    const record = await records.read('invitations', hashSecret(token));
    const invitation = record?.value as InvitationRecord | undefined;
    const isValid = invitation && invitation.usesLeft > 0 && nowMs() < invitation.expiresMs;
    return isValid ? { invitation, version: record?.version ?? 0 } : null;
  };
  const listRecords = async (workspace: string): Promise<{ key: string; invitation: InvitationRecord }[]> =>
    (await records.list('invitations'))
      .map(({ key, value }) => ({ key, invitation: value as InvitationRecord }))
      .filter(({ invitation }) => invitation.workspace === workspace && nowMs() < invitation.expiresMs);

  return {
    invite: async (by, { role, days, uses }) => {
      if (!mayGive(by.role, role)) return fail({ kind: 'not-allowed' });
      const token = createToken();
      const invitation: InvitationRecord = {
        id: createId(),
        workspace: by.workspace,
        role,
        createdBy: by.member,
        createdMs: nowMs(),
        expiresMs: nowMs() + days * dayMs,
        usesLeft: uses,
      };
      const { expiresMs } = invitation;
      await records.write([{ collection: 'invitations', key: hashSecret(token), value: invitation, expiresMs }]);
      await audit(by.workspace, { kind: 'invited', member: by.member, detail: role });
      return ok({ ...invitation, token });
    },
    listInvitations: async (workspace) => (await listRecords(workspace)).map(({ invitation }) => invitation),
    removeInvitation: async (workspace, id) => {
      const found = (await listRecords(workspace)).find(({ invitation }) => invitation.id === id);
      if (!found) return fail({ kind: 'not-found' });
      await records.write([{ collection: 'invitations', key: found.key, value: null }]);
      return ok(undefined);
    },
    lookAtInvitation: async (token) => {
      const valid = await readValid(token);
      const workspace = valid && (await workspaces.readWorkspace(valid.invitation.workspace));
      return valid && workspace
        ? ok({ brand: workspace.brand, role: valid.invitation.role })
        : fail({ kind: 'unknown-invitation' });
    },
    redeemInvitation: async (token, name, by) => {
      for (;;) {
        const valid = await readValid(token);
        if (!valid) return fail({ kind: 'unknown-invitation' });
        const { invitation, version } = valid;
        // Who belongs here already keeps the role they have: an old link must not demote an owner.
        const held = by?.memberships.some(({ workspace }) => workspace === invitation.workspace);
        if (by && held) return ok({ token: null, session: by });
        const used = { ...invitation, usesLeft: invitation.usesLeft - 1 };
        const { expiresMs } = invitation;
        const written = await records.write([
          { collection: 'invitations', key: hashSecret(token), value: used, ifVersion: version, expiresMs },
        ]);
        if (!written.ok) continue;
        const member = await members.join(invitation.workspace, invitation.role, name, by);
        return ok(await sessions.openSession(member, by));
      }
    },
  };
};
