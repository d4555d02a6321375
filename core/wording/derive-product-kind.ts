/**
 * Which law rules hold for a product: infant formula, health food, or ordinary food. From category, tags and name, in
 * the shop's own words; a certificate number in the facts settles health food.
 */
import { isInfantFormula } from '../catalogue/is-infant-formula.ts';
import type { Product } from '../catalogue/product.ts';
import type { ProductKind } from './law-rule.ts';
import { healthFoodPattern } from './product-kind.data.ts';

export const deriveProductKind = (product: Pick<Product, 'name' | 'category' | 'tags' | 'facts'>): ProductKind => {
  if (isInfantFormula(product)) return 'infant-formula';
  const texts = [product.name, product.category, ...product.tags, ...Object.entries(product.facts).flat()];
  return healthFoodPattern.test(texts.join(' ')) ? 'health-food' : 'ordinary';
};
