import type { LedgerProduct } from '#core/datasets/ledger-columns.ts';

/** What a product is called in parameters and by screens, the same on every device: its catalogue id, else the item. */
export const productKey = (product: LedgerProduct): string =>
  product.productId !== '' ? product.productId : (product.items[0] ?? '');
