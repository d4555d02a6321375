/**
 * Who is no customer though in the data: the shop's own people, test accounts, orders for show. Room `settings`,
 * top-level `exclusions`: Y.Map of customer id → plain { reason, atMs, member }. Version 1; owner and operator write;
 * the last word about an id counts, and one about any id of a person is about the person. Reading writes nothing.
 */
import type * as Y from 'yjs';

export const exclusionReasons = ['staff', 'test', 'brushing'] as const;
export type ExclusionReason = (typeof exclusionReasons)[number];

export interface Exclusion {
  readonly reason: ExclusionReason;
  readonly atMs: number;
  readonly member: string;
}

/** By customer id. */
export type Exclusions = ReadonlyMap<string, Exclusion>;

export const exclusionsType = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('exclusions');

export const readExclusions = (doc: Y.Doc): Exclusions => {
  const exclusions = new Map<string, Exclusion>();
  exclusionsType(doc).forEach((value, id) => {
    const exclusion = readExclusion(value);
    if (exclusion !== null) exclusions.set(id, exclusion);
  });
  return exclusions;
};

/** Excludes a person under every id given, or with null lets them count again. */
export const setExclusion = (doc: Y.Doc, ids: readonly string[], exclusion: Exclusion | null): void => {
  const map = exclusionsType(doc);
  const reason = exclusion?.reason;
  const changed = ids.filter((id) => readExclusion(map.get(id))?.reason !== reason);
  if (changed.length === 0) return;
  doc.transact(() => {
    for (const id of changed) {
      if (exclusion === null) map.delete(id);
      else map.set(id, { ...exclusion });
    }
  }, 'set-exclusion');
};

function readExclusion(value: unknown): Exclusion | null {
  const { reason, atMs, member } = (value ?? {}) as Readonly<Record<string, unknown>>;
  const known = exclusionReasons.find((one) => one === reason);
  if (known === undefined || !Number.isSafeInteger(atMs) || typeof member !== 'string') return null;
  return Object.freeze({ reason: known, atMs: atMs as number, member });
}
