import { expect, test } from 'vitest';
import { isOpenToMarketing } from '#core/outreach/is-open-to-marketing.ts';

const open = (states: Readonly<Record<string, 'granted' | 'refused'>>): string[] =>
  ['wecom-1v1', 'manual', 'sms', 'service-account'].filter((channel) =>
    isOpenToMarketing({ consent: (_, one) => ({ state: states[one] ?? 'unknown', source: '', atMs: 0 }) }, 0, channel),
  );

test('[OUT9] a channel is open when it was granted, and one to one refused on none of that kind', () => {
  expect(open({})).toEqual([]);
  expect(open({ 'wecom-1v1': 'granted', sms: 'granted' })).toEqual(['wecom-1v1', 'sms']);
  expect(open({ 'wecom-1v1': 'refused', manual: 'granted', 'service-account': 'granted' })).toEqual([
    'service-account',
  ]);
  expect(open({ 'wecom-1v1': 'granted', manual: 'refused', sms: 'refused' })).toEqual([]);
});
