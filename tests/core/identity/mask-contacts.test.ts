import * as Y from 'yjs';
import { expect, test } from 'vitest';
import { readShow } from '#core/campaigns/show.doc.ts';
import { pushLine } from '#core/campaigns/suggestions.doc.ts';
import { hasContact, maskContacts } from '#core/identity/mask-contacts.ts';
import { parseComments } from '#core/live/parse-comments.ts';
import { parseLiveEvent } from '#core/live/parse-live-event.ts';

test.each([
  ['牛腩要炖多久？我电话13812345678', '牛腩要炖多久？我电话***'],
  ['138 1234 5678 或 138-1234-5678', '*** 或 ***'],
  ['+86 13812345678，８６１３８１２３４５６７８', '+86 ***，***'],
  ['call 010-66886688', 'call 010-***'],
  ['QQ 8123456 / 身份证11010519491231002X', 'QQ *** / 身份证***'],
  ['mail li.he+a@example.com.cn please', 'mail *** please'],
])('[IDN10] %s', (text, masked) => {
  expect(maskContacts(text)).toBe(masked);
  expect(hasContact(text)).toBe(true);
});

test.each(['66666666666', '¥1,299.00 2026-11-23 20:14', '2.5kg×12, 950ml', '1 3 5 号链接', '@豆妈 好吃', '100000份'])(
  '[IDN10] %s stays',
  (text) => expect(maskContacts(text)).toBe(text),
);

test('[IDN10] comments, nicknames and pushed lines enter without contact details', () => {
  const text = '我电话13812345678';
  const envelope = { specversion: '1.0', source: 's', id: 'e', type: 'Comment Posted' };
  const event = parseLiveEvent({ ...envelope, data: { text, nickname: 'a@b.cn' } }, 0);
  expect(event).toMatchObject({ value: { text: '我电话***', nickname: '***' } });
  const pasted = parseComments(`20:14:05 13812345678 ${text}\n{"nick":"豆妈","text":"${text}"}`, 0);
  expect(pasted.events.map((each) => [each.nickname, each.text])).toEqual([
    ['***', '我电话***'],
    ['豆妈', '我电话***'],
  ]);
  expect(JSON.stringify(pasted)).not.toContain('13812345678');
  const doc = new Y.Doc();
  pushLine(doc, { id: 'l', text, sourceFact: '', from: 'm', askers: 1, atMs: 0 });
  expect(readShow(doc).pushed[0]?.text).toBe('我电话***');
});
