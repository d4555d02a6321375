import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { findText } from '#core/workspace/find-text.doc.ts';

const aDocument = (): Y.Doc => {
  const doc = new Y.Doc();
  const text = doc.getText('note');
  text.insert(0, '给妈妈留两盒');
  text.insert(1, '小满');
  const card = new Y.Map<unknown>();
  doc.getMap('cards').set('c1', card);
  card.set('title', new Y.Text('Call Xiaoman'));
  card.set('tags', ['vip', { who: '小满妈妈' }]);
  card.set('bytes', Uint8Array.of(1, 2));
  const list = doc.getArray('remarks');
  list.push(['nothing', '小满妈妈', new Y.Text('小满妈妈')]);
  list.delete(1);
  text.insert(0, '甲'.repeat(40));
  text.insert(text.length, '乙'.repeat(40));
  return doc;
};

test('[WSP4] words are found in texts and values, with their place and what stands around', () => {
  // As a server loads it: no type has a shape before somebody asks for one.
  const doc = new Y.Doc();
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(aDocument()));
  const found = findText(doc, ['小满妈妈', 'xiaoman', '满']);
  expect(new Map(found.map(({ place, excerpt }) => [place, excerpt]))).toEqual(
    new Map([
      ['note', `${'甲'.repeat(23)}给小满妈妈留两盒${'乙'.repeat(21)}`],
      ['cards/c1/title', 'Call Xiaoman'],
      ['cards/c1/tags/1/who', '小满妈妈'],
      ['remarks/1', '小满妈妈'],
    ]),
  );
  expect(findText(doc, ['满', ' '])).toEqual([]);
});

test('[WSP4] looking writes nothing', () => {
  const doc = aDocument();
  const before = Y.encodeStateAsUpdate(doc);
  findText(doc, ['小满']);
  expect(Y.encodeStateAsUpdate(doc)).toEqual(before);
  expect(findText(new Y.Doc(), ['ab'])).toEqual([]);
});
