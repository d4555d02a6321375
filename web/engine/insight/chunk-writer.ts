/** Turns planned chunks into what is kept on this device, in one transaction; durable when resolved. */
import type { PlannedChunk } from '#core/datasets/chunk-cutter.ts';
import { createManifestRecord, type StoredChunk } from '#core/datasets/create-manifest-record.ts';
import type { ImportId } from '#core/units/ids.ts';
import type { Platform } from '#core/units/platform.ts';
import type { BlobStore, KeptChunk } from '#web/device/blob-store.ts';

/** With what is in it, for the ledger. */
export type WrittenChunk = Pick<StoredChunk, 'record' | 'columns'>;

export const writeChunks = async (
  { store, platform }: { readonly store: BlobStore; readonly platform: Platform },
  planned: readonly PlannedChunk[],
  origin: { readonly importId: ImportId | ''; readonly importMs: number },
  into: 'outbox' | 'staged',
): Promise<readonly WrittenChunk[]> => {
  const made = await Promise.all(
    planned.map(async ({ path, packed }) => ({
      path,
      ...(await createManifestRecord(platform, { packed, ...origin })),
    })),
  );
  const chunks = made.map(({ path, record }): KeptChunk => ({ id: record.id, path, record }));
  const blobs = made
    .filter(({ record }) => record.inline === null)
    .map(({ record, stored }) => ({ hash: record.hash, stored }));
  await store.transaction('rw', store.blobs, store[into], async () => {
    await store.blobs.bulkPut(blobs);
    await store[into].bulkPut(chunks);
  });
  return made;
};
