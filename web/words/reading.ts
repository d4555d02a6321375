/** Facts are still arriving: what is shown meanwhile is short of them. */
import { count } from './format.svelte.ts';
import { phrases } from './phrases.svelte.ts';

/** Null: there is nothing to wait for. */
type Progress = { readonly done: number; readonly total: number } | null;

export const readingWords = phrases(
  {
    progress: (read: Progress): string | undefined =>
      read ? `正在读数据，${count(read.done)}/${count(read.total)}份` : undefined,
  },
  {
    progress: (read) => (read ? `Reading data, ${count(read.done)} of ${count(read.total)}\u00a0parts` : undefined),
  },
);
