import { expect, test } from 'vitest';
import { ruleOfFilter } from '#web/screens/customers/rule-of-filter.ts';
import { noFilter } from '#web/screens/customers/customers.svelte.ts';

test('a filter becomes the text of a rule', () => {
  expect(ruleOfFilter(noFilter, 'zh')).toBe('');
  expect(ruleOfFilter({ ...noFilter, names: ['vip', 'new'], due: 'due' }, 'zh')).toBe(
    '分层 = (VIP, 新客)\n并且 今天在复购期',
  );
  expect(ruleOfFilter({ ...noFilter, tag: '烘焙爱好者', rule: 'orders >= 3' }, 'en')).toBe(
    'orders >= 3\nand tag = 烘焙爱好者',
  );
});
