import { expect, test } from 'vitest';
import { supportLine } from '#web/shell/support-line.ts';

test('the line for support names the error, its message without data, a number for it and the build', () => {
  const line = supportLine(new TypeError("Cannot read 'name' of “李素芬” lin@example.com 13812345678\nat x"), '1732');
  expect(line).toMatch(/^TypeError: Cannot read … of … … … · [0-9a-f]{8} · 1732$/);
  expect(supportLine(new Error('https://svelte.dev/e/each_key_duplicate'), 'b')).toContain(
    'Error: https://svelte.dev/e/each_key_duplicate · ',
  );
  expect(supportLine('客户', 'b')).toMatch(/^string: … · [0-9a-f]{8} · b$/);
  expect(supportLine(new Error('one'), 'b')).not.toBe(supportLine(new Error('two'), 'b'));
});
