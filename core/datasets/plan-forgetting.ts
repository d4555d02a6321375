/**
 * The text of a comment is kept 30 days at most; that it was posted stays. How the chunks of one manifest of behaviour
 * are rewritten for that. Days are whole, so that a chunk that spans a month is rewritten once a day and not at every
 * look.
 */
import { dayFromMs, dayMs, msFromDay } from '../units/business-day.ts';
import type { ChunkId } from '../units/ids.ts';
import type { Behaviour } from './fact.ts';
import type { KnownRecord } from './manifest-record.ts';
import { packFacts } from './pack-facts.ts';
import { type ChunkPlatform, type ChunkShelf, type RewritePlan, planRewrite } from './plan-rewrite.ts';
import { type ChunkColumns, unpackColumns } from './unpack-columns.ts';
import { factsFromColumns } from './unpack-facts.ts';

/** Chunks that hold no text from before a moment, or none at all any more: what never changes need not be seen twice. */
export type Forgotten = ReadonlyMap<ChunkId, number>;

export interface ForgettingPlan extends RewritePlan {
  /** How many texts go. */
  readonly texts: number;
  /** What the next look over this manifest need not read again. */
  readonly forgotten: Forgotten;
}

const keptDays = 30;

export const planForgetting = async (
  platform: ChunkPlatform,
  records: readonly KnownRecord[],
  nowMs: number,
  shelf: ChunkShelf,
  known: Forgotten = new Map(),
): Promise<ForgettingPlan> => {
  // What was posted on the 30th day before today may be older than 30 times 24 hours by now.
  const beforeMs = msFromDay(dayFromMs(nowMs)) - (keptDays - 1) * dayMs;
  const old = records.filter(({ record }) => record.kind === 'behaviour' && record.minMs < beforeMs);
  const forgotten = new Map<ChunkId, number>();
  const unseen = old.filter(({ record: { id } }) => {
    const seenMs = known.get(id) ?? -Infinity;
    if (seenMs >= beforeMs) forgotten.set(id, seenMs);
    return seenMs < beforeMs;
  });
  let texts = 0;
  const plan = await planRewrite(platform, unseen, shelf, async (packed, { record }) => {
    const columns = unpackColumns(packed);
    if (!columns.ok) return 'unread';
    const goes = oldTexts(columns.value, beforeMs);
    if (goes.size === 0) {
      const isAllOld = columns.value.number.atMs!.every((atMs) => atMs < beforeMs);
      forgotten.set(record.id, isAllOld ? Infinity : beforeMs);
      return null;
    }
    texts += goes.size;
    const facts = factsFromColumns(columns.value) as readonly Behaviour[];
    return packFacts(
      'behaviour',
      facts.map((fact, row) => (goes.has(row) ? { ...fact, text: '' } : fact)),
    );
  });
  return { ...plan, texts, forgotten };
};

/** Rows with a text from before this moment; every look reads every old chunk, and mostly finds none. */
function oldTexts({ kind, rows, number, text }: ChunkColumns, beforeMs: number): ReadonlySet<number> {
  const found = new Set<number>();
  if (kind !== 'behaviour') return found;
  const { ends, places } = text.text!;
  const blank = ends.findIndex((end, place) => end === (ends[place - 1] ?? 0));
  for (let row = 0; row < rows; row++) if (number.atMs![row]! < beforeMs && places[row] !== blank) found.add(row);
  return found;
}
