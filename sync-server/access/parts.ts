/** What the parts of access give each other. */
import type { Role } from '#core/units/role.ts';
import type { Access, AccessChange, MemberRecord, OpenedSession, SignedInDevice } from './access.ts';
import type { AccessDeps } from './create-access.ts';
import type { Session } from './session.ts';

export type Announce = (change: AccessChange) => void;

export type Workspaces = Pick<
  Access,
  'readWorkspace' | 'listWorkspaces' | 'createWorkspace' | 'renameWorkspace' | 'removeWorkspace'
>;

export type Sessions = Pick<Access, 'readSession' | 'renewSession' | 'readSessionById' | 'endSession'> & {
  /** Of one member, the one seen last first. */
  sessionsOf(member: string): Promise<readonly SignedInDevice[]>;
  /** The session that is open already, or a new one for this member; with the memberships as they are now. */
  openSession(member: MemberRecord, by: Session | null): Promise<OpenedSession>;
};

export type Members = Pick<Access, 'listMembers' | 'changeMember' | 'removeMember'> & {
  /** Makes the session's member, or a new one, a member of this workspace with this role, by this invitation. */
  join(workspace: string, role: Role, name: string, by: Session | null, invitation?: string): Promise<MemberRecord>;
};

export interface Parts {
  readonly deps: AccessDeps;
  readonly workspaces: Workspaces;
  readonly sessions: Sessions;
  readonly members: Members;
  readonly audit: Access['audit'];
}
