/** What a set of beliefs rests on, beside the facts: whether the next one may start from it. */
import type { Ledger } from '#core/datasets/ledger-columns.ts';
import type { BusinessDay } from '../../units/business-day.ts';
import type { TagIndex } from '../interests/tag-index.ts';
import { productKey } from '../repurchase/product-priors.ts';
import type { RfmCuts } from '../rfm/derive-cuts.ts';
import type { Parameters } from './parameters.ts';

export interface BeliefBasis {
  readonly parameters: Parameters;
  readonly cuts: RfmCuts;
  readonly tags: TagIndex;
  /** What beliefs know of each product: its key, category and tags. */
  readonly products: readonly string[];
}

export const productMarks = (ledger: Ledger): readonly string[] =>
  Array.from({ length: ledger.productCount }, (_, p) => {
    const product = ledger.product(p);
    return `${productKey(product)}\n${product.category}\n${product.tags.join('\n')}`;
  });

/** Same day, same parameters, and no product that was there before has become another. New products do not matter. */
export const isSameBasis = (
  previous: { readonly basis: BeliefBasis; readonly asOfDay: BusinessDay },
  ledger: Ledger,
  parameters: Parameters,
  asOfDay: BusinessDay,
): boolean => {
  if (previous.asOfDay !== asOfDay || previous.basis.parameters !== parameters) return false;
  const now = productMarks(ledger);
  return previous.basis.products.every((mark, at) => mark === now[at]);
};
