/**
 * What a record of parameters says, as a few figures a person can judge, and which of them differ from the record
 * before. Figures are codes and numbers; sentences are made elsewhere.
 */
import { roundDays } from '../../statistics/rounding.ts';
import type { FittedParameters } from './parameters.ts';

export const parameterFigures = [
  'shop-interval-days',
  'usual-gap-days',
  'gaps',
  'products-with-own-gap',
  'churn-customers',
  'value-customers',
  'basket-rules',
  'next-customers',
  'demand-weeks',
] as const;
export type ParameterFigure = (typeof parameterFigures)[number];

export interface FigureChange {
  readonly figure: ParameterFigure;
  readonly before: number;
  readonly after: number;
}

export const figureOf = (parameters: FittedParameters, figure: ParameterFigure): number => figures[figure](parameters);

/** Only what differs. */
export const compareParameters = (before: FittedParameters, after: FittedParameters): readonly FigureChange[] =>
  parameterFigures
    .map((figure) => ({ figure, before: figureOf(before, figure), after: figureOf(after, figure) }))
    .filter((change) => change.before !== change.after);

const figures: Readonly<Record<ParameterFigure, (parameters: FittedParameters) => number>> = {
  'shop-interval-days': ({ lifecycle }) => lifecycle.shopIntervalDays,
  'usual-gap-days': ({ repurchase }) => roundDays(Math.exp(repurchase.mu)),
  gaps: ({ repurchase }) => repurchase.gaps,
  'products-with-own-gap': ({ repurchase }) => Object.keys(repurchase.products).length,
  'churn-customers': ({ churn }) => churn.customers,
  'value-customers': ({ value }) => value.customers,
  'basket-rules': ({ basket }) => basket.together.right.length + basket.then.right.length,
  'next-customers': ({ nextProducts }) => nextProducts.customers,
  'demand-weeks': ({ demand }) => demand.observations,
};
