/**
 * Which small chunks of one manifest are to become one. Only chunks of no import (an import can be withdrawn as a whole)
 * that travel inside their records and are a day old, of one kind, and following each other by import time with no other
 * chunk of that kind between or beside them: the one that takes their place ranks against every other chunk as they did.
 */
import type { FactKind } from './fact.ts';
import { chunkTargetBytes, inlineLimitBytes, type ManifestRecord } from './manifest-record.ts';

const quietMs = 86_400_000;
/** Packed together a run is smaller than its parts; below this it might be small enough to travel again. */
const fewestBytes = 2 * inlineLimitBytes;

/** Runs in order of rank, lowest first: what they are packed in keeps the order of their facts. */
export const planCompaction = (
  records: readonly ManifestRecord[],
  nowMs: number,
): readonly (readonly ManifestRecord[])[] => {
  const recordsByKind = new Map<FactKind, ManifestRecord[]>();
  for (const record of records) {
    const own = recordsByKind.get(record.kind);
    if (own === undefined) recordsByKind.set(record.kind, [record]);
    else own.push(record);
  }
  return [...recordsByKind.values()].flatMap((own) => planKind(own, nowMs));
};

function planKind(records: readonly ManifestRecord[], nowMs: number): readonly (readonly ManifestRecord[])[] {
  const runs: (readonly ManifestRecord[])[] = [];
  let run: ManifestRecord[] = [];
  let bytes = 0;
  const end = (): void => {
    if (run.length > 1 && bytes >= fewestBytes) runs.push(run);
    run = [];
    bytes = 0;
  };
  for (const moment of groupByMoment(records)) {
    const size = moment.reduce((sum, record) => sum + record.bytes, 0);
    // What came at one moment is told apart by id, so it goes together or not at all.
    const isSmall = moment.every(
      ({ inline, importId, importMs }) => inline !== null && importId === '' && nowMs - importMs >= quietMs,
    );
    if (!isSmall || bytes + size > chunkTargetBytes) end();
    if (!isSmall || size > chunkTargetBytes) continue;
    run.push(...moment);
    bytes += size;
  }
  end();
  return runs;
}

function groupByMoment(records: readonly ManifestRecord[]): readonly (readonly ManifestRecord[])[] {
  const sorted = [...records].sort((a, b) => a.importMs - b.importMs || (a.id < b.id ? -1 : 1));
  const moments: ManifestRecord[][] = [];
  for (const record of sorted) {
    const last = moments.at(-1);
    if (last?.[0]?.importMs === record.importMs) last.push(record);
    else moments.push([record]);
  }
  return moments;
}
