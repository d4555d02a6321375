import { afterEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { addCampaign } from '#core/campaigns/campaign-list.doc.ts';
import { addRunOfShowItem } from '#core/campaigns/run-of-show.doc.ts';
import { addProductsFromOrders, readCatalogue } from '#core/catalogue/catalogue.doc.ts';
import { CampaignRoom } from '#web/screens/campaigns/campaign-room.svelte.ts';
import { language } from '#web/words/phrases.svelte.ts';
import type { OpenDocument, Workspace } from '#web/workspace/workspace.ts';

let close = (): void => undefined;
afterEach(() => {
  close();
  language.current = 'zh-CN';
});

/** A workspace of plain documents, nobody else there. */
const aWorkspace = (access: 'write' | 'read' = 'write') => {
  const docs: Record<string, Y.Doc> = {};
  const docOf = (path: string): Y.Doc => (docs[path] ??= new Y.Doc());
  const entered: (string | null)[] = [];
  const open = (path: string): OpenDocument => ({
    doc: docOf(path),
    access,
    awareness: null,
    loaded: Promise.resolve(),
    synced: Promise.resolve(),
    close: () => undefined,
  });
  const presence = { others: [], enter: (field: string) => entered.push(field), leave: () => entered.push(null) };
  const workspace = {
    id: 'w',
    member: { id: 'zhou', name: '周岚', role: 'operator' },
    presence,
    sync: { isConnected: true },
    nowMs: () => 1000,
    open,
    accessTo: () => access,
  } as unknown as Workspace;
  return { workspace, docOf, entered };
};

const aRoom = () => {
  const { workspace, docOf, entered } = aWorkspace();
  addCampaign(docOf('settings'), { id: 'c', title: 'Friday', startMs: 0, plannedMinutes: 30 });
  addProductsFromOrders(docOf('catalogue'), [{ name: '鲜牛奶', items: ['milk'], priceFen: 6900 }]);
  const show = docOf('show/c');
  for (const id of ['a', 'b', 'z']) {
    addRunOfShowItem(show, { id, kind: 'talk', title: id, minutes: 5, locked: id === 'z' });
  }
  const room = new CampaignRoom(workspace, 'c');
  close = () => room.close();
  return { room, entered, milk: readCatalogue(docOf('catalogue')).products[0]!.id as string };
};
const order = (room: CampaignRoom) => room.items.map(({ id }) => id).join('');

test('what nobody named is called by its product, else by its kind in the reader’s language', () => {
  const { room, milk } = aRoom();
  room.addItem({ id: 'm', kind: 'product', productId: milk, title: '', minutes: 10 });
  room.addItem({ id: 'w', kind: 'talk', title: '' });
  room.addItem({ id: 'g', kind: 'game', title: '' });
  const titles = () => ['m', 'w', 'g'].map((id) => room.titleOf(room.items.find((item) => item.id === id)!));
  expect(titles()).toEqual(['鲜牛奶', '说几句', '互动']);
  language.current = 'en';
  expect(titles()).toEqual(['鲜牛奶', 'A few words', 'Game']);
});

test('what is added comes after the chosen part, else before a locked closing', () => {
  const { room, milk } = aRoom();
  room.addItem({ id: 'm', kind: 'product', productId: milk, title: '', minutes: 10 });
  expect(order(room)).toBe('abmz');
  expect(room.selectedId).toBe('m');
  room.select('a');
  room.addItem({ id: 'n', kind: 'talk', title: 'n' });
  expect(order(room)).toBe('anbmz');
  const item = room.items.find(({ id }) => id === 'm')!;
  expect([room.titleOf(item), room.priceOf(item)]).toEqual(['鲜牛奶', 6900]);
});

test('steps up and down answer with the locked part that stands in the way', () => {
  const { room } = aRoom();
  expect(room.stepItem('b', -1)).toBeNull();
  expect(order(room)).toBe('baz');
  expect(room.stepItem('b', -1)).toBeUndefined();
  expect(room.stepItem('a', 1)).toBe('z');
  expect(room.stepItem('z', -1)).toBe('z');
  expect(order(room)).toBe('baz');
});

test('times and the difference to the plan follow every change, and undo takes back own steps one by one', () => {
  const { room } = aRoom();
  room.changeItem('a', { minutes: 12 });
  room.moveItem('b', 'a');
  expect(room.times.startMsById.get('a')).toBe(5 * 60_000);
  expect(room.times.differenceMinutes).toBe(-8);
  room.showUndo.undo();
  expect(order(room)).toBe('abz');
  expect(room.times.totalMinutes).toBe(22);
  room.showUndo.undo();
  expect(room.times.totalMinutes).toBe(15);
  expect(room.showUndo.canUndo).toBe(false);
});

test('a removed part comes back whole by undo; a locked one is not removed', () => {
  const { room } = aRoom();
  room.select('b');
  expect(room.removeItem('b')).toBe(true);
  expect(room.selectedId).toBeNull();
  expect(room.removeItem('z')).toBe(false);
  room.showUndo.undo();
  expect(order(room)).toBe('abz');
  expect(room.title('b')?.toJSON()).toBe('b');
});

test('being in a part is said to the others, and taken back', () => {
  const { room, entered } = aRoom();
  room.select('a');
  room.select('b');
  room.select(null);
  expect(entered).toEqual(['show/c/item/a', null, 'show/c/item/b', null]);
});
