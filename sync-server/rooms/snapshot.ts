/**
 * Snapshots: the stored parts of a room become one update that stands for all of them. Made from the stored bytes,
 * verified by loading, and above 1 MB on another thread.
 */
import * as Y from 'yjs';
import type { LoggedUpdate, RoomLog } from '#sync-server/storage/storage.ts';
import { encodeStep2 } from './messages.ts';
import { OffThread } from './off-thread.ts';

export interface StoredParts {
  readonly snapshot: LoggedUpdate | null;
  readonly updates: readonly LoggedUpdate[];
}

/** A fresh document from stored parts. Unreadable updates are skipped and counted; an unreadable snapshot is null. */
export const loadParts = ({ snapshot, updates }: StoredParts): { doc: Y.Doc; skipped: number } | null => {
  const bad = new Set<number>();
  for (;;) {
    const doc = new Y.Doc();
    const failed = applyAll(
      doc,
      snapshot,
      updates.filter(({ sequence }) => !bad.has(sequence)),
    );
    if (failed === null) return { doc, skipped: bad.size };
    doc.destroy();
    if (failed === 'snapshot') return null;
    bad.add(failed);
  }
};

const applyAll = (
  doc: Y.Doc,
  snapshot: LoggedUpdate | null,
  updates: readonly LoggedUpdate[],
): null | 'snapshot' | number => {
  let failed: null | 'snapshot' | number = null;
  try {
    doc.transact(() => {
      failed = 'snapshot';
      if (snapshot) Y.applyUpdate(doc, snapshot.bytes);
      for (const { sequence, bytes } of updates) {
        failed = sequence;
        Y.applyUpdate(doc, bytes);
      }
      failed = null;
    }, 'load');
  } catch {
    return failed ?? 'snapshot';
  }
  return failed;
};

/** One update with the content of all parts; throws when it does not load to the very same document. */
export const mergeParts = (parts: StoredParts): Uint8Array => {
  const loaded = loadParts(parts);
  if (!loaded) throw new Error('the present snapshot cannot be read');
  const merged = Y.encodeStateAsUpdate(loaded.doc);
  const check = new Y.Doc();
  Y.applyUpdate(check, merged);
  const isEqual = Y.equalSnapshots(Y.snapshot(loaded.doc), Y.snapshot(check));
  loaded.doc.destroy();
  check.destroy();
  if (!isEqual) throw new Error('the snapshot does not equal its log');
  return merged;
};

/** Step 2 for a client with this state, from stored bytes alone. */
export const encodeMissing = ({ snapshot, updates }: StoredParts, stateVector: Uint8Array): Uint8Array => {
  const stored = [...(snapshot ? [snapshot] : []), ...updates].map(({ bytes }) => bytes);
  const whole = stored.length === 1 && stored[0] ? stored[0] : Y.mergeUpdates(stored);
  return encodeStep2(Y.decodeStateVector(stateVector).size === 0 ? whole : Y.diffUpdate(whole, stateVector));
};

const offThreadBytes = 1024 * 1024;
/** One thread for the process: what is large waits for what is large, and nobody else for either. */
const offThread = new OffThread();

/** Writes a snapshot of everything up to `upTo`; answers its size. */
export const writeSnapshotOf = async (log: RoomLog, name: string, upTo: number): Promise<number> => {
  const newest = await partsUpTo(log, name, upTo, 0);
  const last = newest.updates.at(-1)?.sequence;
  if (last === undefined) return newest.snapshot?.bytes.length ?? 0;
  const bytes = await mergeAside(newest).catch(async () => mergeAside(await partsUpTo(log, name, upTo, 1)));
  await log.writeSnapshot(name, { sequence: last, bytes });
  return bytes.length;
};

/** The durable state up to a place in the log, from stored bytes; null when there is nothing yet. */
export const readStateUpTo = async (log: RoomLog, name: string, upTo: number): Promise<Uint8Array | null> => {
  let parts = await partsUpTo(log, name, upTo, 0);
  // A snapshot was taken meanwhile: the one before it has the place we want.
  if (parts.snapshot && parts.snapshot.sequence > upTo) parts = await partsUpTo(log, name, upTo, 1);
  return parts.snapshot === null && parts.updates.length === 0 ? null : mergeAside(parts);
};

const partsUpTo = async (log: RoomLog, name: string, upTo: number, skipSnapshots: 0 | 1): Promise<StoredParts> => {
  const { snapshot, updates } = await log.read(name, skipSnapshots);
  return { snapshot, updates: updates.filter(({ sequence }) => sequence <= upTo) };
};

/** As `mergeParts`, and above 1 MB on another thread. */
export const mergeAside = async (parts: StoredParts): Promise<Uint8Array> => {
  const size = [parts.snapshot, ...parts.updates].reduce((sum, part) => sum + (part?.bytes.length ?? 0), 0);
  return size < offThreadBytes ? mergeParts(parts) : offThread.run(parts, null);
};

export const encodeAside = async (log: RoomLog, name: string, stateVector: Uint8Array): Promise<Uint8Array> =>
  offThread.run(await log.read(name), stateVector);
