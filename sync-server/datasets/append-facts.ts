/** Facts that the server itself has to tell: one chunk a month, small ones inside the manifest, larger ones as blobs. */
import { createManifestRecord } from '#core/datasets/create-manifest-record.ts';
import { type Behaviour, type Decision, datasetOfKind } from '#core/datasets/fact.ts';
import { addManifestRecords } from '#core/datasets/manifest.doc.ts';
import { packFacts } from '#core/datasets/pack-facts.ts';
import { monthFromMs } from '#core/units/business-day.ts';
import type { Platform } from '#core/units/platform.ts';
import type { Rooms } from '#sync-server/rooms/rooms.ts';
import type { Blobs } from '#sync-server/storage/storage.ts';

export interface AppendFactsDeps {
  readonly rooms: Pick<Rooms, 'change'>;
  readonly blobs: Pick<Blobs, 'write'>;
  readonly platform: Pick<Platform, 'deflate' | 'sha256' | 'utf8'>;
  nowMs(): number;
}

/** All of one kind. Durable when resolved; the same facts again change nothing. */
export const appendFacts = async (
  { rooms, blobs, platform, nowMs }: AppendFactsDeps,
  workspace: string,
  origin: string,
  facts: readonly (Behaviour | Decision)[],
): Promise<void> => {
  for (const [month, ofMonth] of Map.groupBy(facts, (fact) => monthFromMs(fact.atMs))) {
    const kind = ofMonth[0]!.kind;
    const packed = packFacts(kind, ofMonth);
    const chunk = { packed, importId: '', importMs: nowMs() } as const;
    const { record, stored } = await createManifestRecord(platform, chunk);
    if (record.inline === null) await blobs.write(workspace, record.hash, stored);
    const room = `${workspace}/facts/${datasetOfKind[kind]}/${month}`;
    await rooms.change(room, origin, (doc) => void addManifestRecords(doc, [record]));
  }
};
