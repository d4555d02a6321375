/**
 * What a week is compared with, and what answers where a forecast is no better: the units of the week before, or the
 * middle of the five before. Weeks before a product was sold count in neither; NaN where none is known.
 */
import { medianInPlace } from '../../statistics/median.ts';
import type { DemandPanel } from './demand-panel.ts';

export const simpleRules = ['last-week', 'median-of-five'] as const;
export type SimpleRule = (typeof simpleRules)[number];

const recentWeeks: Readonly<Record<SimpleRule, number>> = { 'last-week': 1, 'median-of-five': 5 };

export const simpleUnits = (rule: SimpleRule, { units, weeks }: DemandPanel, series: number, week: number): number => {
  const end = series * weeks + week;
  const known = units
    .slice(Math.max(series * weeks, end - recentWeeks[rule]), end)
    .filter((each) => !Number.isNaN(each));
  return known.length === 0 ? Number.NaN : medianInPlace(known, known.length);
};
