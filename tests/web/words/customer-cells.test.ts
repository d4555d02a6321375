import { expect, test } from 'vitest';
import type { PlatformNumbers } from '#core/identity/platform-numbers.ts';
import type { CustomerRow } from '#core/insight/profile/customer-row.ts';
import { csvText } from '#web/device/csv-text.ts';
import { customerCells, customerHeads } from '#web/words/customer-cells.ts';
import { customerName } from '#web/words/customer-name.ts';

const row: CustomerRow & { readonly numbers: PlatformNumbers } = {
  numbers: { 'platform-id': ['M-7', 'M-9'], openid: ['o-1'], unionid: [], 'external-userid': [] },
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
  expect(cells.slice(14, 18)).toEqual(['', '', '', '']);
});

test('[IDN11] the shop’s own numbers stand beside the id; the nameless are called as on every screen', () => {
  expect(customerCells({ ...row, alias: '' }).slice(0, 7)).toEqual([
    ...['0000000000000001', 'M-7 M-9', 'o-1', '', ''],
    ...[customerName('0000000000000001', ''), '139****2206'],
  ]);
});
