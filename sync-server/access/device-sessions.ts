/** Where a member is signed in, for them and for an owner who may let them in; ended one by one. */
import { type Result, fail, ok } from '#core/result.ts';
import type { Access, Actor } from './access.ts';
import { mayLetIn } from './may-let-in.ts';
import type { Parts } from './parts.ts';

type Refusal = { readonly kind: 'not-found' | 'not-allowed' | 'belongs-elsewhere' };

export const createDeviceSessions = ({
  deps,
  workspaces,
  sessions,
  members,
  audit,
}: Parts): Pick<Access, 'listSessions' | 'endSessionOf'> => {
  const mayLook = async (by: Actor, member: string): Promise<Result<void, Refusal>> => {
    if (by.member === member) return ok(undefined);
    if (by.role !== 'owner') return fail({ kind: 'not-allowed' });
    if (!(await members.listMembers(by.workspace)).some(({ id }) => id === member)) return fail({ kind: 'not-found' });
    return (await mayLetIn({ deps, workspaces }, by.member, member))
      ? ok(undefined)
      : fail({ kind: 'belongs-elsewhere' });
  };
  return {
    listSessions: async (by, member) => {
      const may = await mayLook(by, member);
      return may.ok ? ok(await sessions.sessionsOf(member)) : may;
    },
    endSessionOf: async (by, member, id) => {
      const may = await mayLook(by, member);
      if (!may.ok) return may;
      if (!(await sessions.sessionsOf(member)).some((session) => session.id === id)) return fail({ kind: 'not-found' });
      await sessions.endSession(id);
      await audit(by.workspace, { kind: 'session-ended', member: by.member, detail: member });
      return ok(undefined);
    },
  };
};
