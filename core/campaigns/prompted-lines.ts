/** One prompter line a text line; blank ones are left out. */
export const promptedLines = (script: string): readonly string[] =>
  script
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
