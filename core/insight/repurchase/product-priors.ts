/**
 * What the parameters say about each product of a ledger, by dense number: centre of ln(gap) before any customer is
 * known (mu + effect of the product, else of its category) and the rank by key that breaks ties the same way on every
 * device. A product's key is its catalogue id, else the item itself.
 */
import type { Ledger } from '#core/datasets/ledger-columns.ts';
import { productKey } from '../product-key.ts';
import type { RepurchaseParameters } from './repurchase-parameters.ts';

export interface ProductPriors {
  readonly centre: Float64Array;
  readonly rank: Int32Array;
}

export const createProductPriors = (ledger: Ledger, parameters: RepurchaseParameters): ProductPriors => {
  const size = ledger.productCount;
  const centre = new Float64Array(size);
  const keys: string[] = [];
  for (let p = 0; p < size; p++) {
    const product = ledger.product(p);
    const key = productKey(product);
    keys.push(key);
    centre[p] = parameters.mu + (parameters.products[key] ?? parameters.categories[product.category] ?? 0);
  }
  const order = keys
    .map((_, at) => at)
    .sort((a, b) => ((keys[a] as string) < (keys[b] as string) ? -1 : keys[a] === keys[b] ? a - b : 1));
  const rank = new Int32Array(size);
  order.forEach((product, at) => (rank[product] = at));
  return { centre, rank };
};
