import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { endBroadcast, setCurrentItem, setPrompter, startBroadcast } from '#core/campaigns/on-air.doc.ts';
import {
  addRunOfShowItem,
  changeRunOfShowItem,
  itemScript,
  moveRunOfShowItem,
  removeRunOfShowItem,
} from '#core/campaigns/run-of-show.doc.ts';
import { soldOutProducts } from '#core/campaigns/sold-out.ts';
import { readShow, showTypes } from '#core/campaigns/show.doc.ts';
import {
  addMark,
  removeMark,
  addSuggestion,
  answerPushedLine,
  notePushedReached,
  answerSuggestion,
  pushLine,
} from '#core/campaigns/suggestions.doc.ts';

const aShow = (ids = 'abcd', locked = ''): Y.Doc => {
  const doc = new Y.Doc();
  for (const id of ids) addRunOfShowItem(doc, { id, kind: 'talk', title: id, minutes: 5, locked: locked.includes(id) });
  return doc;
};
const order = (doc: Y.Doc) =>
  readShow(doc)
    .items.map(({ id }) => id)
    .join('');
const sync = (a: Y.Doc, b: Y.Doc) => {
  Y.applyUpdate(b, Y.encodeStateAsUpdate(a, Y.encodeStateVector(b)));
  Y.applyUpdate(a, Y.encodeStateAsUpdate(b, Y.encodeStateVector(a)));
};
const twin = (doc: Y.Doc): Y.Doc => {
  const other = new Y.Doc();
  Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
  return other;
};
const writes = (doc: Y.Doc, act: () => void): number => {
  let seen = 0;
  const count = () => seen++;
  doc.on('update', count);
  act();
  doc.off('update', count);
  return seen;
};

test('[CMP1] reading an empty or a full show writes nothing', () => {
  const empty = new Y.Doc();
  expect(writes(empty, () => readShow(empty))).toBe(0);
  expect(Y.encodeStateAsUpdate(empty)).toEqual(Y.encodeStateAsUpdate(new Y.Doc()));
  expect(readShow(empty)).toEqual({
    items: [],
    onAir: { startedMs: null, endedMs: null, currentItemId: '', currentSinceMs: null },
    prompter: { itemId: '', line: 0, isRunning: false, wordsAMinute: 220 },
    pushed: [],
    suggestions: [],
    marks: [],
    skipped: 0,
  });
});

test('[CMP2] unreadable records are skipped and counted, the rest is read', () => {
  const doc = aShow('ab');
  const types = showTypes(doc);
  (types.items as Y.Map<unknown>).set('x', 'not an entry');
  types.items.set('y', new Y.Map([['kind', 'hologram']]));
  types.marks.push([null, 7, { id: 'm', kind: 'highlight', atMs: 1 }]);
  (types.pushed as Y.Array<unknown>).push(['?']);
  const show = readShow(doc);
  expect(show.items.map(({ id }) => id)).toEqual(['a', 'b']);
  expect(show.marks).toEqual([{ id: 'm', kind: 'highlight', itemId: '', atMs: 1, byMember: '' }]);
  expect(show.skipped).toBe(5);
});

test('[CMP3] every command replayed changes nothing', () => {
  const doc = aShow('abc');
  const line = { id: 'p1', text: '冷藏', sourceFact: 'milk/storage', from: 'Xu', askers: 3, atMs: 5 };
  const suggestion = { id: 's1', itemId: 'c', beforeItemId: 'a', evidence: { clicks: 40 }, atMs: 6 };
  const mark = { id: 'm1', kind: 'highlight', itemId: 'a', atMs: 7, byMember: 'xu' };
  const commands = [
    () => addRunOfShowItem(doc, { id: 'a', kind: 'talk', title: 'again' }),
    () => moveRunOfShowItem(doc, { itemId: 'b', beforeItemId: null }),
    () => changeRunOfShowItem(doc, 'a', { minutes: 9, owner: 'Xu' }),
    () => removeRunOfShowItem(doc, 'none'),
    () => pushLine(doc, line),
    () => answerPushedLine(doc, { id: 'p1', state: 'later' }),
    () => addSuggestion(doc, suggestion),
    () => answerSuggestion(doc, { id: 's1', state: 'accepted', byMember: 'xu' }),
    () => addMark(doc, mark),
    () => removeMark(doc, 'none'),
    () => startBroadcast(doc, 10),
    () => setCurrentItem(doc, 'b', 11),
    () => setPrompter(doc, { itemId: 'b', line: 2, isRunning: true }),
    () => endBroadcast(doc, 12),
  ];
  for (const command of commands) {
    expect(command().ok).toBe(true);
    expect(writes(doc, () => command())).toBe(0);
  }
});

test('[CMP5] two people moving the same item leave one item in one place', () => {
  const a = aShow('abcd');
  const b = twin(a);
  moveRunOfShowItem(a, { itemId: 'a', beforeItemId: null });
  moveRunOfShowItem(b, { itemId: 'a', beforeItemId: 'c' });
  sync(a, b);
  expect(order(a)).toBe(order(b));
  expect([...order(a)].sort().join('')).toBe('abcd');
});

test('[CMP6] two items moved into the same gap at once can still be parted', () => {
  const a = aShow('abcd');
  const b = twin(a);
  moveRunOfShowItem(a, { itemId: 'c', beforeItemId: 'b' });
  moveRunOfShowItem(b, { itemId: 'd', beforeItemId: 'b' });
  sync(a, b);
  expect(order(a)).toBe('acdb');
  moveRunOfShowItem(a, { itemId: 'b', beforeItemId: 'd' });
  expect(order(a)).toBe('acbd');
});

test('[CMP7] a locked item does not move, is not passed and is not removed', () => {
  const doc = aShow('abcd', 'b');
  const locked = { ok: false, error: { kind: 'item-locked', itemId: 'b' } };
  expect(moveRunOfShowItem(doc, { itemId: 'b', beforeItemId: null })).toEqual(locked);
  expect(moveRunOfShowItem(doc, { itemId: 'a', beforeItemId: 'c' })).toEqual(locked);
  expect(moveRunOfShowItem(doc, { itemId: 'd', beforeItemId: 'a' })).toEqual(locked);
  expect(removeRunOfShowItem(doc, 'b')).toEqual(locked);
  expect(moveRunOfShowItem(doc, { itemId: 'd', beforeItemId: 'c' }).ok).toBe(true);
  expect(order(doc)).toBe('abdc');
  changeRunOfShowItem(doc, 'b', { locked: false });
  expect(moveRunOfShowItem(doc, { itemId: 'a', beforeItemId: 'd' }).ok).toBe(true);
  expect(order(doc)).toBe('badc');
});

test('[CMP8] two people adding to the same line without a network lose nothing', () => {
  const a = aShow('a');
  itemScript(a, 'a')?.insert(0, '家里要炖汤的');
  const b = twin(a);
  itemScript(a, 'a')?.insert(6, '往前坐');
  itemScript(b, 'a')?.insert(6, '看过来');
  sync(a, b);
  const script = readShow(a).items[0]?.script ?? '';
  expect(script).toBe(readShow(b).items[0]?.script);
  expect(script).toContain('往前坐');
  expect(script).toContain('看过来');
});

test('[CMP10] accepting moves the item and names who did; a refused move leaves it open', () => {
  const doc = aShow('abcd', 'b');
  addSuggestion(doc, { id: 's1', itemId: 'd', beforeItemId: 'c', evidence: { rate: 0.2 }, atMs: 1 });
  addSuggestion(doc, { id: 's2', itemId: 'c', beforeItemId: 'a', evidence: {}, atMs: 2 });
  expect(writes(doc, () => answerSuggestion(doc, { id: 's1', state: 'accepted', byMember: 'xu' }))).toBe(1);
  expect(order(doc)).toBe('abdc');
  expect(answerSuggestion(doc, { id: 's2', state: 'accepted', byMember: 'xu' })).toEqual({
    ok: false,
    error: { kind: 'item-locked', itemId: 'b' },
  });
  expect(readShow(doc).suggestions.map(({ state, byMember }) => [state, byMember])).toEqual([
    ['accepted', 'xu'],
    ['open', ''],
  ]);
  expect(answerSuggestion(doc, { id: 's1', state: 'dismissed', byMember: 'li' }).ok).toBe(false);
});

test('[CMP11] the current item can be set only on air; what has ended does not start again', () => {
  const doc = aShow('ab');
  expect(setCurrentItem(doc, 'a', 1)).toEqual({ ok: false, error: { kind: 'not-on-air' } });
  startBroadcast(doc, 10);
  expect(setCurrentItem(doc, 'z', 11)).toEqual({ ok: false, error: { kind: 'unknown-item' } });
  expect(setCurrentItem(doc, 'b', 12).ok).toBe(true);
  endBroadcast(doc, 20);
  expect(setCurrentItem(doc, 'a', 21).ok).toBe(false);
  expect(startBroadcast(doc, 30)).toEqual({ ok: false, error: { kind: 'already-ended' } });
});

test('[CMP12] starting begins with the first item; ending stops the prompter', () => {
  const doc = aShow('ab');
  startBroadcast(doc, 10);
  setPrompter(doc, { isRunning: true });
  expect(readShow(doc).onAir).toEqual({ startedMs: 10, endedMs: null, currentItemId: 'a', currentSinceMs: 10 });
  endBroadcast(doc, 20);
  expect(readShow(doc).prompter.isRunning).toBe(false);
});

test('[CMP19] a line has reached the host when the host’s screen says so, once', () => {
  const doc = new Y.Doc();
  pushLine(doc, { id: 'p', text: 'x', sourceFact: '', from: 'Xu', askers: 1, atMs: 2 });
  pushLine(doc, { id: 'q', text: 'y', sourceFact: '', from: 'Xu', askers: 1, atMs: 3 });
  answerPushedLine(doc, { id: 'q', state: 'said' });
  expect(readShow(doc).pushed.map(({ reachedMs }) => reachedMs)).toEqual([null, null]);
  expect(notePushedReached(doc, 9)).toEqual({ ok: true, value: 'done' });
  expect(notePushedReached(doc, 12)).toEqual({ ok: true, value: 'unchanged' });
  expect(readShow(doc).pushed.map(({ reachedMs }) => reachedMs)).toEqual([9, null]);
});

test('[CMP20] a mark taken back is gone, and the product is for sale again', () => {
  const a = aShow('ab');
  addRunOfShowItem(a, { id: 'c', kind: 'product', productId: 'milk', title: 'Milk' });
  addRunOfShowItem(a, { id: 'd', kind: 'product', productId: 'milk', title: 'Milk again' });
  const b = twin(a);
  const mark = { id: 'm', kind: 'sold-out', itemId: 'c', atMs: 1, byMember: 'xu' };
  for (const doc of [a, b]) addMark(doc, mark);
  addMark(a, { ...mark, id: 'n', itemId: 'a' });
  sync(a, b);
  expect([...soldOutProducts(readShow(b))]).toEqual(['milk']);
  expect(removeMark(b, 'm')).toEqual({ ok: true, value: 'done' });
  expect(removeMark(b, 'm')).toEqual({ ok: true, value: 'unchanged' });
  sync(a, b);
  expect(readShow(a).marks.map(({ id }) => id)).toEqual(['n']);
  expect([...soldOutProducts(readShow(a))]).toEqual([]);
});

test('[CMP13] the same record pushed by two devices counts once', () => {
  const a = aShow('a');
  const b = twin(a);
  for (const doc of [a, b]) {
    addMark(doc, { id: 'm', kind: 'highlight', itemId: 'a', atMs: 1, byMember: 'xu' });
    pushLine(doc, { id: 'p', text: 'x', sourceFact: '', from: 'Xu', askers: 1, atMs: 2 });
  }
  sync(a, b);
  expect(readShow(a).marks).toHaveLength(1);
  expect(readShow(b).pushed).toHaveLength(1);
});
