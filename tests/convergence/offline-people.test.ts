/** Two people, two devices, no network: the cases other products lose (Logseq DB #781 and its kind). */
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import {
  addRunOfShowItem,
  itemScript,
  moveRunOfShowItem,
  removeRunOfShowItem,
} from '#core/campaigns/run-of-show.doc.ts';
import { readShow } from '#core/campaigns/show.doc.ts';

const line = '冷水下锅，焯三分钟捞出来';

const twoDevices = (): [Y.Doc, Y.Doc] => {
  const a = new Y.Doc();
  for (const id of ['a', 'b', 'c', 'd', 'e']) addRunOfShowItem(a, { id, kind: 'talk', title: id, script: line });
  const b = new Y.Doc();
  Y.applyUpdate(b, Y.encodeStateAsUpdate(a));
  return [a, b];
};
/** Each closes and opens from its stored bytes first, as a device that was switched off would. */
const meet = (a: Y.Doc, b: Y.Doc): [Y.Doc, Y.Doc] => {
  const stored = [Y.encodeStateAsUpdate(a), Y.encodeStateAsUpdate(b)] as const;
  return [0, 1].map((own) => {
    const doc = new Y.Doc();
    for (const at of [own, 1 - own]) Y.applyUpdate(doc, stored[at] as Uint8Array);
    return doc;
  }) as [Y.Doc, Y.Doc];
};

test('[CMP8] both append to the same script line offline: both additions survive whole', () => {
  const [a, b] = twoDevices();
  itemScript(a, 'b')?.insert(line.length, '，小火九十分钟');
  itemScript(b, 'b')?.insert(line.length, '，筷子一戳就透');
  const [one, two] = meet(a, b);
  const script = readShow(one).items.find(({ id }) => id === 'b')?.script ?? '';
  expect(readShow(two)).toEqual(readShow(one));
  expect(script.startsWith(line)).toBe(true);
  expect(script).toContain('，小火九十分钟');
  expect(script).toContain('，筷子一戳就透');
  expect(script).toHaveLength(line.length + 14);
});

test('[CMP5] both drag the same item offline: exactly one item, one position', () => {
  const [a, b] = twoDevices();
  moveRunOfShowItem(a, { itemId: 'c', beforeItemId: 'a' });
  moveRunOfShowItem(b, { itemId: 'c', beforeItemId: null });
  const [one, two] = meet(a, b);
  const ids = readShow(one)
    .items.map(({ id }) => id)
    .join('');
  expect(readShow(two)).toEqual(readShow(one));
  expect(['cabde', 'abdec']).toContain(ids);
});

test('[CMP5] one removes what the other moves and writes into: it is gone for both, nothing else is', () => {
  const [a, b] = twoDevices();
  removeRunOfShowItem(a, 'c');
  moveRunOfShowItem(b, { itemId: 'c', beforeItemId: 'a' });
  itemScript(b, 'c')?.insert(0, 'x');
  const [one, two] = meet(a, b);
  expect(readShow(two)).toEqual(readShow(one));
  expect(
    readShow(one)
      .items.map(({ id }) => id)
      .join(''),
  ).toBe('abde');
});
