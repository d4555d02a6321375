import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { defaultAnswers, type Mapping } from '#core/intake/mapping.ts';
import { readMapping, rememberMapping } from '#core/intake/mappings.doc.ts';
import { intakeOf } from './intake-of.ts';
import { createMoneyEvidence } from '#core/intake/money-evidence.ts';
import { parseAmount, scaled } from '#core/intake/parse-amount.ts';
import { parseTime, type DateOrder } from '#core/intake/parse-time.ts';
import { answerQuestion, planQuestions, type QuestionMaterial } from '#core/intake/plan-questions.ts';
import { createTimeEvidence } from '#core/intake/time-evidence.ts';

const at = (cell: string, order: DateOrder = 'year-first', zoneMinutes = 480): string | null => {
  const ms = parseTime(cell, { order, zoneMinutes });
  return Number.isNaN(ms) ? null : new Date(ms).toISOString().slice(0, 19);
};

it('[IMP10] times are read as written', () => {
  const noon = '2026-11-02T11:47:03';
  for (const cell of [
    '2026-11-02 19:47:03',
    '2026/11/2 19:47:03',
    '2026.11.02 19:47:03',
    '2026-11-02T19:47:03',
    '20261102194703',
    '2026年11月2日 19:47:03',
    '2026-11-02 11:47:03 +0000',
    '2026-11-02T11:47:03Z',
    '2026-11-02 下午7:47:03',
    'Nov 2, 2026 7:47:03 PM',
    '2 Nov 2026 19:47:03',
    '1793620023',
    '1793620023000',
  ])
    expect(at(cell), cell).toBe(noon);
  expect(at('2026-11-02 19:47:03.250')).toBe(noon);
  expect(at('45963.82')).toBe('2025-11-02T11:40:48');
  for (const cell of ['2026-13-02', '2026-02-30', '2026-11-02 25:00', 'soon', '12345', '1/2', ''])
    expect(at(cell), cell).toBeNull();
});

it('[IMP11] times without an offset are Asia/Shanghai unless answered otherwise', () => {
  expect(at('2026-11-02')).toBe('2026-11-01T16:00:00');
  expect(at('2026-11-02', 'year-first', 0)).toBe('2026-11-02T00:00:00');
});

it('[IMP12] any cell above twelve tells day from month; else it is asked', () => {
  const verdict = (...cells: string[]) => {
    const evidence = createTimeEvidence();
    cells.forEach(evidence.take);
    return evidence.verdict();
  };
  expect(verdict('03/04/2026', '25/12/2026 10:00')).toMatchObject({ order: 'day-first', isOrderSure: true });
  expect(verdict('03/04/2026', '12/25/2026')).toMatchObject({ order: 'month-first', isOrderSure: true });
  expect(verdict('03/04/2026')).toMatchObject({ isOrderSure: false });
  expect(verdict('25/12/2026', '12/25/2026')).toMatchObject({ isOrderSure: false });
  expect(verdict('2026-03-04')).toEqual({ order: 'year-first', isOrderSure: true, needsZone: true });
  expect(verdict('1793620023', '2026-11-02T11:47:03Z')).toMatchObject({ needsZone: false });
  expect(at('03/04/2026 10:00', 'day-first')).toBe('2026-04-03T02:00:00');
  expect(at('03/04/2026 10:00', 'month-first')).toBe('2026-03-04T02:00:00');
});

const money = (rows: readonly (readonly [amount: number, quantity: number, item: string, isSameOrder?: boolean])[]) => {
  const evidence = createMoneyEvidence();
  for (const [amount, quantity, item, isSameOrder = false] of rows) evidence.take(amount, quantity, item, isSameOrder);
  return evidence.verdict();
};
const repeat = <Row>(times: number, rows: readonly Row[]): Row[] => Array.from({ length: times }, () => rows).flat();

it('[IMP13] decimals mean yuan; without any it is asked', () => {
  expect(money([[9.9, 1, 'A']])).toMatchObject({ fenPerUnit: 100, isUnitSure: true });
  expect(
    money([
      [9900, 1, 'A'],
      [12_800, 1, 'B'],
    ]),
  ).toMatchObject({ fenPerUnit: 1, isUnitSure: false });
  expect(
    money([
      [99, 1, 'A'],
      [128, 1, 'B'],
    ]),
  ).toMatchObject({ fenPerUnit: 100, isUnitSure: false });
});

it('[IMP13] whole yuan written with two places are yuan, nothing to ask; one place of nought says nothing', () => {
  const table = (sum: string): string =>
    ['订单号,支付时间,用户openid,商品名称,商品数量,实付金额', `A-1,2026-11-02 10:00:00,o1,牛奶,1,${sum}`].join('\n');
  const moneyOf = (sum: string) => intakeOf(table(sum)).verdict.money;
  expect(moneyOf('6900.00')).toMatchObject({ fenPerUnit: 100, isUnitSure: true });
  expect(moneyOf('"6,900.00"')).toMatchObject({ fenPerUnit: 100, isUnitSure: true });
  expect(moneyOf('6900.0')).toMatchObject({ isUnitSure: false });
  expect(moneyOf('6900')).toMatchObject({ fenPerUnit: 1, isUnitSure: false });
});

it('[IMP14] the scope of a sum is found from the rows, or left open with what each would come to', () => {
  const line = money(
    repeat(6, [
      [10, 1, 'A'],
      [20, 2, 'A', true],
      [5, 1, 'B'],
    ]),
  );
  expect(line).toMatchObject({
    scope: 'line-paid',
    isScopeSure: true,
    totals: { 'line-paid': 210, 'unit-price': 330 },
  });
  const unit = money(
    repeat(6, [
      [10, 1, 'A'],
      [5, 3, 'B', true],
      [10, 2, 'A'],
    ]),
  );
  expect(unit).toMatchObject({ scope: 'unit-price', isScopeSure: true });
  const order = money(
    repeat(6, [
      [35, 1, 'A'],
      [35, 2, 'B', true],
    ]),
  );
  expect(order).toMatchObject({
    scope: 'order-paid',
    isScopeSure: true,
    totals: { 'order-paid': 210, 'line-paid': 420 },
  });
  expect(
    money([
      [10, 1, 'A'],
      [10, 2, 'B'],
    ]),
  ).toMatchObject({ isScopeSure: false });
  expect(
    money([
      [10, 1, 'A'],
      [10, 1, 'B'],
    ]),
  ).toMatchObject({ isScopeSure: true });
});

const mapping: Mapping = {
  format: 'generic',
  columns: ['order', 'created-at', 'buyer-id', 'item-code', 'quantity', 'line-paid'],
  answers: defaultAnswers,
};
const material = (more: Partial<QuestionMaterial>): QuestionMaterial => ({
  mapping,
  openColumn: 5,
  money: money([
    [1000, 1, 'A'],
    [1000, 2, 'B'],
  ]),
  time: { order: 'day-first', isOrderSure: false, needsZone: true },
  amountCells: ['1000'],
  timeCells: ['03/04/2026'],
  answered: new Set(),
  ...more,
});

it('[IMP14] questions come with examples and totals, and answering changes the mapping', () => {
  const questions = planQuestions(material({}));
  expect(questions.map(({ kind, isSettled }) => [kind, isSettled])).toEqual([
    ['amount-scope', false],
    ['amount-unit', false],
    ['date-order', false],
    ['zone', true],
  ]);
  expect(questions[0]?.options.map(({ value, totalFen }) => [value, totalFen])).toEqual([
    ['line-paid', 2000],
    ['unit-price', 3000],
  ]);
  expect(questions[1]?.options.map(({ value, totalFen }) => [value, totalFen])).toEqual([
    ['100', 200_000],
    ['1', 2000],
  ]);
  expect(questions[2]?.options.map(({ examples }) => examples[0]?.value)).toEqual([
    Date.parse('2026-04-03T00:00:00+08:00'),
    Date.parse('2026-03-04T00:00:00+08:00'),
  ]);
  const [scope, unit, order, zone] = questions;
  let answered = answerQuestion(mapping, scope!, 'unit-price');
  answered = answerQuestion(answered, unit!, '1');
  answered = answerQuestion(answered, order!, 'month-first');
  answered = answerQuestion(answered, zone!, '0');
  expect(answered).toEqual({
    ...mapping,
    columns: [...mapping.columns.slice(0, 5), 'unit-price'],
    answers: { ...defaultAnswers, fenPerUnit: 1, dateOrder: 'month-first', zoneMinutes: 0 },
  });
  expect(
    planQuestions(material({ answered: new Set(['amount-scope', 'amount-unit', 'date-order']) })).every(
      ({ isSettled }) => isSettled,
    ),
  ).toBe(true);
});

it('[IMP13] amounts keep their fen exactly', () => {
  expect(['¥1,234.50', '￥9.9', '(3.20)', '１２.５', '-0.29', '1.005', '18元', '2件'].map(parseAmount)).toEqual([
    1234.5, 9.9, -3.2, 12.5, -0.29, 1.005, 18, 2,
  ]);
  expect([19.99, 0.29, 1.1, -0.29, 4.35].map((value) => scaled(value, 100))).toEqual([1999, 29, 110, -29, 435]);
  for (const cell of ['', '-', '.', 'free', '1-2', '1.2.3']) expect(parseAmount(cell), cell).toBeNaN();
});

it('[IMP27] a mapping is remembered under the header’s signature, with the answers given', () => {
  const doc = new Y.Doc();
  expect(readMapping(doc, '6-abc')).toBeNull();
  const remembered = { mapping, answered: ['amount-unit'], fileName: 'orders.csv', shop: 'north', atMs: 5 };
  rememberMapping(doc, '6-abc', {
    ...remembered,
    mapping: { ...mapping, answers: { ...defaultAnswers, fenPerUnit: 1, choices: { 'paid-nothing': 'leave-out' } } },
  });
  expect(readMapping(doc, '6-abc')).toEqual({
    ...remembered,
    mapping: { ...mapping, answers: { ...defaultAnswers, fenPerUnit: 1 } },
  });
  doc.getMap('mappings').set('broken', { format: 'generic', columns: ['nonsense'], answers: {} });
  expect(readMapping(doc, 'broken')).toBeNull();
});
