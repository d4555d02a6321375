/**
 * The business day: a calendar day in Asia/Shanghai, as a whole number of days since 1970-01-01 there. China has had
 * one fixed offset (+08:00) since 1991, so no time-zone table is needed. Civil dates by Howard Hinnant's algorithms
 * (chrono-compatible low-level date algorithms, 2013).
 */
export type BusinessDay = number;

export const dayMs = 86_400_000;
const offsetMs = 8 * 3_600_000;

export const dayFromMs = (ms: number): BusinessDay => Math.floor((ms + offsetMs) / dayMs);

/** The instant at which the business day begins. */
export const msFromDay = (day: BusinessDay): number => day * dayMs - offsetMs;

/** 0 is Monday. */
export const weekdayFromDay = (day: BusinessDay): number => (((day + 3) % 7) + 7) % 7;

/** Hour of the business day, 0 to 23. */
export const hourFromMs = (ms: number): number => Math.floor(((((ms + offsetMs) % dayMs) + dayMs) % dayMs) / 3_600_000);

export const dayFromCivil = (year: number, month: number, date: number): BusinessDay => {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + date - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
};

export const civilFromDay = (day: BusinessDay): { year: number; month: number; date: number } => {
  const z = day + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const date = dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1;
  const month = shifted + (shifted < 10 ? 3 : -9);
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, date };
};

const two = (value: number): string => (value < 10 ? `0${value}` : `${value}`);

/** `2026-11-20` */
export const isoFromDay = (day: BusinessDay): string => {
  const { year, month, date } = civilFromDay(day);
  return `${year}-${two(month)}-${two(date)}`;
};

/** Null for what is no day written as 2026-01-31. */
export const dayFromIso = (text: string): BusinessDay | null => {
  const [, year, month, date] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? [];
  const day = dayFromCivil(Number(year), Number(month), Number(date));
  return year !== undefined && isoFromDay(day) === text ? day : null;
};

/** `2026-11`: the part of a dataset's room name. */
export const monthFromMs = (ms: number): string => isoFromDay(dayFromMs(ms)).slice(0, 7);
