import { afterEach, beforeEach, expect, test } from 'vitest';
import { demoTeam } from '#core/demo/campaigns.data.ts';
import { campaignsWords } from '#web/words/campaigns.ts';
import { journeysWords } from '#web/words/journeys.ts';
import { livePasteWords } from '#web/words/live-paste.ts';
import { parametersWords } from '#web/words/parameters.ts';
import { language } from '#web/words/phrases.svelte.ts';
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
