import { expect, test } from 'vitest';
import { dayFromCivil, dayFromIso, isoFromDay } from '#core/units/business-day.ts';

test('a day is read as it is written, and what is none is refused', () => {
  for (const day of [0, 59, 20_000, dayFromCivil(2028, 2, 29)]) expect(dayFromIso(isoFromDay(day))).toBe(day);
  for (const text of ['', '2026-02-29', '2026-13-01', '26-01-01', '2026-1-1', '2026-01-01T00'])
    expect(dayFromIso(text)).toBeNull();
});
