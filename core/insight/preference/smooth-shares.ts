/**
 * Shares of a customer, drawn toward their segment and the shop (Beta for hits of trials, Dirichlet for one of several
 * options; hierarchical, conjugate):
 *   shop p0 = (count + 1) / (N + J), segment p1 = (count + k1 p0) / (n1 + k1), own p = (count + k2 p1) / (n2 + k2)
 * k1 is fixed at 50 observations; k2 is the group's strength, learnt by `fit-preference.ts`. Whose voice it is: own from
 * five observations and the strength on, the segment's from 100 observations on, else the shop's from 30 on.
 */
import { roundProbability } from '../../statistics/rounding.ts';
import type { OptionCounts, PreferenceGroup } from './preference-parameters.ts';

/** J of a rate: a trial is a hit or it is not. */
export const hitOrMiss = 2;
export const segmentStrength = 50;
export const fewestOwn = 5;
export const fewestOfSegment = 100;
export const fewestOfShop = 30;

export type Voice = 'own' | 'segment' | 'shop' | 'insufficient-evidence';

export interface SmoothedShare {
  readonly option: string;
  /** Of trials for channels, of all observations elsewhere; to 1e-4. */
  readonly share: number;
  /** Own observations of this option; for channels own hits of own trials. */
  readonly hits: number;
  readonly trials: number;
}

/** p1 for one option, without what is given as own. `options` is J. */
export const priorShare = (
  { shop, segments }: Pick<PreferenceGroup, 'shop' | 'segments'>,
  segment: string,
  option: string,
  options: number,
  own: { readonly hits: number; readonly trials: number } = { hits: 0, trials: 0 },
): number => {
  const trialsOf = (counts: OptionCounts): number =>
    options === hitOrMiss ? (counts.trials[option] ?? 0) : totalOf(counts);
  const p0 = ((shop.hits[option] ?? 0) - own.hits + 1) / (trialsOf(shop) - own.trials + options);
  const alike = segments[segment];
  if (alike === undefined) return p0;
  return (
    ((alike.hits[option] ?? 0) - own.hits + segmentStrength * p0) / (trialsOf(alike) - own.trials + segmentStrength)
  );
};

const totals = new WeakMap<OptionCounts, number>();

/** Observations of a group, added up once. */
function totalOf(counts: OptionCounts): number {
  const known = totals.get(counts) ?? total(counts.hits);
  totals.set(counts, known);
  return known;
}

export const smoothedShare = (prior: number, hits: number, trials: number, strength: number): number =>
  roundProbability((hits + strength * prior) / (trials + strength));

export const voiceOf = (own: number, group: PreferenceGroup, segment: string): Voice => {
  if (own >= Math.max(fewestOwn, group.strength)) return 'own';
  const counts = (of: OptionCounts | undefined): number =>
    of === undefined ? 0 : Math.max(total(of.trials), total(of.hits));
  if (counts(group.shop) < fewestOfShop) return 'insufficient-evidence';
  return counts(group.segments[segment]) >= fewestOfSegment ? 'segment' : 'shop';
};

export const total = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((sum, n) => sum + n, 0);
