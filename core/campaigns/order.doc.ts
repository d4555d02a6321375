/**
 * Order as fractional index keys (Figma's way, `fractional-indexing`): a move writes one key, so two people moving two
 * things never disturb each other. Two moves into the same gap may give the same key; equal keys are ordered by id, and
 * the next move that needs room between them re-keys that run alone. A key that cannot be read is re-keyed with all.
 */
import { generateKeyBetween, generateNKeysBetween } from 'fractional-indexing';

export interface Ordered {
  readonly id: string;
  readonly order: string;
}

export interface OrderChange {
  readonly id: string;
  readonly order: string;
}

/** Keys compare as code units; ties by id, so that every device prints the same list. */
export const byOrder = (a: Ordered, b: Ordered): number =>
  a.order < b.order ? -1 : a.order > b.order ? 1 : a.id < b.id ? -1 : a.id > b.id ? 1 : 0;

/** The keys to write so that `id` stands just before `beforeId` (null: last). `sorted` need not contain `id`. */
export const planOrder = (sorted: readonly Ordered[], id: string, beforeId: string | null): readonly OrderChange[] => {
  const rest = sorted.filter((each) => each.id !== id);
  const at = beforeId === null ? rest.length : rest.findIndex((each) => each.id === beforeId);
  const place = at < 0 ? rest.length : at;
  const low = rest[place - 1]?.order ?? null;
  const high = rest[place]?.order ?? null;
  try {
    if (low === null || high === null || low < high) return [{ id, order: generateKeyBetween(low, high) }];
    return rekeyRun(rest, id, place);
  } catch {
    // A key no version of ours wrote: give everything a new one.
    const ids = [...rest.slice(0, place).map((each) => each.id), id, ...rest.slice(place).map((each) => each.id)];
    return withKeys(ids, null, null);
  }
};

/** The neighbours share a key: everything from the gap to the end of that run moves up, before the next larger key. */
function rekeyRun(rest: readonly Ordered[], id: string, place: number): readonly OrderChange[] {
  const low = rest[place - 1]?.order ?? null;
  let end = place;
  while (end < rest.length && rest[end]?.order === low) end++;
  return withKeys([id, ...rest.slice(place, end).map((each) => each.id)], low, rest[end]?.order ?? null);
}

function withKeys(ids: readonly string[], low: string | null, high: string | null): readonly OrderChange[] {
  const keys = generateNKeysBetween(low, high, ids.length);
  return ids.map((id, at) => ({ id, order: keys[at] ?? '' }));
}
