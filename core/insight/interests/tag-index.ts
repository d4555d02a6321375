/** The tags of a ledger: those of its products and those a person put on somebody, in order of name. */
import type { Ledger } from '#core/datasets/ledger-columns.ts';

export interface TagIndex {
  readonly names: readonly string[];
  readonly at: ReadonlyMap<string, number>;
  /** Tags of a dense product. */
  readonly ofProduct: readonly Int32Array[];
  /** 32-bit words a customer needs. */
  readonly words: number;
}

export const createTagIndex = (ledger: Ledger, markedTags: Iterable<string>): TagIndex => {
  const found = new Set(markedTags);
  for (let p = 0; p < ledger.productCount; p++) for (const tag of ledger.product(p).tags) found.add(tag);
  const names = [...found].sort();
  const at = new Map(names.map((name, index) => [name, index]));
  const none = new Int32Array(0);
  const ofProduct = Array.from({ length: ledger.productCount }, (_, p) => {
    const { tags } = ledger.product(p);
    return tags.length === 0 ? none : Int32Array.from(new Set(tags), (tag) => at.get(tag) as number);
  });
  return { names, at, ofProduct, words: Math.max(1, (names.length + 31) >> 5) };
};

/** Every tag that some person put on some customer. Marks that take a tag away bring no tag into being. */
export const findMarkedTags = (ledger: Ledger): Set<string> => {
  const found = new Set<string>();
  for (let c = 0; c < ledger.customerCount; c++)
    for (const [tag, state] of ledger.tagMarks(c)) if (state === 'on') found.add(tag);
  return found;
};
