/** A backup into a file, and what a storage holds, to compare. */
import { writeFileSync } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import * as Y from 'yjs';
import { readManifest } from '#core/datasets/manifest.doc.ts';
import { writeBackup } from '#sync-server/backups/write-backup.ts';
import { loadParts } from '#sync-server/rooms/snapshot.ts';
import type { Storage } from '#sync-server/storage/storage.ts';
import { createKeyRing } from '#sync-server/vault/key-ring.ts';

type Source = Pick<Storage, 'log' | 'records' | 'blobs'>;

export const key = new Uint8Array(32).fill(7);
const options = { nowMs: 1, untilMs: 2, sealedKeys: null, keyId: createKeyRing([key]).currentId };

export const writeTo = async (storage: Source, path: string): Promise<void> => {
  writeFileSync(path, '');
  await writeBackup(storage, (bytes) => appendFile(path, bytes), options);
};

/** Documents as what they read, blobs and records as they are. */
export const contentsOf = async ({ log, blobs, records }: Source) => {
  const workspaces = (await records.list('workspaces')).map(({ key: id }) => id);
  const documents = new Map<string, { vector: Map<number, number>; manifest: ReturnType<typeof readManifest> }>();
  const stored = new Map<string, string>();
  for (const workspace of workspaces) {
    for (const room of await log.list(workspace)) {
      const { doc } = loadParts(await log.read(room))!;
      documents.set(room, { vector: Y.decodeStateVector(Y.encodeStateVector(doc)), manifest: readManifest(doc) });
    }
    for (const { hash } of await blobs.list(workspace))
      stored.set(hash, Buffer.from((await blobs.read(workspace, hash))!).toString('base64'));
  }
  const own = (await records.readAll()).filter(
    ({ collection }) =>
      !['sessions', 'session-tokens', 'audit', 'erasures', 'erasure-lists', 'backups'].includes(collection),
  );
  return { documents, stored, own };
};
