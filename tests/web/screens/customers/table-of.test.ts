import { expect, test } from 'vitest';
import { anAlias, aRefund } from '#tests/makers/facts.ts';
import { tableOf } from '#web/screens/customers/table-of.ts';

test('rows of many kinds are one table, every field a column, instants readable', () => {
  const alias = anAlias({ alias: '小满', atMs: Date.UTC(2026, 0, 2) });
  const [heads, contact, first, second] = tableOf([{ kind: 'phone', clear: '138' }, alias, aRefund({ exportMs: 0 })]);
  const cell = (row: readonly (string | number)[] | undefined, head: string) => row?.[heads!.indexOf(head)];
  expect(heads).toEqual(expect.arrayContaining(['kind', 'clear', 'alias', 'refundFen', 'atMs']));
  expect([cell(contact, 'clear'), cell(contact, 'alias')]).toEqual(['138', '']);
  expect([cell(first, 'alias'), cell(first, 'atMs')]).toEqual(['小满', '2026-01-02T00:00:00.000Z']);
  expect([cell(second, 'refundFen'), cell(second, 'exportMs')]).toEqual([1000, 0]);
  expect(tableOf([])).toEqual([[]]);
});
