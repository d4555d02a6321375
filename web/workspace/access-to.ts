/** Access by the table of documents. A workspace that lives on one device has no server: the device takes its part. */
import type { Role } from '#core/units/role.ts';
import { type Access, accessOf, parseRoomName } from '#core/workspace/rooms.ts';

export const accessTo = (home: 'server' | 'device', workspace: string, role: Role, path: string): Access => {
  const room = parseRoomName(`${workspace}/${path}`);
  if (!room.ok) return 'none';
  return home === 'device' && role === 'owner' ? 'write' : accessOf(room.value, role);
};
