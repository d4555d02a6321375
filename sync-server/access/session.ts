import { type Result, fail, ok } from '#core/result.ts';
import type { Role } from '#core/units/role.ts';

export interface Membership {
  readonly workspace: string;
  readonly brand: string;
  readonly isDemo: boolean;
  /** As this workspace knows the member. */
  readonly name: string;
  readonly role: Role;
  /** Its workspace is still arriving from the browser it lived in. */
  readonly isConnecting?: true;
}

/** Who is asking: one signed-in member and the workspaces they belong to. */
export interface Session {
  readonly id: string;
  readonly member: { readonly id: string; readonly name: string };
  readonly memberships: readonly Membership[];
}

export type RoleFailure =
  { readonly kind: 'signed-out' } | { readonly kind: 'unknown-workspace' } | { readonly kind: 'not-allowed' };

/** A workspace the member does not belong to is as unknown as one that does not exist. */
export const requireRole = (
  session: Session | null,
  workspace: string,
  roles: readonly Role[],
): Result<Membership, RoleFailure> => {
  if (session === null) return fail({ kind: 'signed-out' });
  const membership = session.memberships.find((candidate) => candidate.workspace === workspace);
  if (membership === undefined) return fail({ kind: 'unknown-workspace' });
  return roles.includes(membership.role) ? ok(membership) : fail({ kind: 'not-allowed' });
};
