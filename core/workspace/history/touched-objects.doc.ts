/**
 * What an update touches while it is applied, told from the document itself: the structs that were not there before and
 * the deletions that took effect. An update that repeats what is known touches nothing.
 */
import * as Y from 'yjs';
import { type ObjectKinds, type ObjectRef, keyOfObject } from './object-kinds.ts';

export interface TouchedObject extends ObjectRef {
  readonly act: 'added' | 'changed' | 'removed';
}

/** Applies the update, as a part of the transaction under way if there is one. */
export const applyAndNote = (
  doc: Y.Doc,
  kinds: ObjectKinds,
  update: Uint8Array,
  origin: unknown,
): readonly TouchedObject[] =>
  doc.transact(({ deleteSet }) => {
    const { store } = doc;
    const inserted = [...Y.parseUpdateMeta(update).from.keys()].map((client) => [client, Y.getState(store, client)]);
    const deletedBefore = new Map([...deleteSet.clients].map(([client, ranges]) => [client, ranges.length]));
    Y.applyUpdate(doc, update, origin);
    const touched = new Map<string, TouchedObject>();
    const note = (struct: Y.Item | Y.GC | undefined): void => {
      const found = struct instanceof Y.Item ? objectOf(struct, kinds) : null;
      if (!found) return;
      const key = keyOfObject(found);
      if (touched.get(key)?.act !== 'added') touched.set(key, found);
    };
    try {
      for (const [client = 0, from = 0] of inserted) structsFrom(store, client, from).forEach(note);
      for (const [client, ranges] of deleteSet.clients)
        for (const { clock, len } of ranges.slice(deletedBefore.get(client) ?? 0))
          structsFrom(store, client, clock, clock + len).forEach(note);
    } catch {
      // Structs no version of Yjs writes: what cannot be told is not told, and never a reason to lose an edit.
    }
    return [...touched.values()];
  }, origin);

function structsFrom(store: Y.Doc['store'], client: number, from: number, until = Infinity): (Y.Item | Y.GC)[] {
  const structs = store.clients.get(client) ?? [];
  if (Y.getState(store, client) <= from) return [];
  const first = Y.findIndexSS(structs, from);
  let end = first;
  while (end < structs.length && (structs[end]?.id.clock ?? Infinity) < until) end++;
  return structs.slice(first, end);
}

/** The object an item lies in, and what became of it when the item came or went. */
function objectOf(item: Y.Item, { collections, texts, happened }: ObjectKinds): TouchedObject | null {
  let top = item;
  let type = item.parent as Y.AbstractType<unknown> | null;
  while (type?._item) {
    top = type._item;
    type = top.parent as Y.AbstractType<unknown> | null;
  }
  if (!type) return null;
  const collection = Y.findRootTypeKey(type);
  if (happened?.includes(collection) || (texts !== undefined && collection.startsWith(texts)))
    return { collection, id: '', act: 'changed' };
  const id = top.parentSub;
  if (!collections.includes(collection) || id === null) return null;
  if (type._map.get(id)?.deleted !== false) return { collection, id, act: 'removed' };
  return { collection, id, act: top === item && !item.deleted ? 'added' : 'changed' };
}
