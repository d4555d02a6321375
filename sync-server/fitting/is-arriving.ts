/**
 * Whether an import is still on its way: its record names more chunks than the manifests hold, or chunks came before the
 * record. After half an hour nobody waits for the rest any more.
 */
import type { ImportRecord } from '#core/datasets/imports.doc.ts';
import type { ManifestRecord } from '#core/datasets/manifest-record.ts';

const longestMs = 1_800_000;

export const isArriving = (
  imports: readonly Pick<ImportRecord, 'id' | 'atMs' | 'chunks' | 'withdrawn'>[],
  records: readonly Pick<ManifestRecord, 'importId' | 'importMs'>[],
  nowMs: number,
): boolean => {
  const isRecent = (ms: number): boolean => Math.abs(nowMs - ms) < longestMs;
  const chunks = new Map<string, number>();
  for (const { importId } of records) chunks.set(importId, (chunks.get(importId) ?? 0) + 1);
  const named = new Set<string>(imports.map(({ id }) => id));
  return (
    imports.some((one) => !one.withdrawn && isRecent(one.atMs) && (chunks.get(one.id) ?? 0) < one.chunks) ||
    records.some(({ importId, importMs }) => importId !== '' && isRecent(importMs) && !named.has(importId))
  );
};
