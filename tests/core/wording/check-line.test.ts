import { expect, test } from 'vitest';
import { checkLine, verdictOf } from '#core/wording/check-line.ts';
import { productKinds } from '#core/wording/law-rule.ts';
import { lawRules } from '#core/wording/law-rules.data.ts';
import { claims, harmless, harmlessMost, mustBlock, mustBlockFormula } from './lines.data.ts';

const verdict = (line: string, kind: (typeof productKinds)[number] = 'ordinary') => verdictOf(checkLine(line, kind));

test('[WRD1] words of order, time, feeling and usage advice pass', () => {
  for (const line of ['第一步先焯水', '最后三十单', '我最喜欢吃这个', '绝对不要放常温']) {
    for (const kind of productKinds) expect(checkLine(line, kind), line).toEqual([]);
  }
});

test('[WRD2] of lines that must be blocked at least 95 in 100 are', () => {
  const missed = [
    ...mustBlock.filter((line) => verdict(line) !== 'block'),
    ...mustBlockFormula.filter((line) => verdict(line, 'infant-formula') !== 'block'),
  ];
  const total = mustBlock.length + mustBlockFormula.length;
  expect(missed.length / total, missed.join('\n')).toBeLessThanOrEqual(0.05);
});

test('[WRD2] of harmless lines at most 5 in 100 are flagged', () => {
  const flagged = harmless.filter((line) => verdict(line) !== 'pass');
  expect(flagged.length / harmless.length, flagged.join('\n')).toBeLessThanOrEqual(0.05);
});

test('[WRD3] the kind of product decides', () => {
  expect(verdict('增强免疫力', 'ordinary')).toBe('block');
  expect(verdict('增强免疫力', 'health-food')).toBe('review');
  expect(verdict('有助于增强免疫力', 'health-food')).toBe('pass');
  expect(verdict('配料表里不含香精', 'ordinary')).toBe('pass');
  expect(verdict('配料表里不含香精', 'infant-formula')).toBe('block');
});

test('[WRD4] every rewrite passes the check itself', () => {
  for (const rule of lawRules) {
    for (const kind of rule.kinds ?? productKinds) {
      for (const { text } of rule.rewrites) expect(checkLine(text, kind), text).toEqual([]);
    }
  }
});

test('[WRD5] a finding gives the place in the line as written', () => {
  expect(checkLine('它是全网最嫩的，坏一块赔一块')).toEqual([
    expect.objectContaining({ start: 2, end: 7, text: '全网最嫩的', verdict: 'block', article: 'advertising-law-9-3' }),
  ]);
  const [broken] = checkLine('今天 最 低\u200b 价 来了');
  expect(broken).toMatchObject({ start: 3, text: '最 低\u200b 价' });
});

test('[WRD6] figures, patents and firsts ask for a source and pass when it is named', () => {
  expect(verdict('92%的顾客都回购')).toBe('review');
  expect(verdict('据中国乳业协会2025年报告，92%的顾客都回购')).toBe('pass');
  expect(verdict('我们有专利工艺')).toBe('review');
  expect(verdict('专利号ZL202310000000.0')).toBe('pass');
  expect(verdict('全国首创')).toBe('review');
});

test('[WRD10] checking a line takes at most one millisecond', () => {
  const lines = [...mustBlock, ...harmless, `${harmless.join('')}`.slice(0, 300)];
  for (const line of lines) checkLine(line);
  const started = performance.now();
  for (let round = 0; round < 10; round++) for (const line of lines) checkLine(line);
  expect((performance.now() - started) / (10 * lines.length)).toBeLessThan(1);
});

const found = (line: string) => checkLine(line).map(({ text }) => text);
const rewritten = (line: string) =>
  checkLine(line).map(({ start, end, rewrites: [first] }) =>
    first === undefined ? null : line.slice(0, start) + first + line.slice(end),
  );

test('[WRD11] a find is the whole claim', () => {
  for (const [line, ...texts] of claims) expect(found(line), line).toEqual(texts);
});

test('[WRD12] a rewrite is offered only where the line still reads', () => {
  expect(rewritten('全网最好的牛奶，包治百病')).toEqual([
    '很受老顾客欢迎的牛奶，包治百病',
    '全网最好的牛奶，当日常吃食就好',
  ]);
  expect(rewritten('今天给到全网最低价')).toEqual(['今天给到活动价']);
  expect(rewritten('喝了就能根治便秘！')).toEqual(['当日常吃食就好！']);
  for (const line of ['这款牛奶包治百病', '能治百病的好奶', '这款全网最好', '卖得最火的一款', '养胃小米', '转运']) {
    expect(rewritten(line), line).toEqual([null]);
  }
});

test('[WRD13] a superlative is found with any scope or praise; time, order, amount and feeling pass', () => {
  for (const line of ['全网最嫩', '全国最大的牧场', '史上最强', '行业最浓', '最醇厚的奶', '最浓郁的味道']) {
    expect(verdict(line), line).toBe('block');
  }
  for (const line of harmlessMost) expect(found(line), line).toEqual([]);
});

test('rules are told apart by id and match anywhere in a line', () => {
  expect(new Set(lawRules.map(({ id }) => id)).size).toBe(lawRules.length);
  for (const { id, pattern, exceptions = [] } of lawRules) {
    for (const each of [pattern, ...exceptions]) expect(each.flags, id).toContain('g');
  }
});
