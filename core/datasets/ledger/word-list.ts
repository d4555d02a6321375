/** Few texts (shops, channels, campaigns) or moments of an export as dense numbers. */
export class WordList<Word extends string | number = string> {
  readonly words: Word[] = [];
  readonly #numberByWord = new Map<Word, number>();

  intern(word: Word): number {
    const known = this.#numberByWord.get(word);
    if (known !== undefined) return known;
    this.#numberByWord.set(word, this.words.length);
    return this.words.push(word) - 1;
  }

  /** -1 when it was never interned. */
  find(word: Word): number {
    return this.#numberByWord.get(word) ?? -1;
  }

  text(number: number): Word {
    return this.words[number]!;
  }
}
