/**
 * What a manifest names now, on this device. A chunk that another one replaced (compacted, or rewritten because somebody
 * asked to be forgotten) goes with its bytes, and the copy of its document keeps nothing of it.
 */
import type { BlobStore, KeptChunk } from '#web/device/blob-store.ts';
import type { Documents } from '#web/workspace/documents.ts';

export const keepManifest = async (
  store: BlobStore,
  documents: Pick<Documents, 'trim'>,
  chunks: readonly KeptChunk[],
  gone: readonly string[],
): Promise<void> => {
  const replaced = await store.transaction('rw', store.chunks, store.outbox, store.blobs, async () => {
    const before = [...(await store.chunks.bulkGet([...gone])), ...(await store.outbox.bulkGet([...gone]))];
    const known = before.filter((chunk) => chunk !== undefined);
    await store.chunks.bulkPut([...chunks]);
    await store.chunks.bulkDelete([...gone]);
    await store.outbox.bulkDelete([...gone]);
    await store.blobs.bulkDelete(known.map(({ record }) => record.hash));
    return known;
  });
  for (const path of new Set(replaced.map((chunk) => chunk.path))) await documents.trim(path);
};
