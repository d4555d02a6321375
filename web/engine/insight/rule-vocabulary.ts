/** The names a rule may use, from the ledger and the beliefs; made once for each state of the facts. */
import { starterTags } from '#core/catalogue/tags.data.ts';
import type { BeliefColumns } from '#core/insight/profile/belief-columns.ts';
import { baseName } from '#core/segments/base-name.ts';
import type { RuleVocabulary } from '#core/segments/rule.ts';
import type { EngineContext } from './engine-context.ts';
import { orderedProducts, unorderedProducts } from './unordered-products.ts';

const kept = new WeakMap<BeliefColumns, RuleVocabulary>();

export const ruleVocabulary = (
  context: Pick<EngineContext, 'ledger' | 'catalogue'>,
  beliefs: BeliefColumns,
): RuleVocabulary => {
  const { ledger } = context;
  const found = kept.get(beliefs);
  if (found) return found;
  const ordered = orderedProducts(ledger);
  const unordered = unorderedProducts(context, ordered);
  const products = new Map<string, Set<string>>();
  const suggested = new Set<string>();
  const categories = new Set<string>();
  for (let p = 0; p < ledger.productCount; p++) {
    const { productId, name, items, category } = ledger.product(p);
    const isOrdered = ordered[p] === 1 || (productId !== '' && !unordered.has(productId));
    if (name !== '') {
      const also = products.get(name) ?? new Set();
      for (const item of items) also.add(item);
      products.set(name, also);
    }
    const base = baseName(name);
    if (base !== '' && !products.has(base)) products.set(base, new Set());
    if (category !== '') categories.add(category);
    if (isOrdered) suggested.add(name).add(base);
  }
  const englishByTag = new Map(starterTags.map(({ id, english }) => [id, english]));
  const vocabulary: RuleVocabulary = {
    tags: [...new Set([...beliefs.tagNames, ...starterTags.map(({ id }) => id)])].map((name) => ({
      name,
      also: [englishByTag.get(name) ?? ''],
    })),
    products: [...products].map(([name, also]) => ({ name, also: [...also], isQuiet: !suggested.has(name) })),
    categories: [...categories].map((name) => ({ name })),
    channels: ledger.channels.filter((name) => name !== '').map((name) => ({ name })),
    consentChannels: [],
  };
  kept.set(beliefs, vocabulary);
  return vocabulary;
};
