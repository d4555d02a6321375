import type { ChunkBook } from './chunk-book.ts';
import type { Customers } from './customers.ts';
import type { Products } from './products.ts';
import type { WordList } from './word-list.ts';

/** What order lines stand on: shared with the other rows of a ledger. */
export interface OrderParts {
  readonly chunks: ChunkBook;
  readonly customers: Customers;
  readonly products: Products;
  readonly shops: WordList;
  readonly channels: WordList;
}
