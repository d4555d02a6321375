import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { forgetNicknames } from '#core/live/forget-nicknames.doc.ts';

test('[BRD12] arrivals and comments under a name go, others and what is unreadable stay', () => {
  const doc = new Y.Doc();
  const record = (nickname: string, id: string) => ({ id, nickname, text: '', atMs: 1 });
  doc.getArray('arrivals').push([record('大山', '1'), record('小满', '2'), null]);
  doc.getArray('comments').push([record('小满', '3'), record('小满二', '4'), 7]);
  expect(forgetNicknames(doc, new Set(['小满']))).toBe(2);
  expect(doc.getArray('arrivals').toJSON()).toEqual([record('大山', '1'), null]);
  expect(doc.getArray('comments').toJSON()).toEqual([record('小满二', '4'), 7]);
  const before = Y.encodeStateAsUpdate(doc);
  expect(forgetNicknames(doc, new Set(['小满']))).toBe(0);
  expect(Y.encodeStateAsUpdate(doc)).toEqual(before);
});
