/**
 * Products as people see them: a product that was merged into another is folded into it, with its items and tags; a
 * ring of merges (two people merging both ways while apart) ends at the smallest id; an item claimed by two products
 * belongs to the smaller id. The answer depends on the set of records alone, never on their order.
 */
import type { ProductId } from '../units/ids.ts';
import type { Product } from './product.ts';

export interface RawProduct extends Omit<Product, 'mergedFrom'> {
  readonly removedTags: readonly string[];
  readonly mergedInto: ProductId | '';
}

export const foldMergedProducts = (raw: readonly RawProduct[]): readonly Product[] => {
  const byId = new Map([...raw].sort((a, b) => compare(a.id, b.id)).map((product) => [product.id, product]));
  const groups = new Map<ProductId, RawProduct[]>();
  for (const product of byId.values()) {
    const root = rootOfProduct(byId, product.id) ?? product.id;
    const group = groups.get(root);
    if (group) group.push(product);
    else groups.set(root, [product]);
  }
  const taken = new Set<string>();
  const folded: Product[] = [];
  for (const [id, root] of byId) {
    const group = groups.get(id);
    if (group) folded.push(fold(root, group, taken));
  }
  return Object.freeze(folded);
};

/** The product at the end of the merges; undefined when the id is unknown. */
export const rootOfProduct = (byId: ReadonlyMap<ProductId, RawProduct>, id: ProductId): ProductId | undefined => {
  if (!byId.has(id)) return undefined;
  const path: ProductId[] = [];
  for (let at = id; ;) {
    const ring = path.indexOf(at);
    if (ring >= 0) return path.slice(ring).sort(compare)[0];
    path.push(at);
    const next = byId.get(at)?.mergedInto;
    if (!next || !byId.has(next)) return at;
    at = next;
  }
};

function fold(root: RawProduct, group: readonly RawProduct[], taken: Set<string>): Product {
  const { removedTags, mergedInto: _, ...own } = root;
  const items: string[] = [];
  for (const item of group.flatMap((product) => product.items)) {
    if (taken.has(item)) continue;
    taken.add(item);
    items.push(item);
  }
  const refused = new Set(removedTags);
  const tags = new Set(group.flatMap((product) => product.tags).filter((tag) => !refused.has(tag)));
  const suggested = new Set(
    group.flatMap((product) => product.suggestedTags).filter((tag) => !refused.has(tag) && !tags.has(tag)),
  );
  return Object.freeze({
    ...own,
    items: Object.freeze(items.sort(compare)),
    tags: Object.freeze([...tags].sort(compare)),
    suggestedTags: Object.freeze([...suggested].sort(compare)),
    facts: Object.freeze(own.facts),
    isUntouched: own.isUntouched && group.length === 1,
    mergedFrom: Object.freeze(group.filter((product) => product.id !== root.id).map((product) => product.id)),
  });
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
