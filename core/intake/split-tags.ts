/** One cell of customer tags into tags: separated by commas, semicolons, bars or the Chinese enumeration comma. */

/** As long as a tag may be that is written on a customer's card. */
export const longestTag = 24;

const noTags: readonly string[] = [];

export const splitTags = (cell: string): readonly string[] => {
  if (cell === '') return noTags;
  return [
    ...new Set(
      cell
        .split(/[,;|\n\u3001\uff0c\uff1b\uff5c]+/)
        .map((tag) => tag.trim())
        .filter((tag) => tag !== ''),
    ),
  ];
};
