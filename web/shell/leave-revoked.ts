/**
 * Access has been ended: what waited on this device becomes a file to keep, then everything is removed. What waits is
 * kept aside first, so that a page that is loaded again still offers it.
 */
import { type DeviceDatabase, wipeMember } from '#web/device/device-database.ts';
import type { OpenedWorkspace } from '#web/workspace/open-workspace.ts';
import { setAsideUnwritable } from '#web/workspace/set-aside.ts';
import { type Waiting, readWaiting } from './read-waiting.ts';

export interface Leaving extends Waiting {
  wipe(): Promise<void>;
}

export const leaveRevoked = async (
  database: DeviceDatabase,
  id: string,
  opened: OpenedWorkspace | null,
): Promise<Leaving> => {
  const waiting = await readWaiting(database, id, opened);
  const { memberId } = waiting;
  await opened?.documents.close();
  await setAsideUnwritable({
    database,
    workspace: id,
    memberId,
    accessTo: (path) => (path.startsWith('facts/') ? 'write' : 'none'),
    nowMs: Date.now,
  }).catch(() => []);
  const wipe = opened ? () => opened.wipe() : () => wipeMember(database, id, memberId);
  if (waiting.changes === 0) await wipe();
  return { ...waiting, wipe };
};
