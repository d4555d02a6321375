/** The facts documents of a workspace, and the facts of their chunks one after another. */
import type { Fact } from '#core/datasets/fact.ts';
import { readEveryRecord } from '#core/datasets/manifest.doc.ts';
import { unpackFacts } from '#core/datasets/unpack-facts.ts';
import type { Platform } from '#core/units/platform.ts';
import type { Rooms } from '#sync-server/rooms/rooms.ts';
import type { Storage } from '#sync-server/storage/storage.ts';

export interface FactsDeps {
  readonly rooms: Pick<Rooms, 'read'>;
  readonly storage: Pick<Storage, 'log' | 'blobs'>;
}

/** Rooms of a dataset, or of all, that hold anything. */
export const factsRooms = async (
  { storage }: Pick<FactsDeps, 'storage'>,
  workspace: string,
  dataset?: string,
): Promise<readonly string[]> => {
  const prefix = `${workspace}/facts/${dataset === undefined ? '' : `${dataset}/`}`;
  return (await storage.log.list(workspace)).filter((room) => room.startsWith(prefix));
};

export const eachChunkOf = async (
  deps: FactsDeps,
  platform: Platform,
  workspace: string,
  dataset: string,
  take: (facts: readonly Fact[]) => void,
): Promise<void> => {
  for (const room of await factsRooms(deps, workspace, dataset))
    for (const { record } of await deps.rooms.read(room, readEveryRecord)) {
      const stored = record.inline ?? (await deps.storage.blobs.read(workspace, record.hash));
      const packed = stored && (await platform.inflate(stored, record.bytes).catch(() => null));
      const facts = packed && unpackFacts(packed);
      if (facts?.ok) take(facts.value);
    }
};
