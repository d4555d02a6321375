/** Few texts as dense numbers: shops, channels, campaigns. */
export class WordList {
  readonly words: string[] = [];
  readonly #numberByWord = new Map<string, number>();

  intern(word: string): number {
    const known = this.#numberByWord.get(word);
    if (known !== undefined) return known;
    this.#numberByWord.set(word, this.words.length);
    return this.words.push(word) - 1;
  }

  /** -1 when it was never interned. */
  find(word: string): number {
    return this.#numberByWord.get(word) ?? -1;
  }

  text(number: number): string {
    return this.words[number]!;
  }
}
