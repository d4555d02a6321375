/**
 * Learns the repurchase parameters from a shop's own history up to a day: effects and their k by moments
 * (`gap-effects.ts`), season, stock-up and promotion from what they leave (`fit-gap-factors.ts`), the law by maximum
 * likelihood (`fit-gap-law.ts`), the correction of its chances by pretending that today was earlier
 * (`fit-calibrator.ts`). Customers are read in order of id, so facts that arrived in another order give the same
 * parameters. What people chose themselves is kept. Refuses (gives the defaults) below 30 gaps.
 */
import type { Ledger } from '#core/datasets/ledger-columns.ts';
import { roundProbability } from '../../statistics/rounding.ts';
import type { BusinessDay } from '../../units/business-day.ts';
import { fitCalibrator } from './fit-calibrator.ts';
import { fitGapFactors, logGapsOf } from './fit-gap-factors.ts';
import { fitGapLaw, fitOnce } from './fit-gap-law.ts';
import { type GapEffects, PairStates, deriveGapEffects } from './gap-effects.ts';
import { type Histories, readHistories } from './histories.ts';
import { sampleIntervals } from './intervals.ts';
import { type PriorLevels, type RepurchaseParameters, fewestShopGaps } from './repurchase-parameters.ts';

/** Products with an entry of their own, those with most gaps; the rest are hardly apart from their category. */
const mostProducts = 2500;

export const fitRepurchase = (
  ledger: Ledger,
  customers: Int32Array,
  asOfDay: BusinessDay,
  defaults: RepurchaseParameters,
): RepurchaseParameters => fitHistories(readHistories(ledger, customers, asOfDay), asOfDay, defaults);

/** The same from histories, wherever they come from. */
export const fitHistories = (
  histories: Histories,
  asOfDay: BusinessDay,
  defaults: RepurchaseParameters,
): RepurchaseParameters => {
  const { parameters, states } = learnEffects(histories, asOfDay, defaults);
  if (states === null) return parameters;
  const law = fitGapLaw(sampleIntervals(histories, states, asOfDay, 2), parameters);
  const fitted = fitOnce(sampleIntervals(histories, states, asOfDay, 1, 1), law);
  return { ...fitted, calibrator: fitCalibrator(histories, states, asOfDay, fitted) };
};

/** Effects and factors alone, and what they say of each pair; no states below 30 gaps. */
export const learnEffects = (
  histories: Histories,
  asOfDay: BusinessDay,
  defaults: RepurchaseParameters,
): { parameters: RepurchaseParameters; states: PairStates | null } => {
  const plain = logGapsOf(histories, defaults);
  const rough = deriveGapEffects(histories, plain);
  if (rough.gaps < fewestShopGaps) return { parameters: { ...defaults, gaps: rough.gaps }, states: null };
  const factors = fitGapFactors(histories, plain, new PairStates(histories, plain, rough), asOfDay);
  const withFactors = { ...defaults, factors };
  const logGaps = logGapsOf(histories, withFactors);
  const effects = deriveGapEffects(histories, logGaps);
  const parameters: RepurchaseParameters = {
    ...withFactors,
    ...namedEffects(histories, effects),
    mu: roundProbability(effects.mu),
    scatter: roundProbability(effects.scatter),
    customerK: roundProbability(effects.customer.k),
    pairK: roundProbability(effects.pairK),
    gaps: effects.gaps,
  };
  return { parameters, states: new PairStates(histories, logGaps, effects) };
};

function namedEffects(
  { keys, categoryOf, categories }: Histories,
  { category, product }: GapEffects,
): Pick<RepurchaseParameters, 'categories' | 'products'> & { readonly levels: PriorLevels } {
  const entries = keys.map((key, p) => ({
    key,
    n: product.count[p] as number,
    effect: (category.effect[categoryOf[p] as number] as number) + (product.effect[p] as number),
  }));
  const seen = entries.filter(({ n }) => n > 0);
  seen.sort((a, b) => b.n - a.n || (a.key < b.key ? -1 : 1));
  const named = {
    categories: Object.fromEntries(categories.map((name, at) => [name, thousandth(category.effect[at] as number)])),
    products: Object.fromEntries(seen.slice(0, mostProducts).map(({ key, effect }) => [key, thousandth(effect)])),
  };
  const gapsOf = new Map(entries.map(({ key, n }) => [key, n]));
  return {
    ...named,
    levels: {
      products: Object.keys(named.products).map((key) => gapsOf.get(key) ?? 0),
      categories: Object.keys(named.categories).map((name) => category.count[categories.indexOf(name)] ?? 0),
      productK: roundProbability(product.k),
      categoryK: roundProbability(category.k),
    },
  };
}

const thousandth = (value: number): number => Math.round(value * 1000) / 1000;
