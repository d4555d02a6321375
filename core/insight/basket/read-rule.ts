/**
 * One rule as it is shown, with n orders counted, a of them with the left side, b with the right, c with both:
 * support c / n, confidence c / a, lift (c / a) / (b / n); an interval of the confidence (E. B. Wilson, 1927, 95 %); and
 * the gain, by how much at least the left side raises the share of the right: lower end of the interval minus b / n.
 */
import { roundProbability } from '../../statistics/rounding.ts';
import { wilsonInterval } from '../../statistics/wilson-interval.ts';
import type { BasketKind, BasketParameters } from './basket-parameters.ts';

export interface BasketRule {
  readonly kind: BasketKind;
  /** Product keys: catalogue id, else item. */
  readonly left: readonly string[];
  readonly right: string;
  readonly orders: number;
  readonly both: number;
  readonly leftOrders: number;
  readonly rightOrders: number;
  readonly people: number;
  readonly support: number;
  readonly confidence: number;
  readonly low: number;
  readonly high: number;
  readonly lift: number;
  readonly gain: number;
  readonly luck: number;
}

export const readRule = (parameters: BasketParameters, kind: BasketKind, at: number): BasketRule => {
  const rules = parameters[kind];
  const both = rules.both[at]!;
  const leftOrders = rules.leftOrders[at]!;
  const rightOrders = rules.rightOrders[at]!;
  const key = (place: number): string => parameters.products[place]!;
  return {
    kind,
    left: rules.left[at]!.map(key),
    right: key(rules.right[at]!),
    orders: rules.orders,
    both,
    leftOrders,
    rightOrders,
    people: rules.people[at]!,
    luck: rules.luck[at]!,
    ...ruleFigures(both, leftOrders, rightOrders, rules.orders),
  };
};

/** All of a kind; rows that a damaged record leaves incomplete are skipped. */
export const readRules = (parameters: BasketParameters, kind: BasketKind): BasketRule[] => {
  const { left, right, both, leftOrders, rightOrders, people, luck } = parameters[kind];
  const isWhole = (at: number): boolean =>
    [...(left[at] ?? [-1]), right[at] ?? -1].every((place) => parameters.products[place] !== undefined) &&
    [both, leftOrders, rightOrders, people, luck].every((column) => Number.isFinite(column[at]));
  return [...right.keys()].filter(isWhole).map((at) => readRule(parameters, kind, at));
};

export const ruleFigures = (both: number, leftOrders: number, rightOrders: number, orders: number) => {
  const confidence = both / leftOrders;
  const usual = rightOrders / orders;
  const { low, high } = wilsonInterval(both, leftOrders);
  return {
    support: roundProbability(both / orders),
    confidence: roundProbability(confidence),
    low: roundProbability(low),
    high: roundProbability(high),
    lift: roundProbability(confidence / usual),
    gain: roundProbability(low - usual),
  };
};
