import { fail, ok } from '#core/result.ts';
import type { Access, InvitationRecord } from './access.ts';
import { issueInvitation } from './issue-invitation.ts';
import { mayGive } from './may-give.ts';
import { mayLetIn } from './may-let-in.ts';
import type { Parts } from './parts.ts';
import { hashSecret } from './secrets.ts';
import type { Session } from './session.ts';

export const createInvitations = ({
  deps,
  workspaces,
  sessions,
  members,
  audit,
}: Parts): Pick<
  Access,
  'invite' | 'listInvitations' | 'removeInvitation' | 'lookAtInvitation' | 'redeemInvitation'
> => {
  const { records, nowMs } = deps;
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
      const invitation = await issueInvitation(deps, by, { role, usesLeft: uses }, days);
      await audit(by.workspace, { kind: 'invited', member: by.member, detail: `${role} ${invitation.id}` });
      return ok(invitation);
    },
    listInvitations: async (workspace) => (await listRecords(workspace)).map(({ invitation }) => invitation),
    removeInvitation: async (workspace, id) => {
      const found = (await listRecords(workspace)).find(({ invitation }) => invitation.id === id);
      if (!found) return fail({ kind: 'not-found' });
      await records.write([{ collection: 'invitations', key: found.key, value: null }]);
      return ok(undefined);
    },
    lookAtInvitation: async (token, by) => {
      const valid = await readValid(token);
      const workspace = valid && (await workspaces.readWorkspace(valid.invitation.workspace));
      if (!valid || !workspace) return fail({ kind: 'unknown-invitation' });
      const { forMember, role } = valid.invitation;
      const back = forMember && (await members.listMembers(workspace.id)).find(({ id }) => id === forMember);
      const inside = isInside(valid.invitation, by) ? { inside: workspace.id } : {};
      return ok({ brand: workspace.brand, role, ...(back ? { name: back.name } : {}), ...inside });
    },
    redeemInvitation: async (token, name, by, as) => {
      for (;;) {
        const valid = await readValid(token);
        if (!valid) return fail({ kind: 'unknown-invitation' });
        const { invitation, version } = valid;
        const { forMember, workspace } = invitation;
        // Whoever holds the link need not be whom this browser is signed in as: they say so, or nobody comes in.
        if (as !== 'another' && as !== (by?.member.id ?? null)) return fail({ kind: by ? 'signed-in' : 'signed-out' });
        const self = as === 'another' ? null : by;
        // An old link must not demote an owner.
        if (isInside(invitation, self)) return fail({ kind: 'already-member' });
        if (self && forMember !== undefined) return fail({ kind: 'signed-in' });
        const back =
          forMember === undefined ? null : (await members.listMembers(workspace)).find(({ id }) => id === forMember);
        if (back === undefined) return fail({ kind: 'unknown-invitation' });
        // They may have come to belong elsewhere since.
        if (back && !(await mayLetIn({ deps, workspaces }, invitation.createdBy, back.id)))
          return fail({ kind: 'unknown-invitation' });
        const used = { ...invitation, usesLeft: invitation.usesLeft - 1 };
        const { expiresMs } = invitation;
        const written = await records.write([
          { collection: 'invitations', key: hashSecret(token), value: used, ifVersion: version, expiresMs },
        ]);
        if (!written.ok) continue;
        if (back) await audit(workspace, { kind: 'came-back', member: back.id });
        const member = back ?? (await members.join(workspace, invitation.role, name, self, invitation.id));
        const opened = await sessions.openSession(member, self);
        if (by && !self) await sessions.endSession(by.id);
        return ok({ ...opened, workspace });
      }
    },
  };
};

/** For its own member a link that lets them in again is one to where they are. */
const isInside = ({ workspace, forMember }: InvitationRecord, by: Session | null): boolean =>
  forMember === undefined
    ? (by?.memberships.some((membership) => membership.workspace === workspace) ?? false)
    : by?.member.id === forMember;
