import type { MemberRecord } from './access.ts';
import type { Parts } from './parts.ts';

/**
 * Signed in, a member enters every workspace they belong to: only who owns all of these may let them in, or whoever runs
 * the server, whom the empty member stands for.
 */
export const mayLetIn = async (
  { deps: { records }, workspaces }: Pick<Parts, 'deps' | 'workspaces'>,
  owner: string,
  member: string,
): Promise<boolean> => {
  if (owner === '') return true;
  const roleIn = async (workspace: string, id: string): Promise<MemberRecord['role'] | undefined> =>
    ((await records.read('members', `${workspace}/${id}`))?.value as MemberRecord | undefined)?.role;
  for (const { id, isDemo } of await workspaces.listWorkspaces()) {
    // What anybody at this machine may enter is nothing to keep anybody out of.
    if (isDemo || (await roleIn(id, member)) === undefined) continue;
    if ((await roleIn(id, owner)) !== 'owner') return false;
  }
  return true;
};
