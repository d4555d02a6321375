/** What several edits touched, as one: an object that came and went was never there, one that went and came changed. */
import { keyOfObject } from './object-kinds.ts';
import type { TouchedObject } from './touched-objects.doc.ts';

export const mergeTouched = (
  earlier: readonly TouchedObject[],
  later: readonly TouchedObject[],
): readonly TouchedObject[] => {
  const objects = new Map(earlier.map((object) => [keyOfObject(object), object]));
  for (const object of later) {
    const key = keyOfObject(object);
    const before = objects.get(key)?.act;
    if (before === 'added' && object.act === 'removed') objects.delete(key);
    else if (before === 'added') continue;
    else objects.set(key, before === 'removed' && object.act === 'added' ? { ...object, act: 'changed' } : object);
  }
  return [...objects.values()];
};
