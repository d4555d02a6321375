/**
 * When a file was exported, from its name: `orders_20261122153000.csv`, `订单 2026-11-22 15-30.xlsx`. A day alone means
 * its end, because an export of a day cannot be older than the day. NaN when the name does not say.
 */
import { dayMs } from '../units/business-day.ts';
import { parseTime } from './parse-time.ts';

const shanghai = { order: 'year-first', zoneMinutes: 480 } as const;

export const exportTimeOfName = (fileName: string): number => {
  const found = /(20\d\d)[-._]?(\d\d)[-._]?(\d\d)(?:[-._ T]?(\d\d)[-._:]?(\d\d)(?:[-._:]?(\d\d))?)?(?!\d)/g;
  let latest = Number.NaN;
  for (const [, year, month, date, hour, minute, second] of fileName.matchAll(found)) {
    const day = parseTime(`${year}-${month}-${date}`, shanghai);
    const ms =
      hour === undefined
        ? day + dayMs - 1
        : parseTime(`${year}-${month}-${date} ${hour}:${minute}:${second ?? '00'}`, shanghai);
    if (!Number.isNaN(ms) && !(ms <= latest)) latest = ms;
  }
  return latest;
};
