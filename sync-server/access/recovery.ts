/** Somebody who lost their devices comes back as the member they are: an owner's link, for a day and one use. */
import { fail, ok } from '#core/result.ts';
import type { Access } from './access.ts';
import { issueInvitation } from './issue-invitation.ts';
import { mayLetIn } from './may-let-in.ts';
import type { Parts } from './parts.ts';

export const createRecovery = ({ deps, workspaces, members, audit }: Parts): Pick<Access, 'inviteBack'> => ({
  inviteBack: async (by, memberId) => {
    if (by.role !== 'owner') return fail({ kind: 'not-allowed' });
    const member = (await members.listMembers(by.workspace)).find(({ id }) => id === memberId);
    if (!member) return fail({ kind: 'not-found' });
    if (!(await mayLetIn({ deps, workspaces }, by.member, memberId))) return fail({ kind: 'belongs-elsewhere' });
    const invitation = await issueInvitation(deps, by, { role: member.role, usesLeft: 1, forMember: memberId }, 1);
    await audit(by.workspace, { kind: 'invited-back', member: by.member, detail: memberId });
    return ok(invitation);
  },
});
