/**
 * A text as search terms: neighbouring pairs of Chinese characters and each character alone, Latin words and numbers as
 * they stand in lower case, and the pinyin initials of each run of Chinese (given by the caller, who owns the pinyin
 * table). `terms of 小火炖牛腩`: 小, 小火, 火, 火炖, … , xhdnn.
 */
export type Initials = (chinese: string) => string;

const run = /\p{Script=Han}+|[\p{Letter}\p{Number}]+/gu;
const chinese = /^\p{Script=Han}/u;

export const clipTerms = (text: string, initials: Initials): readonly string[] => {
  const terms: string[] = [];
  for (const [part] of text.toLowerCase().matchAll(run)) {
    if (!chinese.test(part)) {
      terms.push(part);
      continue;
    }
    const characters = [...part];
    characters.forEach((character, at) => {
      terms.push(character);
      const next = characters[at + 1];
      if (next !== undefined) terms.push(character + next);
    });
    const letters = initials(part);
    // Initials are searched from any character on: nn finds 小火炖牛腩.
    for (let at = 0; at < letters.length - 1; at++) terms.push(letters.slice(at));
  }
  return terms;
};

/** What someone typed: pairs where there are any, so that two characters must stand side by side. */
export const queryTerms = (text: string): readonly string[] => {
  const terms: string[] = [];
  for (const [part] of text.toLowerCase().matchAll(run)) {
    const characters = [...part];
    if (!chinese.test(part) || characters.length === 1) terms.push(part);
    else for (let at = 0; at + 1 < characters.length; at++) terms.push(`${characters[at]}${characters[at + 1]}`);
  }
  return terms;
};
