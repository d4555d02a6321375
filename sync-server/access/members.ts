import { type Result, fail, ok } from '#core/result.ts';
import type { Role } from '#core/units/role.ts';
import type { Access, Actor, MemberRecord } from './access.ts';
import type { AccessDeps } from './create-access.ts';
import { mayGive } from './may-give.ts';
import type { Announce, Members } from './parts.ts';
import { createId } from './secrets.ts';

type ChangeFailure =
  { readonly kind: 'not-found' } | { readonly kind: 'not-allowed' } | { readonly kind: 'last-owner' };

export const createMembers = ({ records, nowMs }: AccessDeps, audit: Access['audit'], announce: Announce): Members => {
  const listMembers = async (workspace: string): Promise<readonly MemberRecord[]> =>
    (await records.list('members', `${workspace}/`)).map(({ value }) => value as MemberRecord);

  /**
   * Replaces a member's record. Every change of members goes over the workspace's version, so that two owners who
   * remove each other at once cannot both succeed.
   */
  const replace = async (
    by: Actor,
    memberId: string,
    next: (member: MemberRecord) => MemberRecord | null,
  ): Promise<Result<{ before: MemberRecord; after: MemberRecord | null }, ChangeFailure>> => {
    for (;;) {
      const workspace = await records.read('workspaces', by.workspace);
      const members = await listMembers(by.workspace);
      const before = members.find(({ id }) => id === memberId);
      if (!workspace || !before) return fail({ kind: 'not-found' });
      const after = next(before);
      if (!mayReplace(by, before, after)) return fail({ kind: 'not-allowed' });
      const owners = members.filter(({ id, role }) => role === 'owner' && id !== memberId).length;
      if (before.role === 'owner' && after?.role !== 'owner' && owners === 0) return fail({ kind: 'last-owner' });
      const written = await records.write([
        { collection: 'workspaces', key: by.workspace, value: workspace.value, ifVersion: workspace.version },
        { collection: 'members', key: `${by.workspace}/${memberId}`, value: after },
      ]);
      if (written.ok) return ok({ before, after });
    }
  };

  return {
    listMembers,
    join: async (workspace, role, name, by, invitation) => {
      const id = by?.member.id ?? createId();
      const earlier = (await records.read('members', `${workspace}/${id}`))?.value as MemberRecord | undefined;
      const member: MemberRecord = { id, workspace, name, role, joinedMs: earlier?.joinedMs ?? nowMs() };
      await records.write([{ collection: 'members', key: `${workspace}/${id}`, value: member }]);
      await audit(workspace, { kind: 'joined', member: id, detail: invitation ? `${role} ${invitation}` : role });
      announce({ kind: 'membership', member: id, workspace, name, role });
      return member;
    },
    changeMember: async (by, memberId, { name, role }) => {
      const changed = await replace(by, memberId, (member) => ({
        ...member,
        name: name ?? member.name,
        role: role ?? member.role,
      }));
      if (!changed.ok) return changed;
      const after = changed.value.after as MemberRecord;
      await audit(by.workspace, { kind: 'member-changed', member: by.member, detail: `${memberId} ${after.role}` });
      announce({ kind: 'membership', member: memberId, workspace: by.workspace, name: after.name, role: after.role });
      return ok(after);
    },
    removeMember: async (by, memberId) => {
      const removed = await replace(by, memberId, () => null);
      if (!removed.ok) return removed;
      const { name } = removed.value.before;
      await audit(by.workspace, { kind: 'member-removed', member: by.member, detail: memberId, name });
      announce({ kind: 'membership', member: memberId, workspace: by.workspace, name, role: null });
      return ok(undefined);
    },
  };
};

/** Anyone may leave and may change their own name; the rest is for who may give both the old and the new role. */
const mayReplace = (by: Actor, before: MemberRecord, after: MemberRecord | null): boolean => {
  if (by.member === before.id && (after === null || after.role === before.role)) return true;
  const roles: readonly Role[] = after === null ? [before.role] : [before.role, after.role];
  return roles.every((role) => mayGive(by.role, role));
};
