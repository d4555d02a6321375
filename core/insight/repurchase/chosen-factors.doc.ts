/**
 * The season, stock-up and promotion factors people chose instead of the learnt ones. In room `settings`, top-level
 * `gapFactors`: Y.Map of scope → one plain record { season?: twelve multipliers, stockUp?, promotion? }; a scope is
 * `shop`, `category/<name>` or `product/<key>`. Version 1; owner and operator write; the last writing of a scope wins.
 * What is out of bounds or unreadable is not read; opening and reading write nothing.
 */
import type * as Y from 'yjs';
import { type Result, fail, ok } from '../../result.ts';
import { type Factor, type GapFactors, noFactors } from './gap-factors.ts';

export type FactorScope =
  | { readonly kind: 'shop' }
  | { readonly kind: 'category'; readonly name: string }
  | { readonly kind: 'product'; readonly key: string };

const bounds = { season: [0.25, 4], stockUp: [0, 1], promotion: [0.25, 1] } as const;

export const chosenFactorsType = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('gapFactors');

export const readChosenFactors = (doc: Y.Doc): GapFactors => {
  const products: Record<string, Factor> = {};
  const categories: Record<string, Factor> = {};
  for (const [scope, value] of [...chosenFactorsType(doc).entries()].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const factor = readFactor(value);
    if (factor === null) continue;
    if (scope === 'shop') categories[''] = factor;
    else if (scope.startsWith('category/')) categories[scope.slice('category/'.length)] = factor;
    else if (scope.startsWith('product/')) products[scope.slice('product/'.length)] = factor;
  }
  if (Object.keys(products).length + Object.keys(categories).length === 0) return noFactors;
  return Object.freeze({ products: Object.freeze(products), categories: Object.freeze(categories) });
};

/** Chooses factors for a scope; null goes back to the learnt ones. */
export const chooseFactors = (
  doc: Y.Doc,
  scope: FactorScope,
  factor: Factor | null,
): Result<'done' | 'unchanged', { readonly kind: 'factor-out-of-bounds' }> => {
  const map = chosenFactorsType(doc);
  const key = keyOf(scope);
  const plain = factor === null ? null : readFactor(factor);
  if (factor !== null && (plain === null || Object.keys(plain).length !== Object.keys(factor).length))
    return fail({ kind: 'factor-out-of-bounds' });
  const isEmpty = plain === null || Object.keys(plain).length === 0;
  if (isEmpty ? !map.has(key) : JSON.stringify(readFactor(map.get(key))) === JSON.stringify(plain))
    return ok('unchanged');
  doc.transact(() => (isEmpty ? map.delete(key) : map.set(key, plain)), 'choose-factors');
  return ok('done');
};

const keyOf = (scope: FactorScope): string =>
  scope.kind === 'shop' ? 'shop' : scope.kind === 'category' ? `category/${scope.name}` : `product/${scope.key}`;

/** Only the parts that are within bounds; null when it is no record at all. */
function readFactor(value: unknown): Factor | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const { season, stockUp, promotion } = value as Readonly<Record<string, unknown>>;
  return Object.freeze({
    ...(Array.isArray(season) &&
      season.length === 12 &&
      season.every((each) => isWithin(each, bounds.season)) && { season: Object.freeze(season.map(Number)) }),
    ...(isWithin(stockUp, bounds.stockUp) && { stockUp }),
    ...(isWithin(promotion, bounds.promotion) && { promotion }),
  });
}

const isWithin = (value: unknown, [low, high]: readonly [number, number]): value is number =>
  typeof value === 'number' && value >= low && value <= high;
