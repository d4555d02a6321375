import { expect, it } from 'vitest';
import { strongestConsent } from '#core/identity/strongest-consent.ts';
import { gatherConsents } from '#core/intake/gather-consents.ts';
import { intakeOf, nowMs } from './intake-of.ts';

const { lines } = intakeOf(
  [
    '订单号,会员号,支付时间,商品,数量,实付款,同意营销',
    '1,ann,2026-11-01 10:00,牛奶,1,9.90,是',
    '2,ann,2026-11-03 10:00,牛奶,1,9.90,是',
    '3,bob,2026-11-02 10:00,牛奶,1,9.90,是',
    '4,bob,2026-11-01 10:00,牛奶,1,9.90,否',
    '5,cai,2026-11-01 10:00,牛奶,1,9.90,',
  ].join('\n'),
);
const customers = lines.map(({ keys }) => keys[0]?.key.split(':')[1] ?? '');
const at = (day: number): number => Date.parse(`2026-11-0${day}T10:00:00+08:00`);

it('[IMP23] each customer’s word is as old as the latest order that says it; the basis is for the others', () => {
  const stated = { importId: 'i', basis: '会员条款', nowMs };
  expect(gatherConsents(lines, customers, stated, new Set())).toEqual([
    { customer: 'ann', state: 'granted', source: 'import:i', atMs: at(3) },
    { customer: 'bob', state: 'granted', source: 'import:i', atMs: at(2) },
    { customer: 'bob', state: 'refused', source: 'import:i', atMs: at(1) },
    { customer: 'cai', state: 'granted', source: 'basis:会员条款', atMs: nowMs },
  ]);
  expect(gatherConsents(lines, customers, { ...stated, basis: '' }, new Set()).map(({ customer }) => customer)).toEqual(
    ['ann', 'bob', 'bob'],
  );
});

it('[IMP23] a refusal outranks the basis whichever is read first', () => {
  const stated = { importId: 'i', basis: '会员条款', nowMs };
  const settled = new Set<string>();
  const words = [
    ...gatherConsents(lines.slice(4), ['bob'], stated, settled),
    ...gatherConsents(lines.slice(3, 4), ['bob'], stated, settled),
  ];
  expect(words.map(({ state }) => state)).toEqual(['granted', 'refused']);
  expect(strongestConsent(words)).toMatchObject({ state: 'refused', source: 'import:i' });
});
