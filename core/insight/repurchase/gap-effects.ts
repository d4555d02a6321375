/**
 * The shop's, categories' and products' effects on ln(gap), each a shrunk mean residual of what the level above left,
 * with k by moments (`PREDICTION` 2.1: k of items about 13, of customers 4 where a shop shows too little to tell).
 * Also the k of customers and of pairs, from what products leave over.
 */
import { shrink, varianceRatio } from '../../statistics/shrink.ts';

export interface Gaps {
  readonly size: number;
  readonly y: Float64Array;
  /** Numbers of the category, product, customer and pair each gap belongs to. */
  readonly category: Int32Array;
  readonly product: Int32Array;
  readonly customer: Int32Array;
  readonly pair: Int32Array;
}

export interface GapEffects {
  readonly mu: number;
  readonly category: Float64Array;
  /** Category and product effect together. */
  readonly product: Float64Array;
  readonly customerK: number;
  readonly pairK: number;
}

export const deriveGapEffects = (
  gaps: Gaps,
  levels: { categories: number; products: number; customers: number; pairs: number },
): GapEffects => {
  let mu = 0;
  for (let i = 0; i < gaps.size; i++) mu += gaps.y[i] as number;
  mu = gaps.size > 0 ? mu / gaps.size : 0;
  const rest = gaps.y.slice(0, gaps.size).map((y) => y - mu);
  const category = takeEffect(rest, gaps.category, levels.categories, 13).effects;
  const product = takeEffect(rest, gaps.product, levels.products, 13).effects;
  const customerK = takeEffect(rest, gaps.customer, levels.customers, 4).k;
  const pairK = takeEffect(rest, gaps.pair, levels.pairs, 600).k;
  const categoryOfProduct = new Map<number, number>();
  for (let i = 0; i < gaps.size; i++) categoryOfProduct.set(gaps.product[i] as number, gaps.category[i] as number);
  for (const [p, c] of categoryOfProduct) product[p] = (product[p] as number) + (category[c] as number);
  return { mu, category, product, customerK, pairK };
};

/** Shrunk group means, taken off `rest` in place. */
function takeEffect(
  rest: Float64Array,
  group: Int32Array,
  groups: number,
  fallbackK: number,
): { effects: Float64Array; k: number } {
  const count = new Int32Array(groups);
  const sum = new Float64Array(groups);
  const squares = new Float64Array(groups);
  for (let i = 0; i < rest.length; i++) {
    const g = group[i] as number;
    const y = rest[i] as number;
    count[g] = (count[g] as number) + 1;
    sum[g] = (sum[g] as number) + y;
    squares[g] = (squares[g] as number) + y * y;
  }
  const k = varianceRatio({ count, sum, squares }, fallbackK);
  const effects = sum.map((total, g) => shrink(total, count[g] as number, k));
  for (let i = 0; i < rest.length; i++) rest[i] = (rest[i] as number) - (effects[group[i] as number] as number);
  return { effects, k };
}
