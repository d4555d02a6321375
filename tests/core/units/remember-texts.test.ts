import { expect, test } from 'vitest';
import { rememberTexts } from '#core/units/remember-texts.ts';

test('[IMP24] a text seen before gives the very same answer, another text its own, however many there are', () => {
  let asked = 0;
  const keyOf = rememberTexts((text) => ({ text, at: asked++ }), 3000);
  const texts = Array.from({ length: 5000 }, (_, at) => `${at % 2 === 0 ? '' : '客'}${at}`);
  const first = texts.map(keyOf);
  expect(first.map(({ text }) => text)).toEqual(texts);
  const again = texts.map((text) => keyOf(` ${text}`.slice(1)));
  expect(again.slice(0, 3000).every((key, at) => key === first[at])).toBe(true);
  expect(again.slice(3000).map(({ text }) => text)).toEqual(texts.slice(3000));
  expect(asked).toBe(7000);
});
