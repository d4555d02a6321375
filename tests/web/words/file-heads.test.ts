import { afterEach, expect, test } from 'vitest';
import { backTestWords } from '#web/words/backtest.ts';
import { catalogueWords } from '#web/words/catalogue.ts';
import { customerHeads } from '#web/words/customer-cells.ts';
import { plainTime } from '#web/words/format.svelte.ts';
import { buyersWords } from '#web/words/insight-buyers.ts';
import { demandWords } from '#web/words/insight-demand.ts';
import { pairingWords } from '#web/words/insight-rules.ts';
import { valueViewWords } from '#web/words/insight-value.ts';
import { journeysWords } from '#web/words/journeys.ts';
import { language } from '#web/words/phrases.svelte.ts';
import { privacyWords } from '#web/words/privacy.ts';

afterEach(() => language.choose('zh-CN'));

test('the columns of every saved file begin with a capital in English', () => {
  language.choose('en');
  const heads = [
    backTestWords().csvHead,
    catalogueWords().csv,
    customerHeads(),
    buyersWords().fileHead,
    demandWords().csvHead,
    pairingWords().csvHead,
    valueViewWords().groupHead,
    valueViewWords().personHead,
    Object.values(journeysWords().csv).flat(),
    privacyWords().audit.heads,
  ].flat();
  expect(heads.filter((head) => !/^[A-Z]/.test(head))).toEqual([]);
});

test('a moment in a file carries its year and sorts as text, in both languages', () => {
  for (const chosen of ['zh-CN', 'en'] as const) {
    language.choose(chosen);
    expect(plainTime(Date.parse('2026-11-23T05:07:00Z'))).toBe('2026-11-23 13:07');
  }
});
