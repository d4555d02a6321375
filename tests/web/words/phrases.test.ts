import { expect, test } from 'vitest';
import { languageOf } from '#web/words/phrases.svelte.ts';

test.each([
  [['zh-TW', 'en'], 'zh-CN'],
  [['en-GB', 'zh'], 'en'],
  [['fr-FR', 'fr', 'en-US', 'zh-CN'], 'en'],
  [['ja'], 'zh-CN'],
  [[], 'zh-CN'],
  [['en', 'zh-CN', 'zh'], 'en'],
])('a browser that asks for %j is answered in %s', (wanted, spoken) => {
  expect(languageOf(wanted)).toBe(spoken);
});
