/**
 * The text of a comment is kept 30 days at most; that it was posted stays. How the chunks of one manifest of behaviour
 * are rewritten for that. Days are whole, so that a chunk that spans a month is rewritten once a day and not at every
 * look.
 */
import { dayFromMs, dayMs, msFromDay } from '../units/business-day.ts';
import type { Behaviour } from './fact.ts';
import type { KnownRecord } from './manifest-record.ts';
import { packFacts } from './pack-facts.ts';
import { type ChunkPlatform, type ChunkShelf, type RewritePlan, planRewrite } from './plan-rewrite.ts';
import { unpackFacts } from './unpack-facts.ts';

export interface ForgettingPlan extends RewritePlan {
  /** How many texts go. */
  readonly texts: number;
}

const keptDays = 30;

export const planForgetting = async (
  platform: ChunkPlatform,
  records: readonly KnownRecord[],
  nowMs: number,
  shelf: ChunkShelf,
): Promise<ForgettingPlan> => {
  // What was posted on the 30th day before today may be older than 30 times 24 hours by now.
  const beforeMs = msFromDay(dayFromMs(nowMs)) - (keptDays - 1) * dayMs;
  const old = records.filter(({ record }) => record.minMs < beforeMs);
  let texts = 0;
  const plan = await planRewrite(platform, old, shelf, async (packed) => {
    const without = withoutTexts(packed, beforeMs);
    if (without === null) return 'unread';
    texts += without.texts;
    return without.texts === 0 ? null : packFacts('behaviour', without.facts);
  });
  return { ...plan, texts };
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
