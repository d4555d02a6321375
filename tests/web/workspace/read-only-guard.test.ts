import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { ReadOnlyDocument, guardReadOnly } from '#web/workspace/read-only-guard.ts';

const guarded = (): { doc: Y.Doc; allow: (may: boolean) => void; updates: Uint8Array[] } => {
  const doc = new Y.Doc();
  let mayWrite = false;
  const updates: Uint8Array[] = [];
  guardReadOnly(doc, () => mayWrite);
  doc.on('update', (update: Uint8Array) => updates.push(update));
  return { doc, allow: (may) => void (mayWrite = may), updates };
};

test('a local transaction is refused before anything is applied', () => {
  const { doc, updates } = guarded();
  let hasRun = false;
  expect(() => doc.transact(() => (hasRun = true), 'rename')).toThrow(ReadOnlyDocument);
  expect(() => doc.getMap('a').set('b', 1)).toThrow(ReadOnlyDocument);
  expect(() => doc.getText('t').insert(0, 'x')).toThrow(ReadOnlyDocument);
  expect(hasRun).toBe(false);
  expect(updates).toEqual([]);
  expect(doc.toJSON()).toEqual({ a: {}, t: '' });
});

test('a document that has refused still takes what comes from others, and observers still hear it', () => {
  const { doc } = guarded();
  expect(() => doc.getMap('a').set('mine', 1)).toThrow(ReadOnlyDocument);
  const heard: unknown[] = [];
  doc.getMap('a').observe((event) => heard.push([...event.keysChanged]));
  const other = new Y.Doc();
  other.getMap('a').set('theirs', 2);
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(other), 'server');
  expect(doc.getMap('a').toJSON()).toEqual({ theirs: 2 });
  expect(heard).toEqual([['theirs']]);
});

test('reading writes nothing and is never refused', () => {
  const { doc, updates } = guarded();
  expect(doc.getArray('list').toArray()).toEqual([]);
  expect(doc.getText('t').toJSON()).toBe('');
  expect(updates).toEqual([]);
});

test('permission may come and go while the document is open', () => {
  const { doc, allow } = guarded();
  allow(true);
  doc.getMap('a').set('b', 1);
  allow(false);
  expect(() => doc.getMap('a').set('b', 2)).toThrow(ReadOnlyDocument);
  allow(true);
  doc.transact(() => doc.getMap('a').set('b', 3));
  expect(doc.getMap('a').toJSON()).toEqual({ b: 3 });
});
