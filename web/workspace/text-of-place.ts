/**
 * What stands at a place of a document now, as text that a person can keep: what was written there, or, where nothing
 * is text, the record as it is. Works on a document nobody has read yet, whose shared types have no kind so far.
 */
import * as Y from 'yjs';

export const textOfPlace = (doc: Y.Doc, place: string): string => {
  const at = place.indexOf('/');
  const type = rootOf(doc, at < 0 ? place : place.slice(0, at));
  if (type === null) return place;
  const value: unknown = at >= 0 && type instanceof Y.Map ? type.get(place.slice(at + 1)) : type;
  const written = writtenIn(value);
  if (written.length > 0) return written.join('\n');
  const plain = value instanceof Y.AbstractType ? (value.toJSON() as unknown) : value;
  return typeof plain === 'string' ? plain : JSON.stringify(plain ?? null, null, 2);
};

function rootOf(doc: Y.Doc, name: string): unknown {
  const root = doc.share.get(name);
  if (root === undefined || (root.constructor as unknown) !== Y.AbstractType) return root ?? null;
  const { _map: keys, _start: first } = root;
  if (keys.size > 0) return doc.getMap(name);
  return first?.content instanceof Y.ContentString ? doc.getText(name) : doc.getArray(name);
}

/** Every shared text inside, in order: those are what people write; other values are chosen. */
function writtenIn(value: unknown): string[] {
  if (value instanceof Y.Text) return value.length > 0 ? [value.toJSON()] : [];
  if (value instanceof Y.Map) return [...value.values()].flatMap(writtenIn);
  if (value instanceof Y.Array) return value.toArray().flatMap(writtenIn);
  return [];
}
