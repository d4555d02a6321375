/** What an interest tag is called: the starter tags in the language chosen, all others as somebody wrote them. */
import { starterTags } from '#core/catalogue/tags.data.ts';
import { phrases } from './phrases.svelte.ts';

const englishByTag = new Map(starterTags.map(({ id, english }) => [id, english]));

const names = phrases({ of: (tag: string) => tag }, { of: (tag) => englishByTag.get(tag) ?? tag });

export const tagName = (tag: string): string => names().of(tag);
