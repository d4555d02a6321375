/**
 * What the parameters say about each product of a ledger, by dense number: its effect on ln(gap) before any customer is
 * known (the product's, else its category's), its season and stock-up, and the rank by key that breaks ties the same
 * way on every device. A product's key is its catalogue id, else the item itself.
 */
import type { Ledger, LedgerProduct } from '#core/datasets/ledger-columns.ts';
import { type ProductFactor, factorOf, hasEffect } from './gap-factors.ts';
import type { RepurchaseParameters } from './repurchase-parameters.ts';

export interface ProductPriors {
  readonly effect: Float64Array;
  /** Null while no product has a factor. */
  readonly factors: readonly ProductFactor[] | null;
  readonly rank: Int32Array;
}

export const productKey = (product: LedgerProduct): string =>
  product.productId !== '' ? product.productId : (product.items[0] ?? '');

export const createProductPriors = (ledger: Ledger, parameters: RepurchaseParameters): ProductPriors =>
  priorsOf(
    Array.from({ length: ledger.productCount }, (_, p) => {
      const product = ledger.product(p);
      return { key: productKey(product), category: product.category };
    }),
    parameters,
  );

export const priorsOf = (
  products: readonly { readonly key: string; readonly category: string }[],
  parameters: RepurchaseParameters,
): ProductPriors => {
  const effect = Float64Array.from(products, ({ key, category }) => productEffect(parameters, key, category));
  const factors = products.map(({ key, category }) =>
    factorOf(parameters.factors, parameters.chosenFactors, key, category),
  );
  const order = products
    .map((_, at) => at)
    .sort((a, b) => compare(products[a]?.key ?? '', products[b]?.key ?? '') || a - b);
  const rank = new Int32Array(products.length);
  order.forEach((product, at) => (rank[product] = at));
  return { effect, factors: factors.some(hasEffect) ? factors : null, rank };
};

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const productEffect = (parameters: RepurchaseParameters, key: string, category: string): number =>
  parameters.products[key] ?? parameters.categories[category] ?? 0;
