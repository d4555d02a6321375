/** What a set of beliefs rests on, beside the facts: what the next one may start from, and what it may keep. */
import type { Ledger, LedgerProduct } from '#core/datasets/ledger-columns.ts';
import type { TagIndex } from '../interests/tag-index.ts';
import { productKey } from '../product-key.ts';
import type { ProductPriors } from '../repurchase/product-priors.ts';
import type { CutIndex } from '../rfm/cut-index.ts';
import type { RfmCuts } from '../rfm/figure-counts.ts';
import type { CustomerTable } from './customer-table.ts';
import type { PairTable } from './pair-table.ts';
import type { Parameters } from './parameters.ts';

export interface BeliefBasis {
  readonly parameters: Parameters;
  readonly cuts: RfmCuts;
  readonly tags: TagIndex;
  readonly priors: ProductPriors;
  readonly products: readonly LedgerProduct[];
  /** Grow and change as facts arrive: only the beliefs that were made last may be started from. */
  readonly customers: CustomerTable;
  readonly pairs: PairTable;
  readonly index: CutIndex;
}

export const productsOf = (ledger: Ledger): readonly LedgerProduct[] =>
  Array.from({ length: ledger.productCount }, (_, p) => ledger.product(p));

/** Whether beliefs would see any product differently: by key, category or tags. */
export const isSameProducts = (before: readonly LedgerProduct[], now: readonly LedgerProduct[]): boolean =>
  before.length === now.length && before.every((old, p) => old === now[p] || markOf(old) === markOf(now[p]!));

const markOf = (product: LedgerProduct): string =>
  `${productKey(product)}\n${product.category}\n${product.tags.join('\n')}`;
