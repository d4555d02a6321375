/**
 * The shop's own value parameters from the days on which its customers bought, up to a day: BG/NBD in days, amounts in
 * fen, and what BG/NBD missed in the shop's own past. Parts that lack evidence stay null (see their files). At most
 * `mostSampled` customers take part, every n-th of the given order.
 */
import type { BusinessDay } from '../../units/business-day.ts';
import type { PurchaseDayColumns } from '../purchase-days.ts';
import { fitBgnbd } from './fit-bgnbd.ts';
import { fitCorrection } from './fit-correction.ts';
import { fitGammaGamma } from './fit-gamma-gamma.ts';
import { groupRepeats } from './group-repeats.ts';
import { readSummaries } from './read-summaries.ts';
import { type ValueParameters, defaultValueParameters } from './value-parameters.ts';

export const fitValue = (days: PurchaseDayColumns, asOfDay: BusinessDay, horizonDays: number): ValueParameters => {
  const summaries = readSummaries(days, asOfDay);
  const rows = groupRepeats(summaries.repeats);
  const fit = fitBgnbd(rows);
  const { customers, returners } = rows;
  if (fit === 'insufficient-evidence') return { ...defaultValueParameters, customers, returners };
  const amounts = fitGammaGamma(summaries);
  return {
    bgnbd: eachTo6(fit.parameters),
    standardErrors: fit.standardErrors && eachTo6(fit.standardErrors),
    logLikelihood: Math.round(fit.logLikelihood * 100) / 100,
    amounts: amounts && eachTo6({ p: amounts.p, q: amounts.q, gamma: amounts.gamma }),
    ...fitCorrection(days, asOfDay, horizonDays),
    customers,
    returners,
  };
};

/** Six significant digits: what a record that travels needs. */
const eachTo6 = <Numbers extends object>(numbers: Numbers): Numbers =>
  Object.fromEntries(
    Object.entries(numbers).map(([name, value]) => [name, Number((value as number).toPrecision(6))]),
  ) as Numbers;
