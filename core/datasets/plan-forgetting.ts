/**
 * The text of a comment is kept 30 days at most; that it was posted stays. What has to happen to the chunks of one
 * manifest of behaviour for that: which records are replaced by which, and which stored bytes are then nobody's. Days
 * are whole, so that a chunk that spans a month is rewritten once a day and not at every look.
 */
import { dayFromMs, dayMs, msFromDay } from '../units/business-day.ts';
import type { ChunkId } from '../units/ids.ts';
import type { Platform } from '../units/platform.ts';
import { createManifestRecord } from './create-manifest-record.ts';
import type { ChunkShelf } from './erasure/plan-erasure.ts';
import type { Behaviour } from './fact.ts';
import type { ManifestRecord } from './manifest-record.ts';
import { packFacts } from './pack-facts.ts';
import { unpackFacts } from './unpack-facts.ts';

export interface ForgettingPlan {
  /** By the id of the record that goes; null where nothing takes its place. */
  readonly replaced: ReadonlyMap<ChunkId, ManifestRecord | null>;
  /** Hashes of bytes that no record needs once the manifest is changed. */
  readonly hashes: readonly string[];
  /** How many texts go. */
  readonly texts: number;
}

const keptDays = 30;

export const planForgetting = async (
  platform: Pick<Platform, 'inflate' | 'deflate' | 'sha256' | 'utf8'>,
  records: readonly { readonly record: ManifestRecord; readonly isReplaced: boolean }[],
  nowMs: number,
  shelf: ChunkShelf,
): Promise<ForgettingPlan> => {
  // What was posted on the 30th day before today may be older than 30 times 24 hours by now.
  const beforeMs = msFromDay(dayFromMs(nowMs)) - (keptDays - 1) * dayMs;
  const replaced = new Map<ChunkId, ManifestRecord | null>();
  const hashes: string[] = [];
  let texts = 0;
  for (const { record, isReplaced } of records) {
    if (record.minMs >= beforeMs) continue;
    const stored = record.inline ?? (await shelf.read(record.hash));
    const packed = stored && (await platform.inflate(stored, record.bytes).catch(() => null));
    const without = packed && withoutTexts(packed, beforeMs);
    if (!without || without.texts === 0) continue;
    texts += without.texts;
    const { id, importId, importMs, replaces } = record;
    const chunk = { packed: packFacts('behaviour', without.facts), importId, importMs, replaces: [...replaces, id] };
    const made = isReplaced ? null : await createManifestRecord(platform, chunk);
    if (made?.record.inline === null) await shelf.write(made.record.hash, made.stored);
    replaced.set(id, made?.record ?? null);
    if (record.inline === null) hashes.push(record.hash);
  }
  return { replaced, hashes, texts };
};

function withoutTexts(packed: Uint8Array, beforeMs: number) {
  const read = unpackFacts(packed);
  if (!read.ok) return null;
  let texts = 0;
  const facts = read.value.flatMap((fact): Behaviour[] => {
    if (fact.kind !== 'behaviour') return [];
    if (fact.text === '' || fact.atMs >= beforeMs) return [fact];
    texts++;
    return [{ ...fact, text: '' }];
  });
  return { facts, texts };
}
