/** What is still ordered, so that what an undone import left behind is out of sight (CAT16). */
import type { Product } from '#core/catalogue/product.ts';
import type { Ledger } from '#core/datasets/ledger-columns.ts';

/** By dense product: 1 where an order line that counts names it. */
export const orderedProducts = ({ orderLines, productCount }: Ledger): Uint8Array => {
  const ordered = new Uint8Array(productCount);
  const { count, live, product } = orderLines;
  for (let row = 0; row < count; row++) if (live[row] === 1) ordered[product[row]!] = 1;
  return ordered;
};

/** Products nobody has touched and no order line that counts names. */
export const unorderedProducts = (
  { ledger, catalogue }: { readonly ledger: Ledger; catalogue(): readonly Product[] },
  ordered = orderedProducts(ledger),
): ReadonlySet<string> =>
  new Set(
    catalogue()
      .filter(({ id, isUntouched }) => {
        const dense = isUntouched ? ledger.denseProduct(id) : -1;
        return isUntouched && (dense < 0 || ordered[dense] === 0);
      })
      .map(({ id }) => id),
  );
