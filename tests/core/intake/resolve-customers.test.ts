import { createHmac } from 'node:crypto';
import { expect, it } from 'vitest';
import type { CandidateKey } from '#core/intake/candidate-line.ts';
import { hashKey } from '#core/intake/hash-key.ts';
import { createCustomerResolver, erasedOwner } from '#core/intake/resolve-customers.ts';
import { intakeOf } from './intake-of.ts';

const platform = {
  utf8: (text: string) => new TextEncoder().encode(text),
  hmac: async (bytes: Uint8Array) => new Uint8Array(createHmac('sha256', 'workspace').update(bytes).digest()),
};
const resolver = (known: Readonly<Record<string, string>> = {}, asked: CandidateKey[] = []) => {
  let made = 0;
  return createCustomerResolver({
    hash: (key) => hashKey(platform, key),
    ask: async (keys) => {
      asked.push(...keys);
      return keys.map(({ key }) => known[key] ?? '');
    },
    newCustomer: () => `${++made}`.padStart(16, '0'),
  });
};
const lines = (
  rows: readonly string[],
  header = '订单号,收件人手机,微信openid,企业微信加密id,支付时间,商品编码,数量,商品实付金额',
) =>
  intakeOf([header, ...rows].join('\n'), (mapping) => ({
    ...mapping,
    columns: header
      .split(',')
      .map((name, column) => (name === '收件人手机' ? 'phone' : (mapping.columns[column] ?? 'skip'))),
  })).lines;
const openid = (letter: string): string => `o${letter.repeat(27)}`;

it('[IMP24] rows that share a strong key share a customer, and every key is linked', async () => {
  const resolved = await resolver().resolve(
    lines([
      `1,13800001111,${openid('a')},,2026-01-01 10:00,A,1,5`,
      `2,,${openid('a')},wmabcdefghijklmnopqrstuv,2026-01-02 10:00,A,1,5`,
      `3,13800002222,,,2026-01-03 10:00,A,1,5`,
    ]),
  );
  expect(resolved.customers[0]).toBe(resolved.customers[1]);
  expect(resolved.customers[2]).not.toBe(resolved.customers[0]);
  expect(resolved.links.map(({ keyKind, customer }) => [keyKind, customer === resolved.customers[0]])).toEqual([
    ['openid', true],
    ['phone', true],
    ['external-userid', true],
    ['phone', false],
  ]);
});

it('[IMP24] a known key finds its customer; a buyer’s number belongs to its shop', async () => {
  const asked: CandidateKey[] = [];
  const resolved = await resolver({ 'orders:77': 'feedfeedfeedfeed' }, asked).resolve(
    lines(
      ['1,77,2026-01-01 10:00,A,1,5', '2,78,2026-01-01 10:00,A,1,5'],
      '订单号,会员号,支付时间,商品编码,数量,商品实付金额',
    ),
  );
  expect(resolved.customers).toEqual(['feedfeedfeedfeed', '0000000000000001']);
  expect(asked).toEqual([
    { kind: 'platform-id', key: 'orders:77' },
    { kind: 'platform-id', key: 'orders:78' },
  ]);
});

it('[IMP25] a masked phone never joins two orders, and the same order finds its customer again', async () => {
  const rows = [
    '1,138****1111,,,2026-01-01 10:00,A,1,5',
    '1,138****1111,,,2026-01-01 10:00,B,1,5',
    '2,138****1111,,,2026-01-02 10:00,A,1,5',
  ];
  const first = await resolver().resolve(lines(rows));
  expect(first.customers[0]).toBe(first.customers[1]);
  expect(first.customers[0]).not.toBe(first.customers[2]);
  expect(first.links.filter(({ keyKind }) => keyKind === 'masked-phone')).toHaveLength(2);
  const known = Object.fromEntries(
    first.links.filter(({ keyKind }) => keyKind === 'platform-id').map(({ key, customer }) => [key, customer]),
  );
  expect((await resolver(known).resolve(lines(rows))).customers).toEqual(first.customers);
});

it('[IMP26] phones and emails leave only hashed, equal ones equal', async () => {
  const asked: CandidateKey[] = [];
  const resolved = await resolver({}, asked).resolve(
    lines(['1,13800001111,,,2026-01-01 10:00,A,1,5', '2,+86 138-0000-1111,,,2026-01-02 10:00,A,1,5']),
  );
  expect(resolved.customers[0]).toBe(resolved.customers[1]);
  expect(JSON.stringify([asked, resolved.links])).not.toContain('138');
  expect(resolved.links).toHaveLength(1);
  expect(resolved.links[0]?.key).toMatch(/^[0-9a-f]{64}$/);
  expect(resolved.contacts).toEqual([{ customer: resolved.customers[0], kind: 'phone', clear: '+8613800001111' }]);
  expect(resolved.aliases).toEqual([
    { customer: resolved.customers[0], alias: '', maskedPhone: '138****1111', atMs: expect.any(Number) },
  ]);
});

it('[ERA9] lines of somebody erased stay out, those too that only another of their keys names', async () => {
  const rows = [
    '1,13800001111,,,2026-01-01 10:00,A,1,5',
    '2,13800002222,,,2026-01-02 10:00,A,1,5',
    '3,13800001111,,,2026-01-03 10:00,B,1,5',
  ];
  const first = await resolver().resolve(lines(rows));
  const phoneKey = first.links[0]?.key ?? '';
  const again = await resolver({ [phoneKey]: erasedOwner }).resolve(lines(rows));
  expect(again.customers.map((customer) => customer === '')).toEqual([true, false, true]);
  expect(JSON.stringify(again)).not.toContain('13800001111');
  expect(again.links.map(({ customer }) => customer)).toEqual([again.customers[1]]);
});

it('[IMP24] batches given ahead, answered in any order, come out as when given one by one', async () => {
  const batches = [
    [`1,13800001111,${openid('a')},,2026-01-01 10:00,A,1,5`, `2,13800003333,,,2026-01-01 10:00,A,1,5`],
    [`3,,${openid('a')},wmabcdefghijklmnopqrstuv,2026-01-02 10:00,A,1,5`, `4,13800002222,,,2026-01-02 10:00,A,1,5`],
    // Whoever has the phone asked to be forgotten, and this row says whose it is.
    [`5,13800002222,${openid('z')},,2026-01-03 10:00,A,1,5`, `6,13800002222,,,2026-01-03 10:00,A,1,5`],
    [`7,13800003333,${openid('a')},,2026-01-04 10:00,A,1,5`, `8,13800002222,,,2026-01-04 10:00,A,1,5`],
  ].map((rows) => lines(rows));
  const start = (waits: readonly number[]) => {
    let [made, asked] = [0, 0];
    return createCustomerResolver({
      hash: (key) => hashKey(platform, key),
      ask: async (keys) => {
        await new Promise((resolve) => setTimeout(resolve, waits[asked++] ?? 0));
        return keys.map(({ key }) => (key === openid('z') ? erasedOwner : ''));
      },
      newCustomer: () => `${++made}`.padStart(16, '0'),
    });
  };
  const single = start([]);
  const oneByOne = [];
  for (const batch of batches) oneByOne.push(await single.resolve(batch));
  expect(oneByOne[3]?.customers[1]).toBe('');
  const ahead = start([15, 5, 10, 0]);
  expect(await Promise.all(batches.map((batch) => ahead.resolve(batch)))).toEqual(oneByOne);
});
