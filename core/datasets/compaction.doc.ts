/**
 * Compacting a manifest: a run of small chunks gives way to one, in one transaction. Room `facts/<dataset>/<yyyy-mm>`,
 * beside its chunks:
 *
 * | document | type | merge |
 * | --- | --- | --- |
 * | facts/* | Y.Map `compaction`: `epoch` → number | last one wins; each compactor takes the next, the device has 0 |
 */
import type * as Y from 'yjs';
import { type Result, fail, ok } from '../result.ts';
import type { ChunkId } from '../units/ids.ts';
import type { ManifestRecord } from './manifest-record.ts';
import { readManifest, replaceManifestRecords } from './manifest.doc.ts';

export const readCompactionEpoch = (doc: Y.Doc): number => {
  const epoch = doc.getMap('compaction').get('epoch');
  return typeof epoch === 'number' && Number.isSafeInteger(epoch) ? epoch : 0;
};

/** From now on whoever took an earlier epoch may not compact this manifest any more. */
export const takeCompactionEpoch = (doc: Y.Doc): number => {
  const epoch = readCompactionEpoch(doc) + 1;
  doc.transact(() => doc.getMap('compaction').set('epoch', epoch), 'take-epoch');
  return epoch;
};

/** The chunk, whose bytes are stored already, takes the place of the run; nothing happens unless all of it counts. */
export const applyCompaction = (
  doc: Y.Doc,
  epoch: number,
  run: readonly ChunkId[],
  chunk: ManifestRecord,
): Result<void, { readonly kind: 'stale-epoch' | 'changed' }> => {
  if (readCompactionEpoch(doc) !== epoch) return fail({ kind: 'stale-epoch' });
  const live = new Set(readManifest(doc).records.map(({ id }) => id));
  if (run.length === 0 || run.some((id) => !live.has(id))) return fail({ kind: 'changed' });
  replaceManifestRecords(doc, new Map(run.map((id, at) => [id, at === 0 ? chunk : null])), 'compact');
  return ok(undefined);
};
