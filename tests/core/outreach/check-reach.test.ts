import { describe, expect, it } from 'vitest';
import { createLedger } from '#core/datasets/create-ledger.ts';
import type { Consent } from '#core/datasets/fact.ts';
import { channelIds } from '#core/outreach/channel.ts';
import { channels } from '#core/outreach/channels.data.ts';
import { type ReachQuestion, checkReach, weeklyCap } from '#core/outreach/check-reach.ts';
import { afterQuietHours, isQuiet } from '#core/outreach/quiet-hours.ts';
import { msFromDay } from '#core/units/business-day.ts';
import { takeFacts } from '#tests/makers/demo-ledger.ts';
import { aConsent, anOrderLine } from '#tests/makers/facts.ts';

const day = 20_779;
const noon = msFromDay(day) + 12 * 3_600_000;
const late = msFromDay(day) + 22.5 * 3_600_000;

const ask = (consents: readonly Partial<Consent>[], question: Partial<ReachQuestion> = {}) => {
  const ledger = createLedger();
  takeFacts(ledger, [anOrderLine(), ...consents.map((consent) => aConsent({ channel: 'wecom-1v1', ...consent }))], 'c');
  return checkReach(ledger, {
    customer: 0,
    purpose: 'marketing',
    atMs: noon,
    actedMs: null,
    sentThisWeek: 0,
    ...question,
  });
};

describe('checkReach', () => {
  it('[OUT1] a refusal wins over a later grant and over a basis', () => {
    expect(
      ask([
        { state: 'refused', atMs: 1 },
        { channel: 'manual', state: 'granted', source: 'basis:contract', atMs: 9 },
      ]),
    ).toEqual({ kind: 'closed', reason: 'refused' });
    expect(ask([{ state: 'refused', atMs: 1 }])).toEqual({ kind: 'closed', reason: 'refused' });
  });
  it('[OUT2] unknown is not a yes for marketing; a recorded basis is', () => {
    expect(ask([])).toEqual({ kind: 'closed', reason: 'no-consent' });
    expect(ask([{ channel: 'manual', source: 'basis:members asked at the till' }])).toMatchObject({
      kind: 'open',
      channel: 'manual',
      source: 'basis:members asked at the till',
    });
  });
  it('[OUT3] a service message needs no grant, but a refusal of service stops it', () => {
    expect(ask([], { purpose: 'service' })).toMatchObject({ kind: 'open' });
    expect(ask([{ purpose: 'service', state: 'refused' }], { purpose: 'service' })).toEqual({
      kind: 'closed',
      reason: 'refused',
    });
  });
  it('[OUT10] through an endpoint its own channel decides, beside refusals of one-to-one and a recorded basis', () => {
    const sms = { through: 'sms' as const };
    expect(ask([{}], sms)).toEqual({ kind: 'closed', reason: 'no-consent' });
    expect(ask([{ channel: 'sms' }], sms)).toMatchObject({ kind: 'open', channel: 'sms' });
    expect(ask([{ channel: 'manual', source: 'basis:till' }], sms)).toMatchObject({
      channel: 'sms',
      source: 'basis:till',
    });
    expect(ask([{ channel: 'sms' }, { state: 'refused' }], sms)).toEqual({ kind: 'closed', reason: 'refused' });
    expect(ask([{ channel: 'sms', state: 'refused' }])).toEqual({ kind: 'closed', reason: 'no-consent' });
    expect(ask([], { ...sms, purpose: 'service' })).toMatchObject({ kind: 'open', channel: 'sms' });
    const justHere = { atMs: late, actedMs: late - 60_000 };
    expect(ask([{}], justHere)).toMatchObject({ notBeforeMs: late });
    expect(ask([{ channel: 'sms' }], { ...justHere, ...sms })).toMatchObject({
      notBeforeMs: msFromDay(day + 1) + 8 * 3_600_000,
    });
  });
  it('[OUT4] in quiet hours marketing waits until 08:00', () => {
    expect(ask([{}], { atMs: late })).toMatchObject({ kind: 'open', notBeforeMs: msFromDay(day + 1) + 8 * 3_600_000 });
    expect([
      isQuiet(msFromDay(day) + 8 * 3_600_000),
      isQuiet(msFromDay(day) + 8 * 3_600_000 - 1),
      isQuiet(late),
    ]).toEqual([false, true, true]);
    expect(afterQuietHours(msFromDay(day) + 3_600_000)).toBe(msFromDay(day) + 8 * 3_600_000);
    expect(afterQuietHours(noon)).toBe(noon);
  });
  it('[OUT5] within an hour of an own act it may go out in quiet hours', () => {
    expect(ask([{}], { atMs: late, actedMs: late - 3_600_000 })).toMatchObject({ notBeforeMs: late });
    expect(ask([{}], { atMs: late, actedMs: late - 3_600_001 })).toMatchObject({
      notBeforeMs: msFromDay(day + 1) + 8 * 3_600_000,
    });
  });
  it('[OUT6] the weekly cap closes', () => {
    expect(ask([{}], { sentThisWeek: weeklyCap - 1 })).toMatchObject({ kind: 'open' });
    expect(ask([{}], { sentThisWeek: weeklyCap })).toEqual({ kind: 'closed', reason: 'weekly-cap' });
  });
  it('[OUT7] by hand looks at every one-to-one channel', () => {
    expect(ask([{ channel: 'manual', state: 'refused' }, { state: 'granted' }])).toEqual({
      kind: 'closed',
      reason: 'refused',
    });
    expect(ask([{ channel: 'manual' }])).toMatchObject({ kind: 'open', channel: 'manual' });
    expect(ask([{ channel: 'sms' }])).toEqual({ kind: 'closed', reason: 'no-consent' });
  });
  it('[OUT8] every channel says where and when it was read', () => {
    expect(channels.map(({ id }) => id)).toEqual([...channelIds]);
    for (const { readOn, source } of channels) {
      expect(readOn).toMatch(/^\d{4}-\d\d-\d\d$/);
      expect(source).not.toBe('');
    }
  });
});
