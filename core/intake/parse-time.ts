/**
 * An instant as files write it, in milliseconds since the epoch; NaN when it cannot be read or is no real date.
 * Epoch seconds (10 digits) and milliseconds (13), `20261102`, `20261102194703`, year first with any separator,
 * day-month-year or month-day-year as `order` says, English month names, a clock with or without seconds, morning and
 * afternoon words, `Z` or an offset. Without one the time is `zoneMinutes` east of Greenwich. Days of spreadsheets
 * (45963.82) count from 1899-12-30.
 */
import { dayFromCivil, civilFromDay } from '../units/business-day.ts';
import { afternoonWords, monthNames, morningWords } from './time-words.data.ts';

export type DateOrder = 'year-first' | 'day-first' | 'month-first';

export interface TimeForm {
  readonly order: DateOrder;
  readonly zoneMinutes: number;
}

export const parseTime = (cell: string, form: TimeForm): number => {
  const length = cell.length;
  if (length < 5) return Number.NaN;
  groupCount = 0;
  let at = 0;
  let code = 0;
  // Digits in up to seven groups, as long as nothing else than plain separators stands between them.
  for (; at < length && groupCount < 7; at++) {
    code = cell.charCodeAt(at);
    if (code < 48 || code > 57) {
      if (groupCount > 2 && (code === 43 || code === 45)) break;
      if (code !== 45 && code !== 47 && code !== 46 && code !== 58 && code !== 32 && code !== 84) break;
      continue;
    }
    const start = at;
    let value = 0;
    for (; at < length && (code = cell.charCodeAt(at)) >= 48 && code <= 57; at++) value = value * 10 + code - 48;
    groups[groupCount] = value;
    widths[groupCount++] = at - start;
    at--;
  }
  if (groupCount === 1 && at >= length) return fromDigits(cell, groups[0] ?? 0, widths[0] ?? 0, form);
  if (groupCount === 2 && at >= length && cell[widths[0] ?? 0] === '.') return fromSerial(+cell, form);
  if (at < length || groupCount < 3) return parseWritten(cell, form);
  return fromGroups(form.order, form.zoneMinutes);
};

const groups = new Float64Array(7);
const widths = new Uint8Array(7);
let groupCount = 0;

function fromDigits(cell: string, value: number, width: number, form: TimeForm): number {
  if (width === 10) return value * 1000;
  if (width === 13) return value;
  if (width === 5) return fromSerial(value, form);
  if (width !== 8 && width !== 12 && width !== 14) return Number.NaN;
  const part = (from: number, to: number): number => +cell.slice(from, to) || 0;
  return instant(part(0, 4), part(4, 6), part(6, 8), part(8, 10), part(10, 12), part(12, 14) * 1000, form.zoneMinutes);
}

function fromSerial(days: number, form: TimeForm): number {
  if (!(days > 18_000 && days < 80_000)) return Number.NaN;
  return Math.round((days - 25_569) * 86_400) * 1000 - form.zoneMinutes * 60_000;
}

function fromGroups(order: DateOrder, zoneMinutes: number): number {
  const [first = 0, second = 0, third = 0, hour = 0, minute = 0, second2 = 0] = groups;
  const clock = groupCount > 3 ? hour : 0;
  const minutes = groupCount > 4 ? minute : 0;
  const fraction = groupCount > 6 ? Math.floor((groups[6] ?? 0) * 10 ** (3 - (widths[6] ?? 3))) : 0;
  const milli = (groupCount > 5 ? second2 : 0) * 1000 + fraction;
  if ((widths[0] ?? 0) === 4) return instant(first, second, third, clock, minutes, milli, zoneMinutes);
  const year = (widths[2] ?? 0) === 2 ? 2000 + third : third;
  return order === 'month-first'
    ? instant(year, first, second, clock, minutes, milli, zoneMinutes)
    : order === 'day-first'
      ? instant(year, second, first, clock, minutes, milli, zoneMinutes)
      : Number.NaN;
}

/** Times with words, offsets or a `Z`: brought to plain groups first. */
function parseWritten(cell: string, form: TimeForm): number {
  let text = cell.normalize('NFKC').toLowerCase();
  let zoneMinutes = form.zoneMinutes;
  let order = form.order;
  const offset = /\d(?::\d\d)+(?:\.\d+)?\s*(z|utc|gmt|([+-])(\d\d):?(\d\d)?)$/.exec(text);
  if (offset) {
    const minutes = offset[2] ? +(offset[3] ?? 0) * 60 + +(offset[4] ?? 0) : 0;
    zoneMinutes = offset[2] === '-' ? -minutes : minutes;
    text = text.slice(0, text.length - (offset[1] ?? '').length);
  }
  const isAfternoon = afternoonWords.some((word) => text.includes(word));
  const isMorning = !isAfternoon && morningWords.some((word) => text.includes(word));
  const named = monthNames.findIndex((name) => text.includes(name));
  if (named >= 0) {
    const isDayFirst = /^\D*\d{1,2}\D+[a-z]/.test(text);
    text = text.replace(new RegExp(`${monthNames[named] ?? ''}[a-z]*`), ` ${named + 1} `);
    if (!/^\D*\d{4}/.test(text)) order = isDayFirst ? 'day-first' : 'month-first';
  }
  const numbers = text.match(/\d+/g);
  if (!numbers || numbers.length < 3 || numbers.length > 7) return Number.NaN;
  if (/[a-z]/.test(text.replace(/[tapm.]/g, ''))) return Number.NaN;
  groupCount = numbers.length;
  numbers.forEach((digits, at) => {
    groups[at] = +digits;
    widths[at] = digits.length;
  });
  if (isAfternoon && (groups[3] ?? 0) < 12) groups[3] = (groups[3] ?? 0) + 12;
  if (isMorning && groups[3] === 12) groups[3] = 0;
  return fromGroups(order, zoneMinutes);
}

function instant(
  year: number,
  month: number,
  date: number,
  hour: number,
  minute: number,
  milli: number,
  zoneMinutes: number,
): number {
  if (year < 1970 || year > 2100 || month < 1 || month > 12 || date < 1 || date > 31) return Number.NaN;
  if (hour > 23 || minute > 59 || milli >= 60_000) return Number.NaN;
  const day = dayFromCivil(year, month, date);
  if (date > 28 && civilFromDay(day).date !== date) return Number.NaN;
  return day * 86_400_000 + hour * 3_600_000 + minute * 60_000 + milli - zoneMinutes * 60_000;
}
