import { expect, test } from 'vitest';
import type { CustomerRow } from '#web/engine/insight/customers.messages.ts';
import { csvLine, customerCells } from '#web/screens/customers/customers-csv.ts';
import { ruleOfFilter } from '#web/screens/customers/rule-of-filter.ts';
import { noFilter } from '#web/screens/customers/customers.svelte.ts';
import { beliefsWords } from '#web/words/beliefs.ts';

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
  const line = csvLine(customerCells(row, beliefsWords()));
  expect(line).toContain(`"'=HYPERLINK(""x"")"`);
  expect(line).toContain('"鲜牛奶, 大"');
  expect(line).toContain('6284.00,23,2026-01-01,0.03');
  expect(line.endsWith('\r\n')).toBe(true);
});

test('without evidence the window stays empty', () => {
  const cells = customerCells(
    { ...row, next: { ...row.next!, p10: NaN, p50: NaN, p90: NaN, evidence: 'insufficient-evidence' } },
    beliefsWords(),
  );
  expect(cells.slice(10, 14)).toEqual(['', '', '', '']);
});

test('a filter becomes the text of a rule', () => {
  expect(ruleOfFilter(noFilter, 'zh')).toBe('');
  expect(ruleOfFilter({ ...noFilter, names: ['vip', 'new'], due: 'due' }, 'zh')).toBe(
    '分层 = (VIP, 新客)\n并且 今天在复购期',
  );
  expect(ruleOfFilter({ ...noFilter, tag: '烘焙爱好者', rule: 'orders >= 3' }, 'en')).toBe(
    'orders >= 3\nand tag = 烘焙爱好者',
  );
});
