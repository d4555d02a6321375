/**
 * Products that are probably one: their names are equal once width, case, spaces, punctuation and bracketed marketing
 * at the front are taken away. Sizes are part of a name, so two sizes stay two products; so do two known packs that
 * differ. Most items first, then by id. Only a suggestion: a person merges.
 */
import type { ProductId } from '../units/ids.ts';
import type { Product } from './product.ts';

export interface Doubles {
  /** The one to keep: the most items, then the smallest id. */
  readonly keep: ProductId;
  readonly others: readonly ProductId[];
}

export const rankDoubles = (products: readonly Product[]): readonly Doubles[] => {
  const groups = new Map<string, Product[]>();
  for (const product of products) {
    const name = bareName(product.name);
    if (name.length < 2) continue;
    const pack = product.packMilli === null ? '' : `${product.packMilli}${product.packUnit}`;
    const group = groups.get(name);
    if (!group) groups.set(name, [product]);
    else if (
      group.every((other) => other.packMilli === null || pack === '' || `${other.packMilli}${other.packUnit}` === pack)
    )
      group.push(product);
  }
  return [...groups.values()]
    .filter((group) => group.length > 1)
    .map((group) => {
      const [keep, ...others] = group
        .sort((a, b) => b.items.length - a.items.length || (a.id < b.id ? -1 : 1))
        .map(({ id }) => id) as [ProductId, ...ProductId[]];
      return { keep, others };
    })
    .sort((a, b) => b.others.length - a.others.length || (a.keep < b.keep ? -1 : 1));
};

/** What is left of a name when nothing of it is decoration. */
export const bareName = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/^(?:\s*[[\u3010(\u300a][^\]\u3011)\u300b]*[\]\u3011)\u300b])+/, '')
    .replace(/[^\p{L}\p{N}.]+/gu, '');
