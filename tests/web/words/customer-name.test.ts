import { afterEach, expect, test } from 'vitest';
import { customerName } from '#web/words/customer-name.ts';
import { language } from '#web/words/phrases.svelte.ts';

afterEach(() => language.choose('zh-CN'));

test('a customer without an alias is named by the end of the id, never by nothing', () => {
  language.choose('zh-CN');
  expect(customerName('c-8f21ab', '陈晓雯')).toBe('陈晓雯');
  expect(customerName('c-8f21ab', '')).toBe('顾客 21ab');
  language.choose('en');
  expect(customerName('c-8f21ab', '')).toBe('Customer 21ab');
});
