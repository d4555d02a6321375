import { afterEach, beforeEach, expect, test } from 'vitest';
import { demoTeam } from '#core/demo/campaigns.data.ts';
import { campaignsWords } from '#web/words/campaigns.ts';
import { customersWords } from '#web/words/customers.ts';
import { demandWords } from '#web/words/insight-demand.ts';
import { valueViewWords } from '#web/words/insight-value.ts';
import { journeysWords } from '#web/words/journeys.ts';
import { livePasteWords } from '#web/words/live-paste.ts';
import { parametersWords } from '#web/words/parameters.ts';
import { language } from '#web/words/phrases.svelte.ts';
import { segmentsWords } from '#web/words/segments.ts';
import { welcomeWords } from '#web/words/welcome.ts';

beforeEach(() => {
  language.current = 'en';
});
afterEach(() => {
  language.current = 'zh-CN';
});

test('one of a thing is said in the singular', () => {
  const said = [
    campaignsWords().summary(1, '0:10'),
    welcomeWords().demo.counts(1, 1),
    parametersWords().from(1, 1),
    livePasteWords().pasteRead('1'),
    journeysWords().leftOut([{ reason: 'only-gifts', people: 1 }]),
  ];
  expect(said.map((text) => text.replaceAll('\u00a0', ' '))).toEqual([
    '1 product · 0:10 in all',
    '1 customer, 1 order',
    'From 1 order line of 1 customer',
    '1 row read',
    '1 left out: 1 with gifts only',
  ]);
});

test('a visitor of the demo has the name its plans give tasks to, in either language', () => {
  const english = welcomeWords().demo.member;
  language.current = 'zh-CN';
  expect(welcomeWords().demo.member).toEqual(english);
  for (const [, name, role] of demoTeam.slice(0, 3)) expect(english[role]).toBe(name);
});

test('a band between equal cut values is no band, and hardly any purchase is not none', () => {
  const { days } = segmentsWords();
  expect([days(0, 4), days(5, 9), days(5, 5), days(6, 5), days(10, null)]).toEqual([
    '4\u00a0d',
    '5–9',
    '5',
    '—',
    'over 9\u00a0d',
  ]);
  const { times } = valueViewWords();
  expect([times(0.04, 1), times(0, 1), times(1, 1), times(1.24, 1)]).toEqual([
    'under 0.1 purchases',
    '0 purchases',
    '1 purchase',
    '1.2 purchases',
  ]);
});

test('[DMD11] a reason says which way it points, whatever it does', () => {
  const { why } = demandWords();
  expect([
    why({ kind: 'showings', value: 0.91, isAbove: false }),
    why({ kind: 'last-week', value: 1.08 }),
    why({ kind: 'promotion', value: 2.02, isAbove: true }),
    why({ kind: 'price', value: 0.9, isAbove: true }),
  ]).toEqual([
    'shown on air less than usual: −9%',
    "after last week's price and showings: +8%",
    'counts as an offer: +102%',
    'price above the usual: −10%',
  ]);
});

test('[CYC22] a card says how much of the own past of the shop stands behind a window', () => {
  const { behind } = customersWords().card;
  const window = { returns: 0.8754, shopGaps: 25, calibratedOn: 0, missingPurchases: 0 };
  expect(behind(window)).toBe(
    '88% of such purchases are taken to have a next one: built-in figures, as the whole shop has shown 25\u00a0intervals and 30 are needed; too few forecasts of the past to correct it by',
  );
  expect(behind({ ...window, missingPurchases: 1 })).toMatch(/30 are needed$/);
  expect(behind({ ...window, shopGaps: 1200, calibratedOn: 640 })).toContain(
    'learnt from the 1,200 intervals of the whole shop; corrected by 640 forecasts of the past',
  );
});
