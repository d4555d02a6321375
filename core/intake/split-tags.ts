/**
 * One cell into tags: separated by commas, semicolons, bars, brackets or the Chinese enumeration comma, and by a space
 * between two Chinese words. A starter tag may be called by its English name.
 */
import { tagOfName } from '../catalogue/tag-of-name.ts';

/** As long as a tag may be that is written on a customer's card. */
export const longestTag = 24;

const noTags: readonly string[] = [];

export const splitTags = (cell: string): readonly string[] => {
  if (cell === '') return noTags;
  return [
    ...new Set(
      cell
        .split(/[,;|\n\u3001\uff0c\uff1b\uff5c[\]\u3010\u3011]+|(?<=\p{Script=Han})\s+(?=\p{Script=Han})/u)
        .map((tag) => tagOfName(tag.trim()))
        .filter((tag) => tag !== ''),
    ),
  ];
};
