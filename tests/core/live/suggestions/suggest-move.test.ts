import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { addRunOfShowItem } from '#core/campaigns/run-of-show.doc.ts';
import { setCurrentItem, startBroadcast, endBroadcast } from '#core/campaigns/on-air.doc.ts';
import { addSuggestion, answerSuggestion } from '#core/campaigns/suggestions.doc.ts';
import { readShow } from '#core/campaigns/show.doc.ts';
import type { HeatRow, LiveSecond } from '#core/live/live-second.ts';
import { suggestMove, suggestionRestMs } from '#core/live/suggestions/suggest-move.ts';

const nowMs = 1_800_000_000_000;

const showOf = (items: string, current = 'a', isStarted = true): Y.Doc => {
  const doc = new Y.Doc();
  for (const name of items) {
    const id = name.toLowerCase();
    addRunOfShowItem(doc, {
      id,
      kind: 'product',
      productId: `p-${id}`,
      title: id,
      minutes: 10,
      locked: name !== id,
      beforeItemId: null,
    });
  }
  if (isStarted) {
    startBroadcast(doc, nowMs - 3_600_000);
    setCurrentItem(doc, current, nowMs - 60_000);
  }
  return doc;
};

const rowOf = (id: string, fields: Partial<HeatRow> = {}): HeatRow => ({
  product: `p-${id}`,
  feed: 'events',
  mean: 0.12,
  low: 0.1,
  high: 0.14,
  base: 0.058,
  trend: 1,
  isEnough: true,
  surgeMs: nowMs - 5000,
  last10: [10, 2, 0, 0],
  last60: [60, 8, 2, 1],
  session: [1000, 60, 20, 5],
  lastMs: nowMs,
  ...fields,
});
const secondOf = (...products: HeatRow[]): LiveSecond => ({
  atMs: nowMs,
  newestMs: nowMs,
  viewers: 500,
  orders: 12,
  paidFen: 0,
  views60: 0,
  clicks60: 0,
  late: 0,
  products,
  curve: [],
  drop: null,
});
const moveOf = (doc: Y.Doc, ...rows: HeatRow[]) => {
  const move = suggestMove(readShow(doc), secondOf(...rows));
  return move && [move.itemId, move.beforeItemId];
};

test('[MOVE1] only a fresh surge of a product that is not on leads to a proposal', () => {
  expect(moveOf(showOf('abcd'), rowOf('d'))).toEqual(['d', 'b']);
  expect(moveOf(showOf('abcd'), rowOf('d', { surgeMs: 0 }))).toBeNull();
  expect(moveOf(showOf('abcd'), rowOf('d', { surgeMs: nowMs - 4 * 60_000 }))).toBeNull();
  expect(moveOf(showOf('abcd'), rowOf('a'))).toBeNull();
  expect(moveOf(showOf('abcd'), rowOf('b'))).toBeNull();
});

test('[MOVE2] nothing passes a locked item, and a locked item stays', () => {
  expect(moveOf(showOf('aBcd'), rowOf('d'))).toEqual(['d', 'c']);
  expect(moveOf(showOf('abCd'), rowOf('d'))).toBeNull();
  expect(moveOf(showOf('abcD'), rowOf('d'))).toBeNull();
});

test('[MOVE3] one is open at most, the next comes five minutes later', () => {
  const doc = showOf('abcd');
  addSuggestion(doc, { id: 's1', itemId: 'c', beforeItemId: 'b', evidence: {}, atMs: nowMs - suggestionRestMs - 1 });
  expect(moveOf(doc, rowOf('d'))).toBeNull();
  answerSuggestion(doc, { id: 's1', state: 'dismissed', byMember: 'm' });
  expect(moveOf(doc, rowOf('d'))).toEqual(['d', 'b']);
  addSuggestion(doc, { id: 's2', itemId: 'c', beforeItemId: 'b', evidence: {}, atMs: nowMs - 10_000 });
  answerSuggestion(doc, { id: 's2', state: 'dismissed', byMember: 'm' });
  expect(moveOf(doc, rowOf('d'))).toBeNull();
});

test('[MOVE4] the numbers behind it', () => {
  const evidence = suggestMove(
    readShow(showOf('abcd')),
    secondOf(rowOf('d', { session: [1000, 60, 20, 12] })),
  )?.evidence;
  expect(evidence).toMatchObject({ rate: 0.12, low: 0.1, high: 0.14, usual: 0.058, clicks: 8, views: 60, minutes: 10 });
  // (0.12 - 0.058) x 60 exposures x 10 minutes x 12 orders in 60 clicks
  expect(evidence?.['orders']).toBe(7);
  expect(suggestMove(readShow(showOf('abcd')), secondOf(rowOf('d')))?.evidence).not.toHaveProperty('orders');
});

test('[MOVE5, MOVE7] accepting does what was said, also for an item that was on', () => {
  for (const [items, current, surging, want] of [
    ['abcd', 'a', 'd', 'adbc'],
    ['aBcd', 'a', 'd', 'abdc'],
    ['abcd', 'c', 'a', 'bcad'],
    ['abcd', 'b', 'a', 'bacd'],
  ] as const) {
    const doc = showOf(items, current);
    const move = suggestMove(readShow(doc), secondOf(rowOf(surging)));
    if (!move) throw new Error('nothing proposed');
    addSuggestion(doc, move);
    expect(answerSuggestion(doc, { id: move.id, state: 'accepted', byMember: 'm' })).toEqual({
      ok: true,
      value: 'done',
    });
    expect(
      readShow(doc)
        .items.map((item) => item.id)
        .join(''),
    ).toBe(want);
  }
  expect(moveOf(showOf('aBcd', 'c'), rowOf('a'))).toBeNull();
});

test('[MOVE6] nothing before the start or after the end', () => {
  expect(moveOf(showOf('abcd', 'a', false), rowOf('d'))).toBeNull();
  const doc = showOf('abcd');
  endBroadcast(doc, nowMs);
  expect(moveOf(doc, rowOf('d'))).toBeNull();
});
