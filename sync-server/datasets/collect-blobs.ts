/** Removes blobs that no manifest of their workspace names and that are older than a day. */
import { readManifest } from '#core/datasets/manifest.doc.ts';
import type { Rooms } from '#sync-server/rooms/rooms.ts';
import type { Storage } from '#sync-server/storage/storage.ts';

const keptMs = 86_400_000;

export const collectBlobs = async (
  deps: { readonly rooms: Pick<Rooms, 'read'>; readonly storage: Pick<Storage, 'log' | 'blobs'> },
  workspace: string,
  nowMs: number,
): Promise<number> => {
  const old = (await deps.storage.blobs.list(workspace)).filter(({ storedMs }) => nowMs - storedMs >= keptMs);
  if (old.length === 0) return 0;
  const named = new Set<string>();
  for (const room of await deps.storage.log.list(workspace)) {
    if (!room.startsWith(`${workspace}/facts/`)) continue;
    await deps.rooms.read(room, (doc) => {
      for (const { hash } of readManifest(doc).records) named.add(hash);
    });
  }
  const unnamed = old.filter(({ hash }) => !named.has(hash));
  for (const { hash } of unnamed) await deps.storage.blobs.remove(workspace, hash);
  return unnamed.length;
};
