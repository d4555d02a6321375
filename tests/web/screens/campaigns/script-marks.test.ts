import { expect, test } from 'vitest';
import type { Finding } from '#core/wording/check-line.ts';
import { findInScript, piecesOf } from '#web/screens/campaigns/script-marks.ts';
import type { TextCaret } from '#web/workspace/text-carets.svelte.ts';

const script = '上个月买过的姐妹\n它是全网最嫩的，坏一块赔一块';
const aCaret = (start: number, end: number): TextCaret => ({
  memberId: 'li',
  name: '李禾',
  tone: 2,
  start,
  end,
  isMoving: true,
  isPast: false,
  lastSeenMs: 0,
});

test('findings are placed in the whole script', () => {
  const cache = new Map<string, readonly Finding[]>();
  const [found] = findInScript(script, 'ordinary', cache);
  expect(script.slice(found?.start, found?.end)).toBe('全网最嫩的');
  expect(cache.size).toBe(2);
  expect(findInScript(`${script}\n最低价`, 'ordinary', cache).map(({ text }) => text)).toEqual([
    '全网最嫩的',
    '最低价',
  ]);
});

test('pieces say the script again, letter for letter, whatever lies over it', () => {
  const findings = findInScript(script, 'ordinary', new Map());
  for (const carets of [
    [],
    [aCaret(0, 0)],
    [aCaret(3, 14)],
    [aCaret(script.length, script.length)],
    [aCaret(90, 99)],
  ]) {
    const pieces = piecesOf(script, findings, carets, ['坏一块', 'not there', '']);
    expect(pieces.map(({ text }) => text).join('')).toBe(script);
    expect(pieces.flatMap((piece) => piece.carets)).toHaveLength(carets.length);
    expect(
      pieces
        .filter(({ finding }) => finding)
        .map(({ text }) => text)
        .join(''),
    ).toBe('全网最嫩的');
    expect(
      pieces
        .filter(({ isQuoted }) => isQuoted)
        .map(({ text }) => text)
        .join(''),
    ).toBe('坏一块');
  }
});

test('an empty script has room for a caret', () => {
  expect(piecesOf('', [], [aCaret(0, 0)], [])).toMatchObject([{ text: '', carets: [{ name: '李禾' }] }]);
});
