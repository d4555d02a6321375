import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { textOfPlace } from '#web/workspace/text-of-place.ts';

const filled = (): Y.Doc => {
  const doc = new Y.Doc();
  doc.getText('brand').insert(0, '北坡食集');
  doc.getMap('items').set(
    'a',
    new Y.Map<unknown>([
      ['kind', 'product'],
      ['title', new Y.Text('鲜牛奶')],
      ['script', new Y.Text('两箱起送\n今晚送到')],
      ['notes', Y.Array.from([new Y.Map([['text', new Y.Text('先拆箱')]])])],
    ]),
  );
  doc.getMap('thresholds').set('recency', 30);
  doc.getArray('marks').push([{ kind: 'highlight' }]);
  return doc;
};
const reopened = (): Y.Doc => {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(filled()));
  return doc;
};

test.each([
  ['as it was made', filled],
  ['read from disk, when nobody has asked for its types', reopened],
])('what people wrote is kept as they wrote it, %s', (_name, make) => {
  expect(textOfPlace(make(), 'brand')).toBe('北坡食集');
  expect(textOfPlace(make(), 'items/a')).toBe('鲜牛奶\n两箱起送\n今晚送到\n先拆箱');
  expect(textOfPlace(make(), 'thresholds/recency')).toBe('30');
  expect(textOfPlace(make(), 'marks')).toContain('"kind": "highlight"');
});

test('a record that is gone, or a place nobody knows, still says something', () => {
  expect(textOfPlace(filled(), 'items/gone')).toBe('null');
  expect(textOfPlace(filled(), 'unknown/x')).toBe('unknown/x');
});
