/** Products that were marked as sold out, for as long as the mark stands: it counts for every item of that product. */
import type { Show } from './run-of-show.ts';

export const soldOutProducts = ({ items, marks }: Pick<Show, 'items' | 'marks'>): ReadonlySet<string> => {
  const marked = new Set(marks.filter(({ kind }) => kind === 'sold-out').map(({ itemId }) => itemId));
  return new Set(items.filter(({ id, productId }) => productId !== '' && marked.has(id)).map((item) => item.productId));
};
