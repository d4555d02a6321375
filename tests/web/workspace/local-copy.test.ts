import { afterEach, expect, test, vi } from 'vitest';
import { IndexeddbPersistence } from 'y-indexeddb';
import * as Y from 'yjs';
import { type CopyState, openLocalCopy } from '#web/workspace/local-copy.ts';

let next = 0;
const freshName = (): string => `test/local-copy/${Date.now()}/${(next += 1)}`;
const open = (name: string) => {
  const doc = new Y.Doc();
  const states: CopyState[] = [];
  const copy = openLocalCopy(name, doc, (state) => states.push(state));
  return { doc, copy, states };
};
afterEach(() => vi.restoreAllMocks());

test('what was written is there after reopening, and opening writes nothing', async () => {
  const name = freshName();
  const first = open(name);
  await first.copy.loaded;
  first.doc.getMap('a').set('b', 1);
  await first.copy.close();
  for (let round = 0; round < 3; round += 1) {
    const again = open(name);
    await again.copy.loaded;
    expect(again.doc.getMap('a').toJSON()).toEqual({ b: 1 });
    await again.copy.close();
  }
  expect(await countUpdates(name)).toBe(1);
});

test('says unsaved until the transaction has completed', async () => {
  const { doc, copy, states } = open(freshName());
  await copy.loaded;
  doc.getMap('a').set('b', 1);
  expect(states.at(-1)).toEqual({ unsaved: 1, failure: null });
  await copy.flush();
  expect(states.at(-1)).toEqual({ unsaved: 0, failure: null });
  await copy.close();
});

test('a full disk is told, nothing is lost, and the same edits are written when there is room', async () => {
  const name = freshName();
  const { doc, copy, states } = open(name);
  await copy.loaded;
  const add = vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(function refuse(this: IDBObjectStore) {
    throw new DOMException('full', 'QuotaExceededError');
  });
  doc.getMap('a').set('b', 1);
  await copy.flush();
  expect(states.at(-1)).toEqual({ unsaved: 1, failure: 'quota' });
  add.mockRestore();
  doc.getMap('a').set('c', 2);
  await copy.flush();
  expect(states.at(-1)).toEqual({ unsaved: 0, failure: null });
  await copy.close();
  const again = open(name);
  await again.copy.loaded;
  expect(again.doc.getMap('a').toJSON()).toEqual({ b: 1, c: 2 });
  await again.copy.close();
});

test('a database closed under it is opened again', async () => {
  const name = freshName();
  const { doc, copy, states } = open(name);
  await copy.loaded;
  doc.getMap('a').set('b', 1);
  await copy.flush();
  await new Promise<void>((resolve) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = request.onerror = () => resolve();
  });
  doc.getMap('a').set('c', 2);
  await copy.flush();
  expect(states.at(-1)).toEqual({ unsaved: 0, failure: null });
  await copy.close();
});

test('an unreadable update hides none of the others', async () => {
  const name = freshName();
  const first = open(name);
  await first.copy.loaded;
  first.doc.getMap('a').set('b', 1);
  await first.copy.close();
  await addRaw(name, new Uint8Array([255, 255, 255, 1, 2, 3]));
  const again = open(name);
  await again.copy.loaded;
  expect(again.doc.getMap('a').toJSON()).toEqual({ b: 1 });
  again.doc.getMap('a').set('c', 2);
  await again.copy.flush();
  expect(again.states.at(-1)).toEqual({ unsaved: 0, failure: null });
  await again.copy.close();
});

test('two tabs on one copy: trimming keeps what the other wrote', async () => {
  const name = freshName();
  const one = open(name);
  const two = open(name);
  await Promise.all([one.copy.loaded, two.copy.loaded]);
  two.doc.getMap('a').set('two', true);
  await two.copy.flush();
  for (let at = 0; at < 205; at += 1) {
    one.doc.getMap('a').set('one', at);
    await one.copy.flush();
  }
  await Promise.all([one.copy.close(), two.copy.close()]);
  expect(await countUpdates(name)).toBeLessThan(10);
  const again = open(name);
  await again.copy.loaded;
  expect(again.doc.getMap('a').toJSON()).toEqual({ one: 204, two: true });
  await again.copy.close();
});

test('values kept beside the updates are known after reopening', async () => {
  const name = freshName();
  const first = open(name);
  await first.copy.loaded;
  first.copy.keep('unconfirmed/1', [{ place: 'items/a', atMs: 1 }]);
  await first.copy.close();
  const again = open(name);
  await again.copy.loaded;
  expect([...again.copy.kept]).toEqual([['unconfirmed/1', [{ place: 'items/a', atMs: 1 }]]]);
  again.copy.keep('unconfirmed/1', undefined);
  await again.copy.close();
  const last = open(name);
  await last.copy.loaded;
  expect([...last.copy.kept]).toEqual([]);
  await last.copy.close();
});

test('without IndexedDB the document opens all the same, and says that nothing is saved', async () => {
  vi.spyOn(indexedDB, 'open').mockImplementation(() => {
    throw new DOMException('denied', 'SecurityError');
  });
  const { doc, copy, states } = open(freshName());
  await copy.loaded;
  doc.getMap('a').set('b', 1);
  await copy.flush();
  expect(states.at(-1)).toEqual({ unsaved: 1, failure: 'unavailable' });
  vi.restoreAllMocks();
  await copy.close();
});

test('the stock persistence of y-indexeddb opens what was written here, and the other way round', async () => {
  const name = freshName();
  const ours = open(name);
  await ours.copy.loaded;
  for (let at = 0; at < 205; at += 1) {
    ours.doc.getMap('a').set('ours', at);
    await ours.copy.flush();
  }
  ours.copy.keep('unconfirmed/1', [1]);
  await ours.copy.close();

  const stockDoc = new Y.Doc();
  const stock = new IndexeddbPersistence(name, stockDoc);
  await stock.whenSynced;
  expect(stockDoc.getMap('a').toJSON()).toEqual({ ours: 204 });
  expect(await stock.get('unconfirmed/1')).toEqual([1]);
  stockDoc.getMap('a').set('stock', true);
  await stock.set('kept', 'by stock');
  await stock.destroy();

  const again = open(name);
  await again.copy.loaded;
  expect(again.doc.getMap('a').toJSON()).toEqual({ ours: 204, stock: true });
  expect(again.copy.kept.get('kept')).toBe('by stock');
  expect(again.states.at(-1)).toEqual({ unsaved: 0, failure: null });
  await again.copy.close();
});

const withUpdates = <Value>(
  name: string,
  mode: IDBTransactionMode,
  ask: (store: IDBObjectStore) => IDBRequest<Value>,
): Promise<Value> =>
  new Promise((resolve, reject) => {
    const opening = indexedDB.open(name);
    opening.onerror = () => reject(opening.error ?? new Error('not opened'));
    opening.onsuccess = () => {
      const request = ask(opening.result.transaction('updates', mode).objectStore('updates'));
      request.onsuccess = () => {
        opening.result.close();
        resolve(request.result);
      };
    };
  });
const countUpdates = (name: string): Promise<number> => withUpdates(name, 'readonly', (store) => store.count());
const addRaw = (name: string, bytes: Uint8Array): Promise<IDBValidKey> =>
  withUpdates(name, 'readwrite', (store) => store.add(bytes));
