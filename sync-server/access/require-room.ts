import { type Access, type RoomName, accessOf, parseRoomName } from '#core/workspace/rooms.ts';
import { type Result, fail } from '#core/result.ts';
import { roles } from '#core/units/role.ts';
import { type RoleFailure, type Session, requireRole } from './session.ts';

/** The room a member asks for, if the table allows what is wanted of it. */
export const requireRoom = (
  session: Session | null,
  workspace: string,
  path: string,
  wanted: readonly Access[],
): Result<RoomName, RoleFailure | { readonly kind: 'unknown-room' }> => {
  const member = requireRole(session, workspace, roles);
  if (!member.ok) return member;
  const room = parseRoomName(`${workspace}/${path}`);
  if (!room.ok) return room;
  return wanted.includes(accessOf(room.value, member.value.role)) ? room : fail({ kind: 'not-allowed' });
};
