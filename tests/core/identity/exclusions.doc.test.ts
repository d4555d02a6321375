import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { exclusionsType, readExclusions, setExclusion } from '#core/identity/exclusions.doc.ts';

const staff = { reason: 'staff', atMs: 5, member: 'm-1' } as const;

test('[IDN12] an exclusion names who, why and since when, and can be taken back', () => {
  const doc = new Y.Doc();
  setExclusion(doc, ['a', 'b'], staff);
  expect([...readExclusions(doc)]).toEqual([
    ['a', staff],
    ['b', staff],
  ]);
  setExclusion(doc, ['a', 'b'], null);
  expect(readExclusions(doc).size).toBe(0);
});

test('[IDN12] what is the case already writes nothing, what cannot be read excludes nobody', () => {
  const doc = new Y.Doc();
  setExclusion(doc, ['a'], staff);
  let updates = 0;
  doc.on('update', () => updates++);
  setExclusion(doc, ['a'], { ...staff, atMs: 9 });
  setExclusion(doc, ['b'], null);
  expect(updates).toBe(0);
  exclusionsType(doc).set('c', { reason: 'bored', atMs: 5, member: '' });
  exclusionsType(doc).set('d', 'staff');
  expect([...readExclusions(doc).keys()]).toEqual(['a']);
});
