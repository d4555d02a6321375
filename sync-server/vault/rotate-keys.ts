/**
 * Seals anew, under the current key, whatever lies under another one. A few records go together, and only if nobody
 * changed it meanwhile, so this may be stopped anywhere and begun again.
 */
import type { RecordChange, Records, StoredRecord } from '#sync-server/storage/storage.ts';
import { keyIdOfSealed, type KeyRing } from './key-ring.ts';
import { sealedCollections } from './sealed-records.ts';

export interface Rotation {
  readonly resealed: number;
  /** Sealed under keys that are not here: they stay as they are, or are removed where they are given up. */
  readonly unreadable: number;
}

const batch = 200;

export const rotateKeys = async (records: Records, ring: KeyRing, givesUpLost = false): Promise<Rotation> => {
  let resealed = 0;
  let unreadable = 0;
  const resealAll = async (collection: string, some: readonly StoredRecord[]): Promise<void> => {
    const changes: RecordChange[] = [];
    let lost = 0;
    for (const { key, value, version } of some) {
      const { sealed } = value as { readonly sealed: string };
      if (keyIdOfSealed(sealed) === ring.currentId) continue;
      const about = `${collection}/${key}`;
      const text = ring.open(sealed, about);
      if (text === null) {
        lost += 1;
        if (givesUpLost) changes.push({ collection, key, value: null, ifVersion: version });
      } else
        changes.push({
          collection,
          key,
          value: { ...(value as object), sealed: ring.seal(text, about) },
          ifVersion: version,
        });
    }
    const written = changes.length === 0 || (await records.write(changes)).ok;
    if (written) {
      resealed += changes.filter(({ value }) => value !== null).length;
      unreadable += lost;
      return;
    }
    // Somebody changed one of them: as they are now, once more.
    const again = await Promise.all(some.map(({ key }) => records.read(collection, key)));
    await resealAll(
      collection,
      again.filter((record) => record !== null),
    );
  };
  for (const collection of sealedCollections) {
    const all = await records.list(collection);
    for (let at = 0; at < all.length; at += batch) await resealAll(collection, all.slice(at, at + batch));
  }
  return { resealed, unreadable };
};
