/**
 * How far "next" reaches and how many orders a rule must rest on, as the shop chose. In room `settings`, top-level
 * `basketChoices`: Y.Map with whole numbers `thenDays` (days, 1 to 365) and `fewestOrders` (2 to 10,000). Version 1; owner
 * and operator write; the last writing of a key wins. What is missing or out of bounds reads as the built-in one; opening
 * and reading write nothing.
 */
import type * as Y from 'yjs';
import { type Result, fail, ok } from '../../result.ts';
import { type BasketParameters, defaultBasketParameters } from './basket-parameters.ts';

export type BasketChoices = Pick<BasketParameters, 'thenDays' | 'fewestOrders'>;

const bounds = { thenDays: [1, 365], fewestOrders: [2, 10_000] } as const;
const names = ['thenDays', 'fewestOrders'] as const;

export const basketChoicesType = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('basketChoices');

export const readBasketChoices = (doc: Y.Doc): BasketChoices => {
  const map = basketChoicesType(doc);
  const read = (name: keyof BasketChoices): number => {
    const value = map.get(name);
    return isWithin(name, value) ? value : defaultBasketParameters[name];
  };
  return Object.freeze({ thenDays: read('thenDays'), fewestOrders: read('fewestOrders') });
};

export const chooseBasket = (
  doc: Y.Doc,
  choices: BasketChoices,
): Result<'done' | 'unchanged', { readonly kind: 'choice-out-of-bounds' }> => {
  if (!names.every((name) => isWithin(name, choices[name]))) return fail({ kind: 'choice-out-of-bounds' });
  const before = readBasketChoices(doc);
  const changed = names.filter((name) => before[name] !== choices[name]);
  if (changed.length === 0) return ok('unchanged');
  doc.transact(() => {
    for (const name of changed) basketChoicesType(doc).set(name, choices[name]);
  }, 'choose-basket');
  return ok('done');
};

/** Rules counted under other choices do not answer; none stand until the orders are counted under these. */
export const withBasketChoices = (basket: BasketParameters, chosen: BasketChoices): BasketParameters =>
  names.every((name) => basket[name] === chosen[name]) ? basket : { ...defaultBasketParameters, ...chosen };

function isWithin(name: keyof BasketChoices, value: unknown): value is number {
  const [low, high] = bounds[name];
  return Number.isInteger(value) && (value as number) >= low && (value as number) <= high;
}
