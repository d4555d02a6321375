import { expect, test } from 'vitest';
import type { Fact } from '#core/datasets/fact.ts';
import { explainPreference, hourShares } from '#core/insight/preference/explain-preference.ts';
import { fitPreference } from '#core/insight/preference/fit-preference.ts';
import { type PreferenceHistory, hourOfWeek, readPreferences } from '#core/insight/preference/preference-history.ts';
import { defaultPreferenceParameters } from '#core/insight/preference/preference-parameters.ts';
import { decisionId } from '#core/journeys/decision-id.ts';
import { seededRandom } from '#core/statistics/seeded-random.ts';
import { dayFromMs, dayMs, msFromDay } from '#core/units/business-day.ts';
import { aBehaviour, aDecision, anOrderLine, atDay } from '#tests/makers/facts.ts';
import { aFakeLedger } from '#tests/makers/fake-ledger.ts';

const nobody: PreferenceHistory = { segment: 'new', channels: [], contents: [], hours: [] };
const times = <Value>(n: number, value: Value): Value[] => Array.from({ length: n }, () => value);
const sent = (channel: string, hits: number, trials: number) =>
  Array.from({ length: trials }, (_, n) => ({ channel, isHit: n < hits }));

/** A shop of `people` whose answers on sms are all alike, or differ from person to person. */
const aShop = (people: number, isVaried: boolean) => {
  const random = seededRandom(3);
  return Array.from({ length: people }, (_, n): PreferenceHistory => {
    const rate = isVaried ? (n % 2 === 0 ? 0.05 : 0.95) : 0.5;
    return {
      segment: n % 3 === 0 ? 'vip' : 'active',
      channels: Array.from({ length: 12 }, () => ({ channel: 'sms', isHit: random() < rate })),
      contents: [],
      hours: Array.from({ length: 9 }, () => (isVaried && n % 2 === 0 ? 8 : 20) + 24 * Math.floor(random() * 7)),
    };
  });
};

test('[PREF1] a rate lies between own and segment, nearer the own the more there is', () => {
  const parameters = fitPreference(aShop(60, true));
  const rate = (trials: number): number =>
    explainPreference({ ...nobody, segment: 'vip', channels: sent('sms', trials, trials) }, parameters).channels
      .options[0]?.share ?? 0;
  const rates = [0, 1, 3, 10, 50].map(rate);
  expect(rates).toEqual([...rates].sort((a, b) => a - b));
  expect(rates[0]).toBeGreaterThan(0.3);
  expect(rates[0]).toBeLessThan(0.7);
  expect(rates[4]).toBeGreaterThan(0.95);
});

test('[PREF2] the answer says whose voice it is', () => {
  const parameters = fitPreference(aShop(60, true));
  const voice = (segment: string, own: number): string =>
    explainPreference({ ...nobody, segment, channels: sent('sms', own, own) }, parameters).channels.voice;
  expect([voice('vip', 40), voice('vip', 1), voice('nobody', 1)]).toEqual(['own', 'segment', 'shop']);
});

test('[PREF3] without enough in the shop the evidence is insufficient', () => {
  const few = fitPreference([{ ...nobody, channels: sent('sms', 1, 4), hours: times(7, 20) }]);
  const explained = explainPreference(nobody, few);
  expect(explained.channels).toEqual({ voice: 'insufficient-evidence', own: 0, shop: 4, needed: 30, options: [] });
  expect(explained.time).toEqual({ voice: 'insufficient-evidence', own: 0, shop: 7, needed: 30, best: null });
  expect(explainPreference(nobody, defaultPreferenceParameters).contents.options).toEqual([]);
});

test('[PREF4] strengths are small where customers differ and large where they are alike', () => {
  const differ = fitPreference(aShop(200, true));
  const alike = fitPreference(aShop(200, false));
  expect(differ.channels.strength).toBeLessThanOrEqual(4);
  expect(alike.channels.strength).toBeGreaterThanOrEqual(64);
  expect(differ.hours.strength).toBeLessThan(alike.hours.strength);
});

const anyChannel = { channel: () => true };

test('[PREF5] hours lie among the allowed ones and say how many acts fell into them', () => {
  const parameters = fitPreference(aShop(60, true));
  const own = { ...nobody, hours: [...times(14, 20), ...times(5, 9)] };
  const { time } = explainPreference(own, parameters);
  expect(time).toMatchObject({ voice: 'own', own: 19, best: { weekday: 0, fromHour: 20, toHour: 21, hits: 14 } });
  const daytime = explainPreference(own, parameters, { ...anyChannel, hour: (hour) => hour % 24 < 18 }).time.best;
  expect(daytime?.fromHour).toBe(8);
  expect((daytime?.toHour ?? 0) - (daytime?.fromHour ?? 0)).toBeLessThanOrEqual(3);
  expect(explainPreference(own, parameters, { ...anyChannel, hour: () => false }).time.best).toBeNull();
  expect(hourShares(own, parameters).reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 9);
});

test('[PREF11] of the channels the best allowed one comes first, and none where none is', () => {
  const parameters = fitPreference(aShop(60, true));
  const own = { ...nobody, channels: [...sent('sms', 9, 10), ...sent('community', 4, 10)] };
  const options = (allowed: readonly string[]): string[] =>
    explainPreference(own, parameters, {
      hour: () => true,
      channel: (channel) => allowed.includes(channel),
    }).channels.options.map(({ option }) => option);
  expect(options(['sms', 'community'])).toEqual(['sms', 'community']);
  expect(options(['community'])).toEqual(['community']);
  expect(options([])).toEqual([]);
});

const someFacts: Fact[] = [
  aDecision({ decision: 'a', state: 'confirmed', channel: 'sms', campaign: 'c-1' as never, atMs: atDay(10) }),
  aDecision({ decision: 'b', state: 'confirmed', channel: 'wecom-1v1', atMs: atDay(30) }),
  aDecision({ decision: 'c', state: 'confirmed', channel: 'community', atMs: atDay(58) }),
  aDecision({ decision: 'd', state: 'planned', channel: 'sms', atMs: atDay(1) }),
  aBehaviour({ id: 'e-1', name: 'story-opened', campaign: 'c-1' as never, atMs: atDay(12) }),
  aBehaviour({ id: 'e-2', name: 'product-shown', atMs: atDay(13) }),
  anOrderLine({ order: 'o-1', atMs: atDay(33) }),
  anOrderLine({ order: 'o-1', item: 'eggs', atMs: atDay(33) }),
  anOrderLine({ order: 'o-2', status: 'closed', atMs: atDay(34) }),
];

test('[PREF6, PREF7] from facts: answers within seven days, nothing after the day, in any order', () => {
  const read = (facts: readonly Fact[], at: number) => {
    const ledger = { ...aFakeLedger(facts), campaigns: ['c-1'] };
    // The fake ledger knows no campaigns: the click is of the first.
    ledger.behaviours.campaign.fill(0);
    return readPreferences(ledger, 0, dayFromMs(atDay(at)), 'vip');
  };
  const history = read(someFacts, 60);
  expect([...history.channels].sort((a, b) => (a.channel < b.channel ? -1 : 1))).toEqual([
    { channel: 'sms', isHit: true },
    { channel: 'wecom-1v1', isHit: true },
  ]);
  expect(history.contents).toEqual(['story']);
  expect(history.hours).toEqual([hourOfWeek(atDay(33)), hourOfWeek(atDay(12))]);
  expect(hourOfWeek(atDay(0))).toBe(3 * 24 + 12);
  expect(hourOfWeek(msFromDay(dayFromMs(atDay(0)) + 1) - 1)).toBe(3 * 24 + 23);
  const later = read(someFacts, 70).channels.find(({ channel }) => channel === 'community');
  expect(later).toEqual({ channel: 'community', isHit: false });
  expect(read(someFacts, 11).channels).toEqual([]);
  expect(read(someFacts, 11).hours).toEqual([]);
  const back = read([...someFacts].reverse(), 60);
  expect(fitPreference([back])).toEqual(fitPreference([history]));
  expect(dayMs).toBe(86_400_000);
});

test('[PREF7, PREF8] parameters survive JSON and do not depend on the order of customers', () => {
  const shop = aShop(80, true);
  const parameters = fitPreference(shop);
  expect(JSON.parse(JSON.stringify(parameters))).toEqual(parameters);
  const { strength, shop: counts } = fitPreference([...shop].reverse()).hours;
  expect([strength, counts]).toEqual([parameters.hours.strength, parameters.hours.shop]);
  expect(JSON.stringify(parameters).length).toBeLessThan(20_000);
});

test('[PREF9] what was opened, and what was sent and answered, tells of its kind', () => {
  const coupon = { state: 'confirmed', channel: 'sms', coupon: '85' } as const;
  const facts: Fact[] = [
    aDecision({ ...coupon, decision: 'c-1/watched/x', atMs: atDay(10) }),
    aDecision({ ...coupon, decision: 'c-2/watched/x', atMs: atDay(30) }),
    aDecision({
      ...coupon,
      decision: decisionId('c-3', 'follow-up/ordered', 'x', 'guide'),
      coupon: '',
      atMs: atDay(12),
    }),
    aDecision({
      ...coupon,
      decision: decisionId('c-3', 'follow-up/ordered', 'x', 'confirm'),
      coupon: '',
      atMs: atDay(12),
    }),
    anOrderLine({ atMs: atDay(14) }),
    aBehaviour({ id: 'e-1', name: 'story-opened', atMs: atDay(50) }),
    aBehaviour({ id: 'e-2', name: 'clip-watched', atMs: atDay(51) }),
  ];
  const { contents } = readPreferences(aFakeLedger(facts), 0, dayFromMs(atDay(60)), 'vip');
  expect([...contents].sort()).toEqual(['knowledge', 'promotion', 'story']);
});
