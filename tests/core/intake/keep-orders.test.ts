import { expect, test } from 'vitest';
import type { SettledLine } from '#core/intake/candidate-line.ts';
import { createOrderKeeper, type KeptOrders } from '#core/intake/keep-orders.ts';
import { intakeOf } from './intake-of.ts';

const header = '订单号,会员号,支付时间,商品编码,商品名称,商品分类,数量,商品实付金额,昵称,客户标签';
const rowsOf = (count: number): string[] =>
  Array.from({ length: count }, (_, at) => {
    const [order, item] = [Math.floor(at / 3), at % 7];
    const day = String(1 + (order % 28)).padStart(2, '0');
    const [quantity, paid] = at % 50 === 49 ? [-1, '-9.90'] : [1 + (at % 4), at % 11 === 0 ? 'n/k' : `${item + 1}.90`];
    return `O${order},C${order % 40},2026-03-${day} 10:00,S${item},牛奶${item},奶,${quantity},${paid},客${order % 5},${at % 9 === 0 ? '老客' : ''}`;
  });
const tableOf = (rows: readonly string[]): string => [header, ...rows].join('\n');

const given = (kept: KeptOrders) => {
  const batches = [...kept.batches()];
  return { lines: batches.flatMap(({ lines }) => lines), returns: batches.flatMap(({ returns }) => returns) };
};

test('[IMP22] what looking at a file keeps is what reading it again finds: lines, returns and rows left out', () => {
  const { verdict, lines, returns, problems } = intakeOf(tableOf(rowsOf(6000)), undefined, true);
  const kept = verdict.kept!;
  expect(problems.length).toBeGreaterThan(400);
  expect(returns.length).toBeGreaterThan(20);
  expect(verdict.problems).toEqual(problems);
  const again = given(kept);
  expect(again.returns).toEqual(returns);
  expect(again.lines.length).toBe(lines.length);
  const [fields] = again.lines.map((line) => Object.keys(line) as (keyof SettledLine)[]);
  expect(again.lines).toEqual(lines.map((line) => Object.fromEntries(fields!.map((field) => [field, line[field]]))));
  expect(given(kept)).toEqual({ lines: [], returns: [] });
});

test('[IMP18] nothing is kept of a file whose orders are scattered, nor of one whose returns were not looked for', () => {
  const rows = rowsOf(30).filter((row) => !row.includes('n/k'));
  expect(intakeOf(tableOf(rows)).verdict.kept).not.toBeNull();
  expect(intakeOf(tableOf([...rows, rows[0]!])).verdict.kept).toBeNull();
  expect(intakeOf(tableOf(rowsOf(60))).verdict.kept).toBeNull();
  expect(intakeOf(tableOf(rowsOf(60)), undefined, true).verdict.kept).not.toBeNull();
});

test('[IMP30] a file that is too long to be held is not kept', () => {
  const [line] = intakeOf(tableOf(rowsOf(2))).lines;
  const keeper = createOrderKeeper();
  const long = { ...line!, raw: 'x'.repeat(1_000_000) };
  for (let at = 0; at < 80; at++) keeper.order([long]);
  keeper.order([long]);
  expect(keeper.end()).toBeNull();
});
