/**
 * Which law rules hold for a product: infant formula, health food, or ordinary food. From category, tags and name, in
 * the shop's own words; a certificate number in the facts settles health food.
 */
import type { Product } from '../catalogue/product.ts';
import type { ProductKind } from './law-rule.ts';
import { kindPatterns } from './product-kind.data.ts';

export const deriveProductKind = (product: Pick<Product, 'name' | 'category' | 'tags' | 'facts'>): ProductKind => {
  const text = [product.name, product.category, ...product.tags].join(' ');
  if (kindPatterns.infantFormula.test(text)) return 'infant-formula';
  const facts = Object.entries(product.facts).flat().join(' ');
  return kindPatterns.healthFood.test(`${text} ${facts}`) ? 'health-food' : 'ordinary';
};
