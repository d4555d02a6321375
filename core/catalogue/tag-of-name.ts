/** The tag that somebody means by a name in either language: a starter tag by its English name, any other as written. */
import { starterTags } from './tags.data.ts';

const tagByEnglish = new Map(starterTags.map(({ id, english }) => [english.toLowerCase(), id]));

export const tagOfName = (name: string): string => tagByEnglish.get(name.toLowerCase()) ?? name;
