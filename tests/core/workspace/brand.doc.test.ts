import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { readBrand, renameBrand } from '#core/workspace/brand.doc.ts';

const updatesOf = (doc: Y.Doc): { count: number } => {
  const seen = { count: 0 };
  doc.on('update', () => (seen.count += 1));
  return seen;
};

test('[WSP1] reading a brand that nobody has named is empty and writes nothing', () => {
  const doc = new Y.Doc();
  const updates = updatesOf(doc);
  expect(readBrand(doc)).toBe('');
  expect(updates.count).toBe(0);
});

test('[WSP2] a name is one line without spaces around it, at most 60 long; an empty one is refused', () => {
  const doc = new Y.Doc();
  expect(renameBrand(doc, '  北坡\n 食集 ')).toEqual({ ok: true, value: 'done' });
  expect(readBrand(doc)).toBe('北坡 食集');
  expect(renameBrand(doc, '   ')).toEqual({ ok: false, error: { kind: 'empty-name' } });
  expect(renameBrand(doc, 'x'.repeat(200))).toEqual({ ok: true, value: 'done' });
  expect(readBrand(doc)).toHaveLength(60);
});

test('[WSP3] the same name again changes nothing', () => {
  const doc = new Y.Doc();
  renameBrand(doc, 'North Slope');
  const updates = updatesOf(doc);
  expect(renameBrand(doc, ' North  Slope')).toEqual({ ok: true, value: 'unchanged' });
  expect(updates.count).toBe(0);
});
