/** RFC 3339 to milliseconds since the epoch, or null. `2026-11-20T20:14:05.120+08:00`; a zone is required. */
import { dayFromCivil, dayMs } from '../units/business-day.ts';

const pattern = /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?([Zz]|[+-]\d{2}:\d{2})$/;

export const parseInstant = (text: string): number | null => {
  const found = pattern.exec(text);
  if (!found) return null;
  const [, year, month, date, hour, minute, second, fraction = '', zone = 'Z'] = found;
  const m = Number(month);
  const d = Number(date);
  const day = dayFromCivil(Number(year), m, d);
  const isReal =
    m >= 1 && m <= 12 && d >= 1 && d <= 31 && Number(hour) < 24 && Number(minute) < 60 && Number(second) < 61;
  if (!isReal) return null;
  const offset =
    zone.length === 1
      ? 0
      : (zone.startsWith('-') ? -1 : 1) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6)));
  const milliseconds = Math.floor(Number(`0.${fraction === '' ? '0' : fraction}`) * 1000);
  return (
    day * dayMs + Number(hour) * 3_600_000 + (Number(minute) - offset) * 60_000 + Number(second) * 1000 + milliseconds
  );
};
