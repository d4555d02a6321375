import type { Role } from '#core/units/role.ts';

/** Owners give every role, operators every role but owner, others none. */
export const mayGive = (giver: Role, role: Role): boolean =>
  giver === 'owner' || (giver === 'operator' && role !== 'owner');
