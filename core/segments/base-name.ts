/**
 * A product's name without its pack: everything from the last words that hold a digit is left out, so that all packs of
 * one thing can be meant at once. A name that is nothing but pack stays whole.
 */
export const baseName = (name: string): string => {
  const words = name.trim().split(/\s+/);
  while (words.length > 1 && /\d/.test(words.at(-1) ?? '')) words.pop();
  return words.join(' ');
};
