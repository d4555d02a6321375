/**
 * A version without given words. What is deleted from a shared document leaves traces in it, so the version is written
 * anew: its objects alone, every word replaced by an ellipsis.
 */
import * as Y from 'yjs';
import type { ObjectKinds } from './object-kinds.ts';
import { type Rewrite, copyOf, readObjects } from './objects.doc.ts';

export const forgetInVersion = (then: Y.Doc, kinds: ObjectKinds, words: readonly string[]): Uint8Array => {
  const doc = new Y.Doc();
  const clean = withoutWords(words);
  // Nobody writes on in it: one id for all makes equal versions equal bytes.
  doc.clientID = 1;
  doc.transact(() => {
    for (const { collection, id, value } of readObjects(then, kinds).values())
      if (id === '') doc.getText(collection).insert(0, clean((value as Y.Text).toJSON()));
      else doc.getMap(collection).set(id, copyOf(value, clean));
  });
  const state = Y.encodeStateAsUpdate(doc);
  doc.destroy();
  return state;
};

/** Letters of any case. Longer words first, so that a part of one does not break it. */
export const withoutWords = (words: readonly string[]): Rewrite => {
  const wanted = words.filter((word) => word !== '').toSorted((a, b) => b.length - a.length);
  if (wanted.length === 0) return (text) => text;
  const pattern = new RegExp(wanted.map((word) => word.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('|'), 'gi');
  return (text) => text.replace(pattern, '\u2026');
};
