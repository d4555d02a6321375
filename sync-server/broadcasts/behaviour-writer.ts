/**
 * What happened in a broadcast, as behaviour facts: buffered and written as one chunk at least every 30 s (never more
 * often than every 2 s), into the manifest of its business month. Small chunks travel inside the manifest, larger ones
 * are blobs. A write that storage refuses is tried again with the next.
 */
import { createManifestRecord } from '#core/datasets/create-manifest-record.ts';
import type { Behaviour } from '#core/datasets/fact.ts';
import { addManifestRecords } from '#core/datasets/manifest.doc.ts';
import { packFacts } from '#core/datasets/pack-facts.ts';
import { monthFromMs } from '#core/units/business-day.ts';
import type { Platform } from '#core/units/platform.ts';
import type { Rooms } from '#sync-server/rooms/rooms.ts';
import type { Blobs } from '#sync-server/storage/storage.ts';

export interface BehaviourWriterDeps {
  readonly rooms: Pick<Rooms, 'change'>;
  readonly blobs: Pick<Blobs, 'write'>;
  readonly platform: Pick<Platform, 'deflate' | 'sha256' | 'utf8'>;
  nowMs(): number;
  report(kind: string, detail: string): void;
}

export interface BehaviourWriter {
  add(facts: readonly Behaviour[]): void;
  /** Writes when it is time, or at once when `isLast`. */
  flush(isLast?: boolean): Promise<void>;
}

const everyMs = 30_000;
const leastMs = 2_000;
const mostFacts = 4_000;
/** Beyond this the oldest are let go: live events may be lost, memory may not. */
const mostWaiting = 200_000;

export const createBehaviourWriter = (deps: BehaviourWriterDeps, workspace: string): BehaviourWriter => {
  let waiting: Behaviour[] = [];
  let writtenMs = deps.nowMs();
  let isWriting = false;

  const writeMonth = async (month: string, facts: readonly Behaviour[]): Promise<void> => {
    const packed = packFacts('behaviour', facts);
    const { record, stored } = await createManifestRecord(deps.platform, {
      packed,
      importId: '',
      importMs: deps.nowMs(),
    });
    if (record.inline === null) await deps.blobs.write(workspace, record.hash, stored);
    await deps.rooms.change(
      `${workspace}/facts/behaviour/${month}`,
      'live-events',
      (doc) => void addManifestRecords(doc, [record]),
    );
  };

  return {
    add: (facts) => {
      waiting.push(...facts);
      if (waiting.length > mostWaiting) waiting = waiting.slice(-mostWaiting);
    },
    flush: async (isLast = false) => {
      const passedMs = deps.nowMs() - writtenMs;
      const isDue = isLast || passedMs >= everyMs || (waiting.length >= mostFacts && passedMs >= leastMs);
      if (!isDue || isWriting || waiting.length === 0) return;
      isWriting = true;
      writtenMs = deps.nowMs();
      const facts = waiting;
      waiting = [];
      try {
        const byMonth = Map.groupBy(facts, (fact) => monthFromMs(fact.atMs));
        for (const [month, ofMonth] of byMonth) await writeMonth(month, ofMonth);
      } catch (error) {
        deps.report('behaviour-facts', String(error));
        waiting = [...facts, ...waiting].slice(-mostWaiting);
      } finally {
        isWriting = false;
      }
    },
  };
};
