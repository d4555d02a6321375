/**
 * Access has been ended: what waited on this device becomes a file to keep, then everything is removed. What waits is
 * kept aside first, so that a page that is loaded again still offers it. Orders on their way are no text: whoever
 * imported them has the file.
 */
import { type DeviceDatabase, readAsides, wipeMember } from '#web/device/device-database.ts';
import type { OpenedWorkspace } from '#web/workspace/open-workspace.ts';
import { setAsideUnwritable } from '#web/workspace/set-aside.ts';

export interface Leaving {
  readonly changes: number;
  /** Address of a text file with the changes. */
  readonly file: string;
  wipe(): Promise<void>;
}

export const leaveRevoked = async (
  database: DeviceDatabase,
  id: string,
  opened: OpenedWorkspace | null,
): Promise<Leaving> => {
  const remembered = await database.workspaces.get(id);
  const memberId = opened?.member.id ?? remembered?.memberId ?? '';
  // On a device without room for a copy, what is open has the only one.
  const open = opened?.documents.textsOfPending() ?? [];
  await opened?.documents.close();
  await setAsideUnwritable({
    database,
    workspace: id,
    memberId,
    accessTo: (path) => (path.startsWith('facts/') ? 'write' : 'none'),
    nowMs: Date.now,
  }).catch(() => []);
  const asides = await readAsides(database, id, memberId);
  const waiting = [...open, ...asides.map(({ path, text }) => ({ path, texts: [text] }))];
  const parts = [...new Set(waiting.flatMap(({ path, texts }) => texts.map((text) => `${path}\n${text}`)))];
  const file = URL.createObjectURL(new Blob([parts.join('\n\n')], { type: 'text/plain;charset=utf-8' }));
  const wipe = opened ? () => opened.wipe() : () => wipeMember(database, id, memberId);
  if (parts.length === 0) await wipe();
  return { changes: parts.length, file, wipe };
};
