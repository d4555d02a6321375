import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { defaultAnswers, type Mapping } from '#core/intake/mapping.ts';
import { readMapping, rememberMapping } from '#core/intake/mappings.doc.ts';
import { intakeOf } from './intake-of.ts';
import { createMoneyEvidence } from '#core/intake/money-evidence.ts';
import { createMarkEvidence } from '#core/intake/mark-evidence.ts';
import { amountReader, markIn, parseAmount, scaled } from '#core/intake/parse-amount.ts';
import { parseTime, type DateOrder } from '#core/intake/parse-time.ts';
import { answerQuestion, planQuestions, type QuestionMaterial } from '#core/intake/plan-questions.ts';
import { proposeMapping } from '#core/intake/propose-mapping.ts';
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
  mark: { mark: '.', isSure: true, cells: [] },
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

it('[IMP13] a sum that can be read with one decimal mark only is read so, whichever the file has', () => {
  const readings = (cell: string) => [amountReader('.')(cell), amountReader(',')(cell), markIn(cell)];
  expect(readings('14,72')).toEqual([14.72, 14.72, ',']);
  expect(readings('14.72')).toEqual([14.72, 14.72, '.']);
  expect(readings('1.472,50')).toEqual([1472.5, 1472.5, ',']);
  expect(readings('1,472.50')).toEqual([1472.5, 1472.5, '.']);
  expect(readings('1.234.567')).toEqual([1_234_567, 1_234_567, ',']);
  expect(readings('0,125')).toEqual([0.125, 0.125, ',']);
  expect(readings('1 472,50')).toEqual([1472.5, 1472.5, ',']);
  expect(readings('１４，７２')).toEqual([14.72, 14.72, ',']);
  expect(readings('-14,72')).toEqual([-14.72, -14.72, ',']);
  expect(readings('1,472')).toEqual([1472, 1.472, 'either']);
  expect(readings('1.472')).toEqual([1.472, 1472, 'either']);
  expect(readings('1472')).toEqual([1472, 1472, '']);
  expect(readings('1,0000')).toEqual([Number.NaN, 1, 'either']);
  for (const cell of ['1,23,456', '1,2.3,4', '12.34.56', '1,,2']) expect(markIn(cell), cell).toBe('');
});

const markOf = (...cells: string[]) => {
  const evidence = createMarkEvidence();
  for (const cell of cells) evidence.take(cell, true);
  return evidence.verdict();
};

it('[IMP13] what a comma means is found from the sums of a file, else left open', () => {
  expect(markOf('14,72', '6,04', '12')).toEqual({ mark: ',', isSure: true, cells: ['14,72', '6,04'] });
  expect(markOf('14,72', '1.472,00', '1.472')).toMatchObject({ mark: ',', isSure: true });
  expect(markOf('1,472.00', '6.04', '1,472')).toMatchObject({ mark: '.', isSure: true });
  expect(markOf('1,472', '890')).toEqual({ mark: '.', isSure: false, cells: ['1,472'] });
  expect(markOf('1.472')).toMatchObject({ mark: '.', isSure: false });
  expect(markOf('14,72', '1,472')).toEqual({ mark: ',', isSure: false, cells: ['1,472', '14,72'] });
  expect(markOf('14,72', '14.72', '1,472')).toMatchObject({ isSure: false });
  expect(markOf('14', '')).toEqual({ mark: '.', isSure: true, cells: [] });
  const counts = createMarkEvidence();
  counts.take('2.000', false);
  expect(counts.verdict()).toMatchObject({ mark: '.', isSure: true });
});

const european = (...sums: string[]): string =>
  [
    'Order;Date;Phone;Product;Qty;Amount',
    ...sums.map((sum, at) => `S${at};2026-11-22;1380000000${at};Maple syrup;3;${sum}`),
  ].join('\n');

it('[IMP13] a file with decimal commas is worth what it says', () => {
  const { lines, verdict } = intakeOf(european('14,72', '6,04'));
  expect(lines.map(({ paidFen }) => paidFen)).toEqual([1472, 604]);
  expect(verdict.mark).toMatchObject({ mark: ',', isSure: true });
  expect(verdict.money).toMatchObject({ isUnitSure: true });
  const open = intakeOf(european('1,472', '2,500')).verdict;
  expect(open.money.totals['line-paid']).toBe(3972);
  expect(open.money.otherTotals['line-paid']).toBeCloseTo(3.972);
});

it('[IMP13] which mark it is is asked with both totals, and answered anew for every file', () => {
  const { verdict } = intakeOf(european('1,472', '2,500'));
  const asked = planQuestions(material({ mark: verdict.mark, money: verdict.money }));
  expect(asked[0]).toMatchObject({ kind: 'decimal-mark', guess: '.', isSettled: false, column: 5 });
  expect(asked[0]?.options).toMatchObject([
    { value: '.', totalFen: 397_200, examples: [{ cell: '1,472', value: 147_200 }, { value: 250_000 }] },
    { value: ',', totalFen: 397, examples: [{ cell: '1,472', value: 147 }, { value: 250 }] },
  ]);
  const answered = answerQuestion(mapping, asked[0]!, ',');
  expect(answered.answers.decimalMark).toBe(',');
  expect(intakeOf(european('1,472'), (so) => answerQuestion(so, asked[0]!, ',')).lines[0]?.paidFen).toBe(147);
  const clear = planQuestions(material({ mark: { mark: ',', isSure: true, cells: ['14,72'] } }));
  expect(clear[0]).toMatchObject({ kind: 'decimal-mark', guess: ',', isSettled: true });
  const doc = new Y.Doc();
  rememberMapping(doc, '6-abc', {
    mapping: answered,
    answered: ['decimal-mark', 'amount-unit'],
    fileName: 'orders.csv',
    shop: '',
    atMs: 5,
  });
  expect(readMapping(doc, '6-abc')).toMatchObject({
    mapping: { answers: { decimalMark: '.' } },
    answered: ['amount-unit'],
  });
});

const shopify = (...rows: string[]): string =>
  [
    'Name,Email,Financial Status,Paid at,Currency,Total,Created at,Lineitem quantity,Lineitem name,Lineitem price',
    ...rows,
  ].join('\n');

it('[IMP13] orders in another currency are left out whole, those in ours are not', () => {
  const at = '2026-10-17 17:00:00 +0800';
  const { lines, problems, verdict } = intakeOf(
    shopify(
      `#1,a@example.com,paid,${at},GBP,14.90,${at},1,Oats,6.5`,
      `#1,a@example.com,,,,,${at},2,Bread,4.2`,
      `#2,b@example.com,paid,${at},CNY,30,${at},1,Oats,30`,
      `#2,b@example.com,,,,,${at},1,Gift,0`,
      `#3,b@example.com,paid,soon,EUR,30,${at},1,Oats,30`,
      `#3,b@example.com,,,,,${at},1,Bread,4.2`,
      `#4,b@example.com,paid,${at},人民币（CNY）,9.9,${at},1,Oats,9.9`,
    ),
  );
  expect(lines.map(({ order, paidFen }) => [order, paidFen])).toEqual([
    ['#2', 3000],
    ['#2', 0],
    ['#4', 990],
  ]);
  expect(
    problems.filter(({ kind }) => kind !== 'paid-nothing').map(({ kind, line, cell }) => [kind, line, cell]),
  ).toEqual([
    ['currency-other', 2, 'GBP'],
    ['currency-other', 3, 'GBP'],
    ['time-unreadable', 6, 'soon'],
    ['currency-other', 7, 'EUR'],
  ]);
  expect(verdict.summary.netFen).toBe(3990);
});

it('[IMP13] a sign or code of another currency beside the sum says so too', () => {
  const kindOf = (sum: string) => {
    const { lines, problems } = intakeOf(european(sum));
    return lines[0]?.paidFen ?? `${problems[0]?.kind} ${problems[0]?.cell}`;
  };
  expect(['£14.72', '14,72 €', 'US$5', 'gbp 5', '5美元'].map(kindOf)).toEqual([
    'currency-other £',
    'currency-other €',
    'currency-other US$',
    'currency-other GBP',
    'currency-other 美元',
  ]);
  expect(['¥14.72', '￥14,72', 'CNY 5', '5元'].map(kindOf)).toEqual([1472, 1472, 500, 500]);
  expect(kindOf('soon')).toBe('amount-unreadable soon');
});

it('[IMP13] a currency column is looked at again although it was once left out', () => {
  const header = ['Order', 'Currency', 'Amount'];
  const left: Mapping = { ...mapping, columns: ['order', 'skip', 'line-paid'] };
  expect(proposeMapping(header, [], left).mapping.columns).toEqual(['order', 'currency', 'line-paid']);
});

it('[IMP14] examples are orders in which the readings differ, worked out', () => {
  const table = [
    'Order,Date,Phone,Product,Qty,Amount',
    'G0,2026-11-22,13800000000,Maple syrup,1,5.00',
    'G1,2026-11-22,13800000001,Maple syrup,3,14.72',
    'G2,2026-11-22,13800000002,Honey,2,8.53',
    'G2,2026-11-22,13800000002,Maple syrup,1,5.71',
  ].join('\n');
  const { verdict } = intakeOf(table);
  const [scope] = planQuestions(material({ money: verdict.money }));
  const [line, unit, order] = scope!.options;
  expect(scope!.options.map(({ value }) => value)).toEqual(['line-paid', 'unit-price', 'order-paid']);
  expect(line?.examples.map(({ cell, value }) => [cell, value])).toEqual([
    ['G2', 1424],
    ['G1', 1472],
  ]);
  expect(unit?.examples).toEqual([
    {
      cell: 'G2',
      value: 2277,
      terms: [
        { quantity: 2, fen: 853 },
        { quantity: 1, fen: 571 },
      ],
    },
    { cell: 'G1', value: 4416, terms: [{ quantity: 3, fen: 1472 }] },
  ]);
  expect(order?.examples[0]).toEqual({ cell: 'G2', value: 853, terms: [{ quantity: 1, fen: 853 }] });
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

it('[IMP5] a variant that says no more than default is no part of a name, and stays part of the key', () => {
  const table = (spec: string, name = '低脂牛奶 1L*6', code = 'MILK6'): string =>
    [
      '订单号,支付时间,用户openid,商品名称,商品编码,商品规格,商品数量,商品实付金额',
      `A-1,2026-11-02 10:00:00,o1,${name},${code},${spec},1,5.00`,
    ].join('\n');
  const named = (...cells: Parameters<typeof table>) => {
    const [line] = intakeOf(table(...cells)).lines;
    return [line?.itemName, line?.item];
  };
  expect(named('默认')).toEqual(['低脂牛奶 1L*6', 'MILK6 / 默认']);
  expect(named('规格：默认规格')).toEqual(['低脂牛奶 1L*6', 'MILK6 / 规格:默认规格']);
  expect(named('Default Title', 'Oats')).toEqual(['Oats', 'MILK6 / Default Title']);
  expect(named('默认', '燕麦', '')).toEqual(['燕麦', '燕麦 / 默认']);
  expect(named('2.5kg', '面粉')).toEqual(['面粉 2.5kg', 'MILK6 / 2.5kg']);
  expect(named('口味:原味', '酸奶')).toEqual(['酸奶 口味:原味', 'MILK6 / 口味:原味']);
  expect(named('', '酸奶')).toEqual(['酸奶', 'MILK6']);
});
