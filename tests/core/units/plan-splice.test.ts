import { expect, test } from 'vitest';
import { mapPlace, planSplice } from '#core/units/plan-splice.ts';

/** Every text of up to four of these letters. */
const texts = ['a', 'b', '👍', '👎'].reduce<string[]>(
  (all, _, __, letters) => {
    return [...new Set(all.flatMap((text) => ['', ...letters].map((letter) => text + letter)))];
  },
  [''],
);

test('any change is found whole, wherever the caret stands', () => {
  for (const [at, before] of texts.entries()) {
    const after = texts[(at * 37 + 11) % texts.length] ?? '';
    for (let caret = 0; caret <= after.length; caret++) {
      const { start, removed, inserted } = planSplice(before, after, caret) ?? { start: 0, removed: 0, inserted: '' };
      expect(before.slice(0, start) + inserted + before.slice(start + removed)).toBe(after);
      expect(inserted.isWellFormed()).toBe(true);
    }
  }
});

test('a place moves with the letters before it', () => {
  expect(mapPlace(3, [{ insert: 'xx' }], 'before')).toBe(5);
  expect(mapPlace(3, [{ retain: 3 }, { insert: 'xx' }], 'before')).toBe(3);
  expect(mapPlace(3, [{ retain: 3 }, { insert: 'xx' }], 'after')).toBe(5);
  expect(mapPlace(3, [{ retain: 1 }, { delete: 5 }], 'before')).toBe(1);
  expect(mapPlace(3, [{ retain: 4 }, { delete: 5 }], 'before')).toBe(3);
});
