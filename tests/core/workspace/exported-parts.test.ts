import { expect, test } from 'vitest';
import { exportedParts } from '#core/workspace/exported-parts.ts';
import { accessOf, parseRoomName } from '#core/workspace/rooms.ts';
import type { Role } from '#core/units/role.ts';

const outsideOf = (role: Role) =>
  exportedParts((path) => {
    const room = parseRoomName(`w/${path}`);
    if (!room.ok) throw new Error(path);
    return accessOf(room.value, role);
  }).outside;

test('[WSP6] a file names what a role leaves out of it', () => {
  expect(outsideOf('owner')).toEqual([]);
  expect(outsideOf('operator')).toEqual([]);
  expect(outsideOf('host')).toEqual(['segments', 'journeys', 'orders', 'customers']);
  expect(outsideOf('stockkeeper')).toEqual(['segments', 'journeys', 'library', 'orders', 'customers']);
  expect(outsideOf('assistant')).toEqual(['customers']);
});
