/** Numbers, money, dates and spans as DESIGN section 6 says them, in the language chosen. Days are Asia/Shanghai. */
import { type BusinessDay, civilFromDay, dayFromMs, isoFromDay, weekdayFromDay } from '#core/units/business-day.ts';
import { language } from './phrases.svelte.ts';

const zone = 'Asia/Shanghai';
const isChinese = (): boolean => language.current === 'zh-CN';
// eslint-disable-next-line svelte/prefer-svelte-reactivity -- a cache of formatters: nothing on screen depends on it
const cache = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();

function cached<Format extends Intl.NumberFormat | Intl.DateTimeFormat>(
  name: string,
  make: (locale: string) => Format,
): Format {
  const key = `${name}/${language.current}`;
  let format = cache.get(key);
  if (!format) cache.set(key, (format = make(language.current)));
  return format as Format;
}

const minus = (text: string): string => text.replace('-', '−');

export const count = (value: number): string => minus(cached('count', (l) => new Intl.NumberFormat(l)).format(value));

/** `+18`, `−96`, `0` */
export const signed = (value: number): string => (value > 0 ? `+${count(value)}` : count(value));

/** `¥6,284`; two decimals only when there are any. */
export const money = (fen: number): string => {
  const whole = fen % 100 === 0;
  const format = cached(
    whole ? 'money0' : 'money2',
    () =>
      new Intl.NumberFormat('zh-CN', {
        style: 'currency',
        currency: 'CNY',
        minimumFractionDigits: whole ? 0 : 2,
        maximumFractionDigits: 2,
      }),
  );
  return minus(format.format(fen / 100));
};

/** An estimate in whole yuan: its fen would be made up. */
export const roundedMoney = (fen: number): string => money(Math.round(fen / 100) * 100);

/** `128.00`: an amount in a file, for whatever reads it next. */
export const plainYuan = (fen: number): string => (fen / 100).toFixed(2);

/** English only: `1 row`, `12 rows`. */
export const plural = (value: number, one: string, many = `${one}s`): string =>
  `${count(value)}\u00a0${value === 1 ? one : many}`;

/** `92%` */
export const percent = (ratio: number, decimals = 0): string =>
  minus(
    cached(
      `percent${decimals}`,
      (l) => new Intl.NumberFormat(l, { style: 'percent', maximumFractionDigits: decimals }),
    ).format(ratio),
  );

/** `+18%`, `−21%` */
export const signedPercent = (ratio: number): string => (ratio > 0 ? `+${percent(ratio)}` : percent(ratio));

/** `3.0%`: always this many decimals, for figures that stand under each other or change in place. */
export const fixedPercent = (ratio: number, decimals = 1): string =>
  minus(
    cached(
      `fixed${decimals}`,
      (l) =>
        new Intl.NumberFormat(l, {
          style: 'percent',
          minimumFractionDigits: decimals,
          maximumFractionDigits: decimals,
        }),
    ).format(ratio),
  );

export const decimal = (value: number, decimals = 1): string =>
  minus(
    cached(`decimal${decimals}`, (l) => new Intl.NumberFormat(l, { maximumFractionDigits: decimals })).format(value),
  );

/** `牛奶、面粉、黄油` / `milk, flour, butter`: names after one another, without an "and" that would count them complete. */
export const listed = (names: readonly string[]): string => names.join(isChinese() ? '、' : ', ');

const halfYearDays = 183;

/** `11月20日` / `20 Nov`: the day nearest to today that is called so; any other is given its year. */
export const day = (value: BusinessDay): string => {
  const today = dayFromMs(Date.now());
  const { year, month, date } = civilFromDay(value);
  if (Math.abs(value - today) >= halfYearDays && year !== civilFromDay(today).year) return fullDay(value);
  return isChinese() ? `${month}月${date}日` : `${date}\u00a0${months[month - 1] ?? ''}`;
};

/** With the year, for lists that span more than one. */
export const fullDay = (value: BusinessDay): string => {
  const { year, month, date } = civilFromDay(value);
  return isChinese() ? `${year}年${month}月${date}日` : `${date}\u00a0${months[month - 1] ?? ''}\u00a0${year}`;
};

export const dayOfMs = (ms: number): string => day(dayFromMs(ms));

/** `14:32` */
export const clock = (ms: number): string =>
  cached(
    'clock',
    () => new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: zone }),
  ).format(ms);

/** `2026-11-23 13:07`: a moment in a file, for whatever reads it next. */
export const plainTime = (ms: number): string => `${isoFromDay(dayFromMs(ms))} ${clock(ms)}`;

export const clockSeconds = (ms: number): string =>
  cached(
    'clockSeconds',
    () => new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit', timeZone: zone }),
  ).format(ms);

export const weekday = (value: BusinessDay): string =>
  (isChinese()
    ? ['星期一', '星期二', '星期三', '星期四', '星期五', '星期六', '星期日']
    : ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'])[weekdayFromDay(value)] ?? '';

/** `5时28分`, `58分`, `42秒` / `5 h 28 min`. Negative spans are given as positive: the caller says "late". */
export const span = (ms: number): string => {
  const seconds = Math.round(Math.abs(ms) / 1000);
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const [h, m, s] = isChinese() ? ['时', '分', '秒'] : ['\u00a0h', '\u00a0min', '\u00a0s'];
  const join = isChinese() ? '' : ' ';
  if (hours > 0) return minutes > 0 ? `${hours}${h}${join}${minutes}${m}` : `${hours}${h}`;
  if (minutes > 0) return `${minutes}${m}`;
  return `${seconds}${s}`;
};

/** `1:58` as hours and minutes, for run-of-show totals. */
export const hoursMinutes = (minutes: number): string => {
  const whole = Math.round(minutes);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
};

/** `1:04:18` or `4:18` since the start of the broadcast. */
export const filmClock = (ms: number): string => {
  const seconds = Math.round(ms / 1000);
  const two = (value: number): string => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
};

/** `1.2 MB` */
export const bytes = (value: number): string => {
  const units = ['B', 'kB', 'MB', 'GB'];
  let at = 0;
  let rest = value;
  // 999.5 would be written as a thousand.
  while (rest >= 999.5 && at < units.length - 1) {
    rest /= 1000;
    at++;
  }
  return `${decimal(rest, rest < 10 && at > 0 ? 1 : 0)}\u00a0${units[at]}`;
};

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
