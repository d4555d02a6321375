/** The quiet hours, 22:00 to 08:00 of the business day. Ms since the epoch. */
import { dayFromMs, hourFromMs, msFromDay } from '../units/business-day.ts';

export const quietFromHour = 22;
export const quietUntilHour = 8;

const hourMs = 3_600_000;

export const isQuiet = (ms: number): boolean => {
  const hour = hourFromMs(ms);
  return hour >= quietFromHour || hour < quietUntilHour;
};

/** `ms` itself outside the quiet hours, else the next 08:00. */
export const afterQuietHours = (ms: number): number => {
  if (!isQuiet(ms)) return ms;
  const day = dayFromMs(ms) + (hourFromMs(ms) >= quietFromHour ? 1 : 0);
  return msFromDay(day) + quietUntilHour * hourMs;
};
