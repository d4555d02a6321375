import { basename } from 'node:path';
import type { Storage } from '#sync-server/storage/storage.ts';
import { noteBackup } from '#sync-server/vault/backups.ts';
import type { KeyRing } from '#sync-server/vault/key-ring.ts';
import type { BackupRequest } from './door.ts';
import type { Sink } from './frames.ts';
import { sealKeys } from './sealed-keys.ts';
import { writeBackup } from './write-backup.ts';

export interface HandOutDeps {
  readonly storage: Pick<Storage, 'log' | 'records' | 'blobs'>;
  readonly ring: KeyRing;
  nowMs(): number;
}

/** Writes a backup and notes that there is one; noted first, so that an erasure during it names it. */
export const handOutBackup = async (
  { storage, ring, nowMs }: HandOutDeps,
  { path, untilMs, passphrase }: BackupRequest,
  sink: Sink,
): Promise<void> => {
  const sealedKeys = passphrase === '' ? null : await sealKeys(ring.keys, passphrase);
  const atMs = nowMs();
  await storage.records.write([noteBackup({ name: basename(path), path, atMs, untilMs })]);
  await writeBackup(storage, sink, { nowMs: atMs, untilMs, sealedKeys, keyId: ring.currentId });
};
