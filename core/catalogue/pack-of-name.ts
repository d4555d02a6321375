/**
 * What one piece holds, where its name says so: one weight or one volume, times how many of them. Null when the name
 * gives none or several, because a name with two may speak of a gift, of protein, or of either size.
 */
import { packPattern, packUnitOfWord } from './pack-of-name.data.ts';
import type { ProductFields } from './product.ts';

export const packOfName = (name: string): Required<Pick<ProductFields, 'packMilli' | 'packUnit'>> | null => {
  const [only, ...others] = [...name.normalize('NFKC').toLowerCase().matchAll(packPattern)].map(({ groups = {} }) => ({
    packMilli:
      Math.round(Number(groups['amount']) * 1000) * Number(groups['before'] ?? 1) * Number(groups['after'] ?? 1),
    packUnit: packUnitOfWord[groups['unit'] ?? ''] ?? ('' as const),
  }));
  return only && others.length === 0 && only.packMilli > 0 ? only : null;
};
