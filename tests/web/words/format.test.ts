import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { dayFromCivil } from '#core/units/business-day.ts';
import {
  bytes,
  clock,
  clockSeconds,
  count,
  day,
  dayOfMs,
  decimal,
  fixedPercent,
  fullDay,
  hoursMinutes,
  money,
  percent,
  signed,
  span,
  weekday,
} from '#web/words/format.svelte.ts';
import { language } from '#web/words/phrases.svelte.ts';

const nbsp = '\u00a0';
const minute = 60_000;
const hour = 60 * minute;
/** Midnight of 21 November 2026 in Shanghai. */
const midnight = Date.UTC(2026, 10, 20, 16);

beforeAll(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: midnight });
});
afterAll(() => {
  vi.useRealTimers();
  language.choose('zh-CN');
});

describe.each(['zh-CN', 'en'] as const)('in both languages, %s', (chosen) => {
  beforeEach(() => language.choose(chosen));

  test('money: whole yuan without decimals, anything else with fen, a true minus', () => {
    expect([money(628_400), money(628_450), money(5), money(0), money(-1_000_000), money(-1)]).toEqual([
      '¥6,284',
      '¥6,284.50',
      '¥0.05',
      '¥0',
      '−¥10,000',
      '−¥0.01',
    ]);
  });
  test('numbers are grouped and negative ones have a true minus', () => {
    expect([count(1_234_567), count(-96), signed(18), signed(-96), signed(0)]).toEqual([
      '1,234,567',
      '−96',
      '+18',
      '−96',
      '0',
    ]);
    expect([decimal(3.14159), decimal(-0.25, 2), decimal(4)]).toEqual(['3.1', '−0.25', '4']);
  });
  test('shares: decimals only when asked for, and always as many where figures stand under each other', () => {
    expect([percent(0.92), percent(0.9249, 1), percent(-0.2), fixedPercent(0.03), fixedPercent(-0.1234)]).toEqual([
      '92%',
      '92.5%',
      '−20%',
      '3.0%',
      '−12.3%',
    ]);
  });
  test('the clock is that of Shanghai, wherever the device is', () => {
    expect([clock(midnight), clock(midnight - 1), clock(midnight + 14 * hour + 32 * minute)]).toEqual([
      '00:00',
      '23:59',
      '14:32',
    ]);
    expect(clockSeconds(midnight - 1)).toBe('23:59:59');
  });
  test('lengths of a run of show', () => {
    expect([hoursMinutes(118), hoursMinutes(5), hoursMinutes(0), hoursMinutes(120), hoursMinutes(59.7)]).toEqual([
      '1:58',
      '0:05',
      '0:00',
      '2:00',
      '1:00',
    ]);
  });
  test('sizes step at a thousand, one decimal below ten', () => {
    expect([0, 999, 1000, 1234, 12_345, 1_200_000, 5.24e9, 8e13].map(bytes)).toEqual([
      `0${nbsp}B`,
      `999${nbsp}B`,
      `1${nbsp}kB`,
      `1.2${nbsp}kB`,
      `12${nbsp}kB`,
      `1.2${nbsp}MB`,
      `5.2${nbsp}GB`,
      `80,000${nbsp}GB`,
    ]);
  });
  test('a size that rounds up to a thousand is said in the next unit', () => {
    expect([999_499, 999_500, 999_999, 9990].map(bytes)).toEqual([
      `999${nbsp}kB`,
      `1${nbsp}MB`,
      `1${nbsp}MB`,
      `10${nbsp}kB`,
    ]);
  });
});

describe('in Chinese', () => {
  beforeEach(() => language.choose('zh-CN'));

  test('a day begins at midnight in Shanghai', () => {
    expect([dayOfMs(midnight - 1), dayOfMs(midnight)]).toEqual(['11月20日', '11月21日']);
    expect(fullDay(dayFromCivil(2027, 1, 1))).toBe('2027年1月1日');
    expect([weekday(dayFromCivil(2026, 11, 22)), weekday(dayFromCivil(2026, 11, 23))]).toEqual(['星期日', '星期一']);
  });
  test('a day is the nearest of that name, any other has its year', () => {
    const at = (year: number, month: number, date: number): string => day(dayFromCivil(year, month, date));
    expect([at(2026, 11, 29), at(2027, 1, 4), at(2026, 1, 2), at(2025, 11, 29), at(2027, 12, 1)]).toEqual([
      '11月29日',
      '1月4日',
      '1月2日',
      '2025年11月29日',
      '2027年12月1日',
    ]);
  });
  test('spans: two units at most, without spaces', () => {
    expect([5 * hour + 28 * minute, 2 * hour, 58 * minute, 42_000, 0, -42_000, 59_600].map(span)).toEqual([
      '5时28分',
      '2时',
      '58分',
      '42秒',
      '0秒',
      '42秒',
      '1分',
    ]);
  });
});

describe('in English', () => {
  beforeEach(() => language.choose('en'));

  test('a day begins at midnight in Shanghai', () => {
    expect([dayOfMs(midnight - 1), dayOfMs(midnight)]).toEqual([`20${nbsp}Nov`, `21${nbsp}Nov`]);
    expect(fullDay(dayFromCivil(2027, 1, 1))).toBe(`1${nbsp}Jan${nbsp}2027`);
    expect([weekday(dayFromCivil(2026, 11, 22)), weekday(dayFromCivil(2026, 11, 23)), day(0)]).toEqual([
      'Sun',
      'Mon',
      `1${nbsp}Jan${nbsp}1970`,
    ]);
  });
  test('spans: two units at most, number and unit never parted', () => {
    expect([5 * hour + 28 * minute, 2 * hour, 58 * minute, 42_000].map(span)).toEqual([
      `5${nbsp}h 28${nbsp}min`,
      `2${nbsp}h`,
      `58${nbsp}min`,
      `42${nbsp}s`,
    ]);
  });
});
