import { expect, it } from 'vitest';
import { shownCell } from '#core/intake/shown-cell.ts';

it('[IMP9] contact details and names are masked before anybody has decided what they are', () => {
  expect(shownCell('收件人手机', '13800001234')).toBe('138****1234');
  expect(shownCell('随便', '+8613800001234')).toBe('+86****1234');
  expect(shownCell('Email', 'ann@example.com')).toBe('a***');
  expect(shownCell('收件人姓名', '林小满')).toBe('林***');
  expect(shownCell('收件人手机', '138****1234')).toBe('138****1234');
  expect(shownCell('商品名称', '高筋面粉')).toBe('高筋面粉');
  expect(shownCell('订单号', '3701001')).toBe('3701001');
});
