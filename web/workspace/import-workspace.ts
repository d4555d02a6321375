/**
 * A `.larder` file becomes a workspace that lives on this device, with an id of its own: nothing here is replaced. A
 * sealed section is opened before anything is written, so a wrong passphrase changes nothing.
 */
import * as Y from 'yjs';
import { type Result, fail, ok } from '#core/result.ts';
import { type LarderFailure, readLarderFile } from '#core/workspace/larder-file.ts';
import { parseRoomName } from '#core/workspace/rooms.ts';
import { openBlobStore } from '#web/device/blob-store.ts';
import { createBrowserPlatform } from '#web/device/browser-platform.ts';
import { createDeviceWorkspace } from '#web/device/create-device-workspace.ts';
import { type DeviceDatabase, memberPrefix, type RememberedWorkspace } from '#web/device/device-database.ts';
import { openWithPassphrase } from '#web/device/passphrase-seal.ts';
import { openVault } from '#web/device/vault.ts';
import { secretsFromBytes, type WorkspaceSecrets } from '#web/device/workspace-secrets.ts';
import { openLocalCopy } from './local-copy.ts';

export type ImportFailure = LarderFailure | { readonly kind: 'passphrase-needed' | 'wrong-passphrase' };

const mostSecretBytes = 256 * 1024 * 1024;

export const importWorkspace = async (
  database: DeviceDatabase,
  file: Blob,
  memberName: string,
  passphrase = '',
): Promise<Result<RememberedWorkspace, ImportFailure>> => {
  const read = await readLarderFile(new Uint8Array(await file.arrayBuffer()), createBrowserPlatform(null));
  if (!read.ok) return read;
  const { brand, entries, sealed } = read.value;
  if (sealed !== null && passphrase === '') return fail({ kind: 'passphrase-needed' });
  const secrets = sealed && (await openSecrets(sealed, passphrase));
  if (sealed !== null && secrets === null) return fail({ kind: 'wrong-passphrase' });
  const record = await createDeviceWorkspace(database, {
    brand,
    memberName,
    identitySecret: secrets?.identitySecret,
  });
  if (secrets !== null && secrets.contacts.length > 0) {
    const vault = openVault(record.id, record.memberId);
    await vault.keep(secrets.contacts).finally(() => vault.close());
  }
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

async function openSecrets(sealed: Uint8Array, passphrase: string): Promise<WorkspaceSecrets | null> {
  const opened = await openWithPassphrase(sealed, passphrase);
  if (opened === null) return null;
  const bytes = await createBrowserPlatform(null)
    .inflate(opened, mostSecretBytes)
    .catch(() => null);
  return bytes && secretsFromBytes(bytes);
}
