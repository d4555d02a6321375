/**
 * How long a script takes to say. Counted in characters as Chinese hosts count: a Han character is one, a digit is one,
 * a Latin word is two (the usual length of its Chinese reading); punctuation is none. Seconds, at a rate a minute.
 */
export interface ReadingTime {
  readonly characters: number;
  readonly seconds: number;
}

export const readingTime = (text: string, charactersAMinute: number): ReadingTime => {
  const han = text.match(/[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]/g)?.length ?? 0;
  const digits = text.match(/\d/g)?.length ?? 0;
  const words = text.match(/[A-Za-z]+(?:['’][A-Za-z]+)*/g)?.length ?? 0;
  const characters = han + digits + 2 * words;
  return { characters, seconds: charactersAMinute > 0 ? Math.round((characters * 60) / charactersAMinute) : 0 };
};
