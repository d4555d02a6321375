/**
 * Leads objects back to what they were in a version, by ordinary edits: shared maps and texts that still exist stay the
 * same ones and are changed where they differ, what is gone is made anew, what the version does not have goes.
 */
import * as Y from 'yjs';
import { planSplice } from '../../units/plan-splice.ts';
import { isDeepEqual } from './is-deep-equal.ts';
import { type ObjectKinds, type ObjectRef, keyOfObject } from './object-kinds.ts';
import { copyOf, plainOf, plannedOf, readObjects } from './objects.doc.ts';
import type { TouchedObject } from './touched-objects.doc.ts';

const restoreOrigin = 'restore';

/** Answers what it changed. Objects that are not of these kinds are left alone. */
export const restoreObjects = (
  doc: Y.Doc,
  then: Y.Doc,
  kinds: ObjectKinds,
  objects: readonly ObjectRef[],
  by: unknown = restoreOrigin,
): readonly TouchedObject[] =>
  doc.transact(() => {
    const were = readObjects(then, kinds);
    const are = readObjects(doc, kinds);
    const touched: TouchedObject[] = [];
    for (const ref of objects) {
      const key = keyOfObject(ref);
      const was = were.get(key);
      const is = are.get(key);
      if ((!was && !is) || isDeepEqual(plannedOf(was?.value, kinds), plannedOf(is?.value, kinds))) continue;
      const { collection, id } = ref;
      if (id === '') writeText(doc.getText(collection), plainOf(was?.value ?? '') as string);
      else if (was) writeKey(doc.getMap(collection), id, was.value, kinds.happenedFields);
      else doc.getMap(collection).delete(id);
      touched.push({ collection, id, act: !was ? 'removed' : is ? 'changed' : 'added' });
    }
    return touched;
  }, by);

function writeKey(map: Y.Map<unknown>, key: string, value: unknown, kept: readonly string[] = []): void {
  const present = map.get(key);
  if (present instanceof Y.Text && value instanceof Y.Text) writeText(present, value.toJSON());
  else if (present instanceof Y.Map && value instanceof Y.Map) writeMap(present, value, kept);
  else if (!map.has(key) || !isDeepEqual(plainOf(present), plainOf(value))) map.set(key, copyOf(value));
}

function writeMap(map: Y.Map<unknown>, wanted: Y.Map<unknown>, kept: readonly string[]): void {
  for (const key of [...map.keys()]) if (!wanted.has(key) && !kept.includes(key)) map.delete(key);
  for (const [key, value] of wanted) if (!kept.includes(key)) writeKey(map, key, value);
}

function writeText(text: Y.Text, wanted: string): void {
  const splice = planSplice(text.toJSON(), wanted, 0);
  if (!splice) return;
  text.delete(splice.start, splice.removed);
  text.insert(splice.start, splice.inserted);
}
