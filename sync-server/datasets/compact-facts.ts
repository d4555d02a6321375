/**
 * The one compactor: what came in small pieces (a line from a sender, a decision) is packed into one blob once it is a
 * day old, so that a month stays quick to open. Looks only at manifests that changed since it last looked.
 */
import { applyCompaction, takeCompactionEpoch } from '#core/datasets/compaction.doc.ts';
import { createManifestRecord } from '#core/datasets/create-manifest-record.ts';
import type { Fact, FactKind } from '#core/datasets/fact.ts';
import type { ManifestRecord } from '#core/datasets/manifest-record.ts';
import { readManifest } from '#core/datasets/manifest.doc.ts';
import { packFacts } from '#core/datasets/pack-facts.ts';
import { planCompaction } from '#core/datasets/plan-compaction.ts';
import { unpackFacts } from '#core/datasets/unpack-facts.ts';
import type { Platform } from '#core/units/platform.ts';
import type { Rooms } from '#sync-server/rooms/rooms.ts';
import type { Storage } from '#sync-server/storage/storage.ts';

export interface CompactorDeps {
  readonly rooms: Pick<Rooms, 'read' | 'change' | 'watchNames'>;
  readonly storage: Pick<Storage, 'log' | 'blobs'>;
  readonly platform: Pick<Platform, 'inflate' | 'deflate' | 'sha256' | 'utf8'>;
  nowMs(): number;
  report(kind: string, detail: string): void;
}

export interface Compactor {
  /** Answers how many chunks gave way. */
  compact(workspace: string): Promise<number>;
}

const againMs = 86_400_000;

export const createCompactor = (deps: CompactorDeps): Compactor => {
  /** When a manifest that has not changed since was looked at; what was too young then is old enough a day later. */
  const lookedMs = new Map<string, number>();
  deps.rooms.watchNames((room) => lookedMs.delete(room));
  return {
    compact: async (workspace) => {
      let replaced = 0;
      for (const room of await deps.storage.log.list(workspace)) {
        if (!room.startsWith(`${workspace}/facts/`)) continue;
        const looked = lookedMs.get(room);
        if (looked !== undefined && deps.nowMs() - looked < againMs) continue;
        try {
          replaced += await compactRoom(deps, workspace, room);
          lookedMs.set(room, deps.nowMs());
        } catch (error) {
          deps.report('compaction', `${room.slice(workspace.length + 1)} ${String(error)}`);
        }
      }
      return replaced;
    },
  };
};

const compactRoom = async (deps: CompactorDeps, workspace: string, room: string): Promise<number> => {
  const { rooms, storage } = deps;
  const runs = planCompaction(await rooms.read(room, (doc) => readManifest(doc).records), deps.nowMs());
  if (runs.length === 0) return 0;
  const epoch = await rooms.change(room, 'take-epoch', takeCompactionEpoch);
  let replaced = 0;
  for (const run of runs) {
    const { record, stored } = await packRun(deps, run);
    // Packed together they are small enough to travel: more will come.
    if (record.inline !== null) continue;
    await storage.blobs.write(workspace, record.hash, stored);
    const ids = run.map(({ id }) => id);
    const applied = await rooms.change(room, 'compact', (doc) => applyCompaction(doc, epoch, ids, record));
    if (applied.ok) replaced += run.length;
    else deps.report('compaction', `${room.slice(workspace.length + 1)} ${applied.error.kind}`);
  }
  return replaced;
};

const packRun = async ({ platform }: CompactorDeps, run: readonly ManifestRecord[]) => {
  const facts: Fact[] = [];
  for (const { id, inline, bytes } of run) {
    const unpacked = inline && unpackFacts(await platform.inflate(inline, bytes));
    if (!unpacked?.ok) throw new Error(`${id} cannot be read`);
    facts.push(...unpacked.value);
  }
  const [first] = run;
  const packed = packFacts<FactKind>(first?.kind ?? 'order-line', facts as never);
  const replaces = run.flatMap(({ id, replaces: earlier }) => [...earlier, id]);
  return createManifestRecord(platform, { packed, importId: '', importMs: run.at(-1)?.importMs ?? 0, replaces });
};
