import { expect, test } from 'vitest';
import { diffLines } from '#core/workspace/history/diff-lines.ts';

const told = (was: string, is: string): string =>
  diffLines(was, is)
    .map(({ kind, lines }) => lines.map((line) => ({ same: ' ', gone: '-', come: '+' })[kind] + line).join('|'))
    .join('|');

test('[HIS11] a line that came is the only one that came', () => {
  expect(told('a\nb\nc', 'a\nb\nx\nc')).toBe(' a| b|+x| c');
  expect(told('a\nb', 'x\na\nb\ny')).toBe('+x| a| b|+y');
  expect(told('a\nb\nc\nd', 'a\nB\nc\nD')).toBe(' a|-b|+B| c|-d|+D');
  expect(told('', 'a')).toBe('+a');
  expect(told('a\na\nb', 'a\nb')).toBe(' a|-a| b');
  expect(told('a\nb', 'a\nb')).toBe(' a| b');
});

test('[HIS11] both texts can be read from it, however long they are', () => {
  const lines = (from: number, by: number) => Array.from({ length: 1500 }, (_, at) => `${from + at * by}`).join('\n');
  for (const [was, is] of [
    [lines(0, 1), lines(7, 2)],
    ['a\nb\n\nb', 'b\n\na\nb\na'],
  ] as const) {
    const parts = diffLines(was, is);
    const read = (not: string) => parts.flatMap(({ kind, lines: all }) => (kind === not ? [] : all)).join('\n');
    expect([read('come'), read('gone')]).toEqual([was, is]);
  }
});
