import { afterEach, expect, test } from 'vitest';
import { starterTags } from '#core/catalogue/tags.data.ts';
import { tagOfName } from '#core/catalogue/tag-of-name.ts';
import { language } from '#web/words/phrases.svelte.ts';
import { tagName } from '#web/words/tag-name.ts';

afterEach(() => {
  language.current = 'zh-CN';
});

test('a starter tag written by its name, in either language and case, is that tag', () => {
  for (const chosen of ['zh-CN', 'en'] as const) {
    language.current = chosen;
    for (const { id } of starterTags) {
      expect(tagOfName(tagName(id))).toBe(id);
      expect(tagOfName(tagName(id).toUpperCase()).toUpperCase()).toBe(id.toUpperCase());
    }
  }
});

test('any other tag is called as somebody wrote it', () => {
  language.current = 'en';
  expect(tagName('周年店庆')).toBe('周年店庆');
  expect(tagOfName('Anniversary')).toBe('Anniversary');
});
