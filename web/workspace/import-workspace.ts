/** A `.larder` file becomes a workspace that lives on this device, with an id of its own: nothing here is replaced. */
import * as Y from 'yjs';
import { type Result, ok } from '#core/result.ts';
import { type LarderFailure, readLarderFile } from '#core/workspace/larder-file.ts';
import { parseRoomName } from '#core/workspace/rooms.ts';
import { openBlobStore } from '#web/device/blob-store.ts';
import { createBrowserPlatform } from '#web/device/browser-platform.ts';
import { createDeviceWorkspace } from '#web/device/create-device-workspace.ts';
import { type DeviceDatabase, memberPrefix, type RememberedWorkspace } from '#web/device/device-database.ts';
import { openLocalCopy } from './local-copy.ts';

export const importWorkspace = async (
  database: DeviceDatabase,
  file: Blob,
  memberName: string,
): Promise<Result<RememberedWorkspace, LarderFailure>> => {
  const read = await readLarderFile(new Uint8Array(await file.arrayBuffer()), createBrowserPlatform(null));
  if (!read.ok) return read;
  const { brand, entries } = read.value;
  const record = await createDeviceWorkspace(database, { brand, memberName });
  const store = openBlobStore(record.id, record.memberId);
  await store.blobs.bulkPut(
    entries.filter(({ kind }) => kind === 'blob').map(({ name, bytes }) => ({ hash: name, stored: bytes.slice() })),
  );
  store.close();
  for (const { kind, name, bytes } of entries) {
    if (kind !== 'document' || !parseRoomName(`${record.id}/${name}`).ok) continue;
    const doc = new Y.Doc();
    let isSaved = true;
    const copy = openLocalCopy(
      `${memberPrefix(record.id, record.memberId)}${name}`,
      doc,
      ({ failure }) => (isSaved = failure === null),
    );
    await copy.loaded;
    Y.applyUpdate(doc, bytes, 'import');
    await copy.close();
    if (!isSaved) throw new DOMException('not stored', 'QuotaExceededError');
  }
  return ok(record);
};
