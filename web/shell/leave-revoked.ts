/** Access has been ended: what waited on this device becomes a file to keep, then everything is removed. */
import { type DeviceDatabase, readAsides, wipeMember } from '#web/device/device-database.ts';
import type { OpenedWorkspace } from '#web/workspace/open-workspace.ts';

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
  const asides = await readAsides(database, id, memberId);
  const parts = [
    ...(opened?.documents.textsOfPending() ?? []),
    ...asides.map(({ path, text }) => ({ path, texts: [text] })),
  ].flatMap(({ path, texts }) => texts.map((text) => `${path}\n${text}`));
  const file = URL.createObjectURL(new Blob([parts.join('\n\n')], { type: 'text/plain;charset=utf-8' }));
  const wipe = opened ? () => opened.wipe() : () => wipeMember(database, id, memberId);
  if (parts.length === 0) await wipe();
  return { changes: parts.length, file, wipe };
};
