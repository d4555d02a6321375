/**
 * What waits on this device for the server, as a text file to take along; nothing is removed. Orders on their way are no
 * text: whoever imported them has the file.
 */
import { type DeviceDatabase, memberPrefix, readAsides } from '#web/device/device-database.ts';
import { findUnconfirmed } from '#web/workspace/find-unconfirmed.ts';
import type { OpenedWorkspace } from '#web/workspace/open-workspace.ts';
import { readUnconfirmed } from '#web/workspace/read-unconfirmed.ts';

export interface Waiting {
  readonly memberId: string;
  readonly changes: number;
  /** Address of a text file with the changes. */
  readonly file: string;
}

export const readWaiting = async (
  database: DeviceDatabase,
  id: string,
  opened: OpenedWorkspace | null,
): Promise<Waiting> => {
  const memberId = opened?.member.id ?? (await database.workspaces.get(id))?.memberId ?? '';
  const prefix = memberPrefix(id, memberId);
  // On a device without room for a copy, what is open has the only one.
  const open = opened?.documents.textsOfPending() ?? [];
  await opened?.documents.flush();
  const paths = (await findUnconfirmed(prefix)).filter((path) => !path.startsWith('facts/'));
  const kept = await Promise.all(paths.map(async (path) => ({ path, texts: await readUnconfirmed(prefix + path) })));
  const asides = await readAsides(database, id, memberId);
  const waiting = [...open, ...kept, ...asides.map(({ path, text }) => ({ path, texts: [text] }))];
  const parts = [...new Set(waiting.flatMap(({ path, texts }) => texts.map((text) => `${path}\n${text}`)))];
  const file = URL.createObjectURL(new Blob([parts.join('\n\n')], { type: 'text/plain;charset=utf-8' }));
  return { memberId, changes: parts.length, file };
};
