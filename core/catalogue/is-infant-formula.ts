/** Infant formula, by category, tags and name in the shop's own words. Milk powder alone is not: adults drink it, too. */
import { infantFormulaPattern } from './infant-formula.data.ts';
import type { Product } from './product.ts';

export const isInfantFormula = ({ name, category, tags }: Pick<Product, 'name' | 'category' | 'tags'>): boolean =>
  infantFormulaPattern.test([name, category, ...tags].join(' '));
