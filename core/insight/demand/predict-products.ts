/**
 * The coming week of a shop's products, each with the reasons in the order they are multiplied. A product with fewer
 * than six weeks behind it is answered by the people who are due for it, where there are any (four of five weeks then lie
 * within 1.28 roots of their number, as if each decided alone); else the evidence is insufficient.
 */
import { roundProbability } from '../../statistics/rounding.ts';
import type { ShopWeeks } from './collect-weeks.ts';
import type { DemandForecast, DemandReason } from './demand.ts';
import type { DemandParameters } from './demand-parameters.ts';
import { regressors } from './derive-regressors.ts';
import { fewestWeeks } from './own-slopes.ts';
import { type DemandColumns, predictDemand, roundUnits } from './predict-demand.ts';

/** `dueUnits` by dense product: what people inside their windows are expected to buy. In the order of `products`. */
export const predictProducts = (
  parameters: DemandParameters,
  shop: ShopWeeks,
  products: ArrayLike<number>,
  dueUnits: (product: number) => number,
): readonly DemandForecast[] => {
  const series = Array.from(products, (product) => shop.seriesOf[product] ?? -1);
  const wanted = Int32Array.from(series.filter((s) => s >= 0));
  const columns = predictDemand(parameters, shop.panel, shop.comingWeek, wanted);
  return series.map((s, at) => {
    const weeks = s < 0 ? 0 : columns.weeks[s]!;
    if (weeks < fewestWeeks || Number.isNaN(columns.expected[s]!)) return fromDue(dueUnits(products[at]!), weeks);
    return {
      kind: 'forecast',
      basis: 'history',
      expected: columns.expected[s]!,
      low: columns.low[s]!,
      high: columns.high[s]!,
      weeks,
      reasons: reasonsOf(columns, s),
    };
  });
};

function fromDue(due: number, weeks: number): DemandForecast {
  const expected = roundUnits(due);
  if (expected <= 0) return { kind: 'insufficient-evidence', weeksNeeded: fewestWeeks, weeks };
  const reach = 1.28 * Math.sqrt(due);
  return {
    kind: 'forecast',
    basis: 'due-windows',
    expected,
    low: roundUnits(Math.max(0, due - reach)),
    high: roundUnits(due + reach),
    weeks,
    reasons: [],
  };
}

const kindOf: Readonly<Record<(typeof regressors)[number], Exclude<DemandReason['kind'], 'level'>>> = {
  price: 'price',
  deal: 'promotion',
  feature: 'showings',
  shown: 'showings',
  'deal-shown': 'promotion',
  'price-shown': 'price',
  'last-price': 'last-week',
  'last-shown': 'last-week',
  'rival-price': 'rivals',
  'rival-deal': 'rivals',
  'rival-feature': 'rivals',
  'rival-shown': 'rivals',
  due: 'due',
};
/** Whose deviation says which way a reason points. */
const signalOf = { price: 'price', promotion: 'deal', showings: 'feature' } as const;
const factors = ['due', 'price', 'promotion', 'showings', 'rivals', 'last-week'] as const;

function reasonsOf({ level, terms, deviations, width }: DemandColumns, series: number): DemandReason[] {
  const sums = new Map<DemandReason['kind'], number>();
  for (let j = 0; j < width; j++) {
    const kind = kindOf[regressors[j]!];
    sums.set(kind, (sums.get(kind) ?? 0) + terms[series * width + j]!);
  }
  const found = factors.map((kind): DemandReason => {
    const value = roundProbability(Math.exp(sums.get(kind) ?? 0));
    if (kind !== 'price' && kind !== 'promotion' && kind !== 'showings') return { kind, value };
    return { kind, value, isAbove: deviations[series * width + regressors.indexOf(signalOf[kind])]! > 0 };
  });
  return [{ kind: 'level', value: level[series]! }, ...found.filter(({ value }) => value !== 1)];
}
