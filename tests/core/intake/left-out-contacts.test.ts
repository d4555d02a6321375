import { expect, it } from 'vitest';
import { leftOutContacts } from '#core/intake/left-out-contacts.ts';
import type { FieldTarget } from '#core/intake/field-target.ts';

const leftOut = (header: readonly string[], columns: readonly FieldTarget[]) =>
  leftOutContacts(header, { format: 'generic', columns }).map(({ column, target }) => [header[column], target]);

it('[IMP9] columns that would give people a name or a number are named while nothing else does', () => {
  const header = ['订单号', '昵称', '手机号', '邮箱', '会员号'];
  expect(leftOut(header, ['order', 'skip', 'skip', 'skip', 'buyer-id'])).toEqual([
    ['昵称', 'nickname'],
    ['手机号', 'phone'],
  ]);
  expect(leftOut(header, ['order', 'skip', 'phone', 'skip', 'skip'])).toEqual([['昵称', 'nickname']]);
  expect(leftOut(header, ['order', 'nickname', 'skip', 'skip', 'buyer-id'])).toEqual([['手机号', 'phone']]);
  expect(leftOut(['订单号', '邮箱'], ['order', 'skip'])).toEqual([['邮箱', 'email']]);
  expect(leftOut(['订单号', '收件人姓名', '备注'], ['order', 'skip', 'skip'])).toEqual([]);
});
