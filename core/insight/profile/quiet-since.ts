/** How long no order came: beliefs count up to today, so that what is missing looks like people who stay away. Days. */
import type { BusinessDay } from '../../units/business-day.ts';
import type { BeliefColumns } from './belief-columns.ts';

export interface QuietSince {
  /** Of the newest order. */
  readonly lastDay: BusinessDay;
  readonly days: number;
}

const usualDays = 7;

/** Null without any order, and while the newest is of the last seven days. */
export const quietSince = ({
  asOfDay,
  customerCount,
  isPresent,
  lastDay,
}: Pick<BeliefColumns, 'asOfDay' | 'customerCount' | 'isPresent' | 'lastDay'>): QuietSince | null => {
  let newest = -1;
  for (let c = 0; c < customerCount; c++) if (isPresent[c] === 1) newest = Math.max(newest, lastDay[c] ?? -1);
  const days = asOfDay - newest;
  return newest < 0 || days <= usualDays ? null : { lastDay: newest as BusinessDay, days };
};
