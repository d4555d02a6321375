/**
 * Somebody who lost their devices comes back as the member they are: by an owner's link, for a day and one use. An owner
 * whom nobody is left to let in comes back by a link of who runs the server, for an hour and one use.
 */
import { fail, ok } from '#core/result.ts';
import type { Access } from './access.ts';
import { issueInvitation } from './issue-invitation.ts';
import { mayLetIn } from './may-let-in.ts';
import type { Parts } from './parts.ts';

const ownerLinkDays = 1 / 24;

export const createRecovery = ({
  deps,
  workspaces,
  members,
  sessions,
  audit,
}: Parts): Pick<Access, 'inviteBack' | 'linkOwner'> => ({
  inviteBack: async (by, memberId) => {
    if (by.role !== 'owner') return fail({ kind: 'not-allowed' });
    const member = (await members.listMembers(by.workspace)).find(({ id }) => id === memberId);
    if (!member) return fail({ kind: 'not-found' });
    if (!(await mayLetIn({ deps, workspaces }, by.member, memberId))) return fail({ kind: 'belongs-elsewhere' });
    const invitation = await issueInvitation(deps, by, { role: member.role, usesLeft: 1, forMember: memberId }, 1);
    // The lost device may be in other hands. Of one's own the others are ended one by one.
    if (memberId !== by.member) for (const { id } of await sessions.sessionsOf(memberId)) await sessions.endSession(id);
    await audit(by.workspace, { kind: 'invited-back', member: by.member, detail: memberId });
    return ok(invitation);
  },
  linkOwner: async ({ brand = '', owner = '' }) => {
    const brands = (await workspaces.listWorkspaces()).filter(({ isDemo, connecting }) => !isDemo && !connecting);
    const named = brands.filter((one) => brand === '' || one.id === brand || one.brand === brand);
    const [workspace] = named;
    if (!workspace || named.length > 1) return fail({ kind: 'which-brand', among: brands });
    const owners = (await members.listMembers(workspace.id)).filter(({ role }) => role === 'owner');
    const meant = owners.filter(({ id, name }) => owner === '' || id === owner || name === owner);
    const [member] = meant;
    if (!member || meant.length > 1) return fail({ kind: 'which-owner', among: owners });
    const given = { role: member.role, usesLeft: 1, forMember: member.id };
    const invitation = await issueInvitation(deps, { workspace: workspace.id, member: '' }, given, ownerLinkDays);
    await audit(workspace.id, { kind: 'owner-link', member: '', detail: member.id });
    return ok({ ...invitation, brand: workspace.brand, name: member.name });
  },
});
