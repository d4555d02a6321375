/** The objects of a document as shared values, whatever document it is; reading writes nothing. */
import * as Y from 'yjs';
import { type ObjectKinds, type ObjectRef, keyOfObject } from './object-kinds.ts';

export interface SharedObject extends ObjectRef {
  readonly value: unknown;
}

export const readObjects = (doc: Y.Doc, kinds: ObjectKinds): ReadonlyMap<string, SharedObject> => {
  const objects = new Map<string, SharedObject>();
  const put = (object: SharedObject): void => void objects.set(keyOfObject(object), object);
  for (const collection of kinds.collections)
    for (const [id, value] of doc.getMap(collection)) put({ collection, id, value });
  for (const collection of textNames(doc, kinds)) {
    const value = doc.getText(collection);
    if (value.length > 0) put({ collection, id: '', value });
  }
  return objects;
};

/** What to observe to hear of every change of an object that is there now. */
export const objectTypes = (doc: Y.Doc, kinds: ObjectKinds): readonly Y.AbstractType<unknown>[] =>
  [
    ...kinds.collections.map((collection) => doc.getMap(collection)),
    ...textNames(doc, kinds).map((name) => doc.getText(name)),
  ] as unknown as readonly Y.AbstractType<unknown>[];

/** A value as plain data. */
export const plainOf = (value: unknown): unknown =>
  value instanceof Y.AbstractType ? (value.toJSON() as unknown) : value;

/** What of an object can be led back, as plain data. */
export const plannedOf = (value: unknown, { happenedFields = [] }: ObjectKinds): unknown => {
  const plain = plainOf(value);
  if (!(value instanceof Y.Map) || happenedFields.length === 0) return plain;
  return Object.fromEntries(Object.entries(plain as object).filter(([field]) => !happenedFields.includes(field)));
};

export type Rewrite = (text: string) => string;
const asIs: Rewrite = (text) => text;

/** A value that can be put into another document: shared types anew, every text and key through `rewrite`. */
export const copyOf = (value: unknown, rewrite: Rewrite = asIs): unknown => {
  if (value instanceof Y.Text) return new Y.Text(rewrite(value.toJSON()));
  if (value instanceof Y.Map) return new Y.Map([...value].map(([key, one]) => [rewrite(key), copyOf(one, rewrite)]));
  if (value instanceof Y.Array) {
    const copy = new Y.Array<unknown>();
    copy.insert(
      0,
      value.toArray().map((one) => copyOf(one, rewrite)),
    );
    return copy;
  }
  if (typeof value === 'string') return rewrite(value);
  if (Array.isArray(value)) return value.map((one) => copyOf(one, rewrite));
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [rewrite(key), copyOf(one, rewrite)]));
};

function textNames(doc: Y.Doc, { texts }: ObjectKinds): readonly string[] {
  return texts === undefined ? [] : [...doc.share.keys()].filter((name) => name.startsWith(texts));
}
