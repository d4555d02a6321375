import { expect, test } from 'vitest';
import { namedAddress } from '#web/screens/settings/named-address.ts';

test('a page opened by this computer’s number is offered under its name, with its port', () => {
  expect(namedAddress('http://127.0.0.1:4747/brand/settings#me')).toBe('http://localhost:4747/brand/settings#me');
  expect(namedAddress('http://[::1]:4747/brand/settings')).toBe('http://localhost:4747/brand/settings');
  expect(namedAddress('http://localhost:4747/brand/settings')).toBeNull();
  expect(namedAddress('https://192.168.1.7:4747/brand/settings')).toBeNull();
});
