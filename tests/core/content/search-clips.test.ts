import { expect, test } from 'vitest';
import { createClipIndex } from '#core/content/search-clips.ts';

const letters: Readonly<Record<string, string>> = {
  小: 'x',
  火: 'h',
  炖: 'd',
  牛: 'n',
  腩: 'n',
  番: 'f',
  茄: 'q',
  贵: 'g',
  吗: 'm',
};
const index = createClipIndex((chinese) => [...chinese].map((character) => letters[character] ?? '').join(''));
index.set([
  { id: 'a', title: '小火炖牛腩', text: '一戳就透', tags: ['成功话术-解决烹饪疑虑'], product: '原切牛腩' },
  { id: 'b', title: '贵吗', text: '番茄 2.5kg 一箱', tags: [], product: '高山小番茄' },
]);

test('[CLIP7] found by two neighbouring characters, by one, by pinyin initials, by Latin', () => {
  expect(index.search('牛腩')).toEqual(['a']);
  expect(index.search('腩牛')).toEqual([]);
  expect(index.search('贵')).toEqual(['b']);
  expect(index.search('xhdnn')).toEqual(['a']);
  expect(index.search('nn')).toEqual(['a']);
  expect(index.search('5KG')).toEqual(['b']);
  expect(index.search('烹饪')).toEqual(['a']);
});

test('[CLIP8] words in a row narrow, an empty search shows everything', () => {
  expect(index.search('番茄 牛腩')).toEqual([]);
  expect(index.search('炖 牛腩')).toEqual(['a']);
  expect(index.search('  ')).toBeNull();
});

test('[CLIP7] what is taken out or changed is found no more', () => {
  const own = createClipIndex(() => '');
  own.set([
    { id: 'a', title: '一', text: '', tags: [], product: '' },
    { id: 'b', title: '二', text: '', tags: [], product: '' },
  ]);
  own.set([{ id: 'b', title: '三', text: '', tags: [], product: '' }]);
  expect([own.search('一'), own.search('二'), own.search('三')]).toEqual([[], [], ['b']]);
});
