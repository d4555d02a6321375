import { expect, test } from 'vitest';
import type { CustomerRow } from '#core/insight/profile/customer-row.ts';
import { csvText } from '#web/device/csv-text.ts';
import { customerCells, customerHeads } from '#web/words/customer-cells.ts';

const row: CustomerRow = {
  id: '0000000000000001',
  alias: '=HYPERLINK("x")',
  maskedPhone: '139****2206',
  rfm: 'vip',
  stage: 'loyal',
  netFen: 628_400,
  orders: 23,
  lastDay: 20_454,
  churn60: 0.03,
  next: {
    product: '鲜牛奶, 大',
    category: '',
    p10: 20_450.2,
    p50: 20_460,
    p90: 20_470,
    within14: 0.92,
    evidence: 'own',
    purchases: 7,
  },
};

test('cells are quoted where needed, and a name that looks like a formula is not one', () => {
  expect(customerHeads()).toHaveLength(customerCells(row).length);
  const line = csvText([customerCells(row)]);
  expect(line).toContain(`"'=HYPERLINK(""x"")"`);
  expect(line).toContain('"鲜牛奶, 大"');
  expect(line).toContain('6284.00,23,2026-01-01,0.03');
  expect(line.endsWith('\r\n')).toBe(true);
});

test('without evidence the window stays empty', () => {
  const cells = customerCells({
    ...row,
    next: { ...row.next!, p10: NaN, p50: NaN, p90: NaN, evidence: 'insufficient-evidence' },
  });
  expect(cells.slice(10, 14)).toEqual(['', '', '', '']);
});
