/**
 * Whether beliefs can be computed with a record of parameters: every number in it is finite, and whatever stands under a
 * fraction or a logarithm is above zero. A group's own entry may be null, which says that it was not learnt.
 */
import type { FittedParameters } from './parameters.ts';

export const isSound = (parameters: FittedParameters): boolean =>
  Object.values(parameters).every(isFiniteGroup) && divisors(parameters).every((each) => each > 0);

const isFiniteGroup = (group: unknown): boolean =>
  typeof group === 'object' && group !== null
    ? Object.values(group).every((entry) => entry === null || isFiniteWithin(entry))
    : isFiniteWithin(group);

function isFiniteWithin(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  return typeof value === 'object' ? value !== null && Object.values(value).every(isFiniteWithin) : true;
}

const divisors = ({ repurchase, lifecycle, churn, value }: FittedParameters): readonly number[] => [
  repurchase.scatter,
  repurchase.sigma,
  repurchase.sigmaWeight,
  repurchase.spread,
  repurchase.customerK,
  repurchase.pairK,
  lifecycle.shopIntervalDays,
  ...churn.horizons.flatMap(({ spread }) => spread),
  ...(value.bgnbd === null ? [] : [value.bgnbd.r, value.bgnbd.alpha, value.bgnbd.a, value.bgnbd.b]),
  ...(value.amounts === null ? [] : [value.amounts.p, value.amounts.q, value.amounts.gamma]),
];
