import { expect, test } from 'vitest';
import { completionAt, offsetOf, rulePieces } from '#web/screens/segments/rule-pieces.ts';

test('a line is cut at names and at the word in error', () => {
  expect(rulePieces('标签 = 烘焙', 1, null, ['烘焙'])).toEqual([
    { text: '标签 = ', kind: 'plain' },
    { text: '烘焙', kind: 'name' },
  ]);
  expect(rulePieces('分层 = 沉默客', 2, { line: 2, column: 6, length: 3 }, [])).toEqual([
    { text: '分层 = ', kind: 'plain' },
    { text: '沉默客', kind: 'error' },
  ]);
  expect(rulePieces('单数', 1, { line: 1, column: 3, length: 1 }, []).at(-1)?.kind).toBe('error');
});

test('[SEG21] Tab completes the name that the letters before the caret begin', () => {
  expect(completionAt('标签 = 烘', 6, ['烘焙爱好者'])).toEqual({ start: 5, name: '烘焙爱好者' });
  expect(completionAt('买过高筋', 4, ['高筋面粉'])).toEqual({ start: 2, name: '高筋面粉' });
  expect(completionAt('标签 = ', 5, ['烘焙爱好者'])).toBeNull();
  const seafood = ['seafood·S0354'];
  for (const whole of ['no purchase in 7 days', 'bought in seven days'])
    expect(completionAt(whole, whole.length, seafood)).toBeNull();
  const codes = ['51020B'];
  for (const whole of ['orders >= 5', '单数不少于5', 'spent = 5', 'bought in 5', '最近5'])
    expect(completionAt(whole, whole.length, codes), whole).toBeNull();
  for (const whole of ['bought 5', 'tag = 5', '买过5'])
    expect(completionAt(whole, whole.length, codes)?.name, whole).toBe('51020B');
  expect(completionAt('bought sea', 10, seafood)).toEqual({ start: 7, name: 'seafood·S0354' });
  expect(completionAt('买过sea', 5, seafood)).toEqual({ start: 2, name: 'seafood·S0354' });
});

test('a place in a line is an offset in the whole text', () => {
  expect(offsetOf('ab\ncdef', { line: 2, column: 3 })).toBe(5);
});
