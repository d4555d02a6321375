/**
 * Walks over one line of a rule. Punctuation is brought to one form, character by character, so that places in the
 * scanned text are places in the typed one. Words match whatever their case; an English word ends at its boundary.
 */
import { type Spelling, sameCharacters } from './keywords.data.ts';
import type { VocabularyWord } from './rule.ts';

export class RuleScanner {
  readonly line: number;
  readonly typed: string;
  readonly #text: string;
  at = 0;

  constructor(typed: string, line: number) {
    this.typed = typed;
    this.line = line;
    this.#text = Array.from(typed.split(''), (letter) => sameCharacters[letter] ?? letter)
      .join('')
      .toLowerCase();
  }

  skipSpace(): void {
    while (this.at < this.#text.length && /\s/.test(this.#text[this.at] as string)) this.at++;
  }

  isAtEnd(): boolean {
    this.skipSpace();
    return this.at >= this.#text.length;
  }

  /** Takes one of these characters. */
  takeMark(marks: string): boolean {
    this.skipSpace();
    const letter = this.#text[this.at];
    if (letter === undefined || !marks.includes(letter)) return false;
    this.at++;
    return true;
  }

  /** Takes the longest spelling that stands here. */
  take(spelling: Spelling): boolean {
    this.skipSpace();
    let longest = 0;
    for (const words of [spelling.zh, spelling.en])
      for (const word of words) longest = Math.max(longest, this.#lengthHere(word));
    this.at += longest;
    return longest > 0;
  }

  /** Whether one of these spellings stands here, without taking it. */
  peek(spelling: Spelling): boolean {
    const before = this.at;
    const found = this.take(spelling);
    this.at = before;
    return found;
  }

  takeNumber(): number | null {
    this.skipSpace();
    const match = /^[¥￥]?\s*(\d{1,12}(?:\.\d{1,4})?)/.exec(this.#text.slice(this.at));
    if (!match) return null;
    this.at += match[0].length;
    return Number(match[1]);
  }

  /** Takes the longest of the vocabulary's names that stands here, quoted or bare; answers its proper name. */
  takeName(words: ReadonlyMap<string, readonly { readonly spelled: string; readonly name: string }[]>): string | null {
    this.skipSpace();
    const quoted = this.#text[this.at] === '"' ? 1 : 0;
    const from = this.at + quoted;
    for (const { spelled, name } of words.get(this.#text[from] ?? '') ?? []) {
      if (!this.#text.startsWith(spelled, from)) continue;
      const end = from + spelled.length;
      if (quoted ? this.#text[end] !== '"' : this.#breaksWord(end)) continue;
      this.at = end + quoted;
      return name;
    }
    return null;
  }

  /** What stands here up to a space, comma, bracket or the end: named in an error. */
  wordHere(): { readonly start: number; readonly text: string } {
    this.skipSpace();
    if (this.#text[this.at] === '"') {
      const end = this.#text.indexOf('"', this.at + 1);
      return { start: this.at, text: this.typed.slice(this.at, end < 0 ? undefined : end + 1) };
    }
    const match = /^[^\s,()=<>!"]+/.exec(this.#text.slice(this.at));
    return { start: this.at, text: this.typed.slice(this.at, this.at + (match?.[0].length ?? 1)) };
  }

  #lengthHere(word: string): number {
    const wanted = word.toLowerCase();
    let at = this.at;
    for (const letter of wanted) {
      if (letter === ' ') {
        if (!/\s/.test(this.#text[at] ?? '')) return 0;
        while (/\s/.test(this.#text[at] ?? '')) at++;
      } else if (this.#text.startsWith(letter, at)) at += letter.length;
      else return 0;
    }
    return /[a-z]$/.test(wanted) && this.#breaksWord(at) ? 0 : at - this.at;
  }

  /** Whether `end` lies inside a Latin word or number. */
  #breaksWord(end: number): boolean {
    return /[a-z0-9]/.test(this.#text[end - 1] ?? '') && /[a-z0-9_]/.test(this.#text[end] ?? '');
  }
}

/** Names by first character, longest first. */
export const indexNames = (words: readonly VocabularyWord[]): Map<string, { spelled: string; name: string }[]> => {
  const byFirst = new Map<string, { spelled: string; name: string }[]>();
  for (const { name, also = [] } of words)
    for (const word of [name, ...also]) {
      const spelled = Array.from(word.split(''), (letter) => sameCharacters[letter] ?? letter)
        .join('')
        .toLowerCase()
        .trim();
      const first = spelled[0];
      if (first === undefined) continue;
      const list = byFirst.get(first);
      if (list) list.push({ spelled, name });
      else byFirst.set(first, [{ spelled, name }]);
    }
  for (const list of byFirst.values()) list.sort((a, b) => b.spelled.length - a.spelled.length);
  return byFirst;
};
