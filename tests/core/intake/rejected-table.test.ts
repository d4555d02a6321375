import { expect, it } from 'vitest';
import { inspectTable } from '#core/intake/inspect-table.ts';
import { headerSignature } from '#core/intake/normalise-header.ts';
import { rejectedHeaders } from '#core/intake/rejected-headers.data.ts';
import { rejectedTable } from '#core/intake/rejected-table.ts';
import { csvText } from '#web/device/csv-text.ts';
import { intakeOf, rowsOf } from './intake-of.ts';

const reasonOf = ({ kind, cell }: { kind: string; cell: string }): string => `${kind} ${cell}`;

/** What is saved of a file's problem rows. */
const exported = (text: string, delimiter: string, language: 'zh' | 'en', isMended = false) => {
  const { header, problems } = intakeOf(text);
  return rejectedTable({ header, delimiter, isMended }, problems, rejectedHeaders[language], reasonOf);
};

it.each(['zh', 'en'] as const)('[IMP22] rows left out come back as their table, named in %s', (language) => {
  const file = [
    '订单号;会员号;支付时间;商品名称;数量;商品实付金额',
    '1;m1;2026-03-01 10:00;牛奶;1;9.90',
    '2;m2;2026-13-01 10:00;"面包, ""全麦""";1;9.90',
    '3;m3;2026-03-01 10:00;盐;many;9.90;note',
    '4;m4',
  ].join('\n');
  const table = exported(file, ';', language);
  const { reason, line } = rejectedHeaders[language];
  expect(table).toEqual([
    ['订单号', '会员号', '支付时间', '商品名称', '数量', '商品实付金额', reason, line],
    ['2', 'm2', '2026-13-01 10:00', '面包, "全麦"', '1', '9.90', 'time-unreadable 2026-13-01 10:00', 3],
    ['3', 'm3', '2026-03-01 10:00', '盐', 'many', '9.90', 'quantity-unreadable many', 4, 'note'],
    ['4', 'm4', '', '', '', '', 'cells-missing 2/6', 5],
  ]);
  const mended = csvText(table).replace('2026-13-01', '2026-02-01').replace('many', '2');
  const again = intakeOf(mended);
  expect(headerSignature(again.header)).toBe(headerSignature(intakeOf(file).header));
  expect(again.lines.map(({ order, itemName, quantityMilli }) => [order, itemName, quantityMilli])).toEqual([
    ['2', '面包, "全麦"', 1000],
    ['3', '盐', 2000],
  ]);
  const { isMended } = inspectTable(rowsOf(mended).map(({ cells }) => cells));
  expect(isMended).toBe(true);
  expect(exported(mended, ',', language, isMended)[1]).toHaveLength(8);
});

it('[IMP22] a table without a header keeps its numbered columns, and a row’s reasons stand in one cell', () => {
  const file = ['1,m1,2026-03-01 10:00,牛奶,9.90', '2,m2,2026-03-01 10:00,盐,9.90'].join('\n');
  const { header } = intakeOf(file);
  const problem = { line: 2, cell: '', raw: '2,m2,2026-03-01 10:00,盐,9.90' };
  const table = rejectedTable(
    { header, delimiter: ',', isMended: false },
    [
      { kind: 'paid-nothing', ...problem },
      { kind: 'status-unknown', ...problem },
    ],
    rejectedHeaders.en,
    reasonOf,
  );
  expect(table).toHaveLength(2);
  expect(table[1]?.slice(-2)).toEqual(['paid-nothing ; status-unknown ', 2]);
  const start = inspectTable(rowsOf(csvText(table)).map(({ cells }) => cells));
  expect(start).toEqual({ header, isMended: true, firstRow: 1 });
});
