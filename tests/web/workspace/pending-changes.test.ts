import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { createPendingChanges } from '#web/workspace/pending-changes.ts';

const rig = () => {
  const doc = new Y.Doc();
  const pending = createPendingChanges();
  let sentAs: number | null = null;
  let ms = 0;
  doc.on('update', (_update: Uint8Array, _origin: unknown, _doc: Y.Doc, transaction: Y.Transaction) => {
    if (transaction.local) pending.add(transaction, (ms += 1), sentAs);
  });
  return {
    doc,
    pending,
    send: (count: number | null) => void (sentAs = count),
    places: () => pending.places.map(({ place }) => place),
  };
};

test('a place is the record that was touched, however deep and however often', () => {
  const { doc, places } = rig();
  const items = doc.getMap<Y.Map<unknown>>('items');
  const script = new Y.Text();
  items.set('i1', new Y.Map<unknown>([['script', script]]));
  for (const letter of 'milk') script.insert(script.length, letter);
  items.get('i1')?.set('minutes', 4);
  doc.getArray('marks').push([1]);
  expect(places()).toEqual(['items/i1', 'marks']);
});

test('what was sent is confirmed by number, not by content: a deletion waits like anything else', () => {
  const { doc, pending, send, places } = rig();
  const items = doc.getMap<number>('items');
  send(1);
  items.set('a', 1);
  send(2);
  items.delete('a');
  expect(pending.confirm(1)).toBe(true);
  expect(places()).toEqual(['items/a']);
  expect(pending.confirm(2)).toBe(true);
  expect(places()).toEqual([]);
  expect(pending.confirm(2)).toBe(false);
});

test('edits made offline wait until the message that carries everything is confirmed', () => {
  const { doc, pending, places } = rig();
  doc.getMap('items').set('a', 1);
  doc.getMap('items').set('b', 1);
  pending.confirm(99);
  expect(places()).toEqual(['items/a', 'items/b']);
  pending.sentAll(3);
  pending.confirm(2);
  expect(places()).toEqual(['items/a', 'items/b']);
  pending.confirm(3);
  expect(places()).toEqual([]);
});

test('a lost connection takes back what was on its way', () => {
  const { doc, pending, send, places } = rig();
  send(5);
  doc.getMap('items').set('a', 1);
  pending.disconnected();
  pending.confirm(5);
  expect(places()).toEqual(['items/a']);
  pending.sentAll(1);
  pending.confirm(1);
  expect(places()).toEqual([]);
});

test('what an earlier session left is counted, oldest first', () => {
  const { doc, pending, places } = rig();
  pending.restore([{ place: 'items/old', atMs: -5 }]);
  doc.getMap('items').set('new', 1);
  expect(places()).toEqual(['items/old', 'items/new']);
});

test('what others wrote is not ours to wait for', () => {
  const { doc, places } = rig();
  const other = new Y.Doc();
  other.getMap('items').set('theirs', 1);
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(other), 'server');
  expect(places()).toEqual([]);
});
