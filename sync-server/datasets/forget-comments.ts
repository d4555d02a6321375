/**
 * Empties the text of old comments in every behaviour document of a workspace, in small chunks and blobs alike; the
 * document's log and snapshots are retaken, so that no earlier state keeps them.
 */
import { setImmediate as yieldTurn } from 'node:timers/promises';
import { readEveryRecord, replaceManifestRecords } from '#core/datasets/manifest.doc.ts';
import { type Forgotten, planForgetting } from '#core/datasets/plan-forgetting.ts';
import type { Platform } from '#core/units/platform.ts';
import type { Retakes } from '#sync-server/rooms/retakes.ts';
import type { Rooms } from '#sync-server/rooms/rooms.ts';
import type { Storage } from '#sync-server/storage/storage.ts';

export interface ForgetCommentsDeps {
  readonly rooms: Pick<Rooms, 'read' | 'change'>;
  readonly retakes: Pick<Retakes, 'retakeAfter'>;
  readonly storage: Pick<Storage, 'log' | 'blobs'>;
  readonly platform: Pick<Platform, 'inflate' | 'deflate' | 'sha256' | 'utf8'>;
  /** By room: what earlier looks of this process found clean. */
  readonly forgottenByRoom: Map<string, Forgotten>;
}

/** Answers how many texts went. */
export const forgetComments = async (
  { rooms, retakes, storage, platform, forgottenByRoom }: ForgetCommentsDeps,
  workspace: string,
  nowMs: number,
): Promise<number> => {
  const shelf = {
    read: async (hash: string) => {
      await yieldTurn();
      return storage.blobs.read(workspace, hash);
    },
    write: async (hash: string, stored: Uint8Array) => void (await storage.blobs.write(workspace, hash, stored)),
  };
  let forgotten = 0;
  for (const room of await storage.log.list(workspace)) {
    if (!room.startsWith(`${workspace}/facts/behaviour/`)) continue;
    const records = await rooms.read(room, readEveryRecord);
    const plan = await planForgetting(platform, records, nowMs, shelf, forgottenByRoom.get(room));
    const { replaced, hashes, texts } = plan;
    forgottenByRoom.set(room, plan.forgotten);
    if (replaced.size === 0) continue;
    forgotten += texts;
    await retakes.retakeAfter(room, async () => {
      await rooms.change(room, 'forget-comments', (doc) => replaceManifestRecords(doc, replaced, 'forget-comments'));
      for (const hash of hashes) await storage.blobs.remove(workspace, hash);
    });
  }
  return forgotten;
};
