/**
 * Which interests a product's name and category speak of, by the dictionary: a keyword in the name or a category word
 * in the category, and none of the words that speak against it. Refuses nothing; answers with an empty list when
 * nothing speaks. The evidence is the word that was found.
 */
import type { StarterTag } from './tag.ts';

export interface TagSuggestion {
  readonly tag: string;
  /** The word in the name or category that suggested it. */
  readonly word: string;
}

export const suggestTags = (
  product: { readonly name: string; readonly category: string },
  dictionary: readonly StarterTag[],
): readonly TagSuggestion[] => {
  const name = product.name.normalize('NFKC').toLowerCase();
  const category = product.category.normalize('NFKC').toLowerCase();
  const found: TagSuggestion[] = [];
  for (const tag of dictionary) {
    if (tag.except.some((word) => hasWord(name, word))) continue;
    const word =
      tag.keywords.find((candidate) => hasWord(name, candidate)) ??
      tag.categories.find((candidate) => hasWord(category, candidate));
    if (word !== undefined) found.push({ tag: tag.id, word });
  }
  return found;
};

const latin = /^[a-z]/;

/** Latin words match from a word's beginning (`oat` finds `oats`, never `boat`); Chinese ones anywhere. */
function hasWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (!latin.test(word)) return true;
    const before = at === 0 ? '' : (text[at - 1] ?? '');
    if (!/[a-z]/.test(before)) return true;
  }
  return false;
}
