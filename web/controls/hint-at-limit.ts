import type { ControlWords } from './control-words.ts';

/** What stands under a field: how much it holds once it is full, because more is cut off in silence; else its hint. */
export const hintAtLimit = (
  words: ControlWords,
  value: string,
  maxlength: number | null | undefined,
  hint: string | undefined,
): string | undefined => (maxlength && value.length >= maxlength ? words.longest(maxlength) : hint);
