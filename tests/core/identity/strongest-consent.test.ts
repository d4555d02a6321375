import { expect, test } from 'vitest';
import { type ConsentWord, strongestConsent } from '#core/identity/strongest-consent.ts';

const word = (state: ConsentWord['state'], atMs: number, source = 'message'): ConsentWord => ({ state, atMs, source });

test('[IDN6] refusal wins over any grant, the latest of equals is shown, silence is unknown', () => {
  expect(strongestConsent([])).toEqual({ state: 'unknown', source: '', atMs: 0 });
  expect(strongestConsent([word('refused', 1), word('granted', 9)])).toEqual(word('refused', 1));
  expect(strongestConsent([word('granted', 1), word('granted', 2, 'basis:club')])).toEqual(
    word('granted', 2, 'basis:club'),
  );
  expect(strongestConsent([word('refused', 3), word('refused', 2)])).toEqual(word('refused', 3));
});
