/** Facts are still arriving: what is shown meanwhile is short of them. */
import { count } from './format.svelte.ts';
import { phrases } from './phrases.svelte.ts';

export const readingWords = phrases(
  {
    progress: ({ done, total }: { readonly done: number; readonly total: number }): string =>
      `正在读数据，${count(done)}/${count(total)}份`,
  },
  {
    progress: ({ done, total }) => `Reading data, ${count(done)} of ${count(total)}\u00a0parts`,
  },
);
