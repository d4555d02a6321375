/**
 * The text of a comment is kept 30 days at most; that it was posted stays. Chunks of behaviour that hold an older text
 * are rewritten without it, and the document's log and snapshots are retaken. Days are whole, so that a chunk that
 * spans a month is rewritten once a day and not at every look.
 */
import { setImmediate as yieldTurn } from 'node:timers/promises';
import { createManifestRecord } from '#core/datasets/create-manifest-record.ts';
import type { Behaviour } from '#core/datasets/fact.ts';
import type { ManifestRecord } from '#core/datasets/manifest-record.ts';
import { readEveryRecord, replaceManifestRecords } from '#core/datasets/manifest.doc.ts';
import { packFacts } from '#core/datasets/pack-facts.ts';
import { unpackFacts } from '#core/datasets/unpack-facts.ts';
import { dayFromMs, dayMs, msFromDay } from '#core/units/business-day.ts';
import type { ChunkId } from '#core/units/ids.ts';
import type { Platform } from '#core/units/platform.ts';
import type { Retakes } from '#sync-server/rooms/retakes.ts';
import type { Rooms } from '#sync-server/rooms/rooms.ts';
import type { Storage } from '#sync-server/storage/storage.ts';

export interface ForgetCommentsDeps {
  readonly rooms: Pick<Rooms, 'read' | 'change'>;
  readonly retakes: Pick<Retakes, 'retake'>;
  readonly storage: Pick<Storage, 'log' | 'blobs'>;
  readonly platform: Pick<Platform, 'inflate' | 'deflate' | 'sha256' | 'utf8'>;
}

const keptDays = 30;

/** Answers how many texts went. */
export const forgetComments = async (deps: ForgetCommentsDeps, workspace: string, nowMs: number): Promise<number> => {
  // What was posted on the 30th day before today may be older than 30 times 24 hours by now.
  const beforeMs = msFromDay(dayFromMs(nowMs)) - (keptDays - 1) * dayMs;
  let texts = 0;
  for (const room of await deps.storage.log.list(workspace)) {
    if (!room.startsWith(`${workspace}/facts/behaviour/`)) continue;
    const replaced = new Map<ChunkId, ManifestRecord | null>();
    const blobs: string[] = [];
    for (const { record, isReplaced } of await deps.rooms.read(room, readEveryRecord)) {
      if (record.minMs >= beforeMs) continue;
      const without = await withoutTexts(deps, workspace, record, beforeMs);
      if (without === null) continue;
      texts += without.texts;
      replaced.set(record.id, isReplaced ? null : without.record);
      if (record.inline === null) blobs.push(record.hash);
      await yieldTurn();
    }
    if (replaced.size === 0) continue;
    await deps.rooms.change(room, 'forget-comments', (doc) => replaceManifestRecords(doc, replaced, 'forget-comments'));
    for (const hash of blobs) await deps.storage.blobs.remove(workspace, hash);
    await deps.retakes.retake(room);
  }
  return texts;
};

/** The chunk with its old texts emptied, stored already; null where there are none, or its bytes are not here. */
async function withoutTexts(
  { storage, platform }: ForgetCommentsDeps,
  workspace: string,
  { id, hash, bytes, inline, importId, importMs, replaces }: ManifestRecord,
  beforeMs: number,
): Promise<{ readonly record: ManifestRecord; readonly texts: number } | null> {
  const stored = inline ?? (await storage.blobs.read(workspace, hash));
  const packed = stored && (await platform.inflate(stored, bytes).catch(() => null));
  const facts = packed && unpackFacts(packed);
  if (!facts?.ok) return null;
  let texts = 0;
  const kept = facts.value.flatMap((fact): Behaviour[] => {
    if (fact.kind !== 'behaviour') return [];
    if (fact.text === '' || fact.atMs >= beforeMs) return [fact];
    texts++;
    return [{ ...fact, text: '' }];
  });
  if (texts === 0) return null;
  const chunk = { packed: packFacts('behaviour', kept), importId, importMs, replaces: [...replaces, id] };
  const made = await createManifestRecord(platform, chunk);
  if (made.record.inline === null) await storage.blobs.write(workspace, made.record.hash, made.stored);
  return { record: made.record, texts };
}
