/** What an error suggests: words of the grammar in the language being typed, and the shop's names as they are. */
import {
  type Spelling,
  boughtWords,
  channelWords,
  contactWords,
  joinWords,
  listFields,
  notBoughtWords,
  numberFieldWords,
  rfmWords,
  stageWords,
  windowPrefixes,
} from './keywords.data.ts';
import { nearestWords } from './nearest-words.ts';
import type { IndexedVocabulary } from './vocabulary.ts';

type Language = keyof Spelling;
type NameKind = Exclude<keyof IndexedVocabulary, 'product'>;

/** The names that are words of the grammar. */
const nameWords: Partial<Record<NameKind, Readonly<Record<string, Spelling>>>> = {
  rfm: rfmWords,
  stage: stageWords,
  channel: channelWords,
  consent: contactWords,
};
const beginnings: readonly Spelling[] = [
  ...Object.values(listFields),
  ...Object.values(numberFieldWords),
  boughtWords,
  notBoughtWords,
  windowPrefixes,
];
const firstOf = (words: readonly Spelling[], language: Language): string[] =>
  words.map((spelling) => spelling[language][0] as string);

export class WordOffers {
  readonly #known: IndexedVocabulary;
  readonly #line: string;
  readonly #rule: string;

  constructor(known: IndexedVocabulary, line: string, rule: string) {
    this.#known = known;
    this.#line = line;
    this.#rule = rule;
  }

  spellings(spelling: Spelling, near: string): readonly string[] {
    return spelling[this.#languageOf(near)];
  }

  names(kind: NameKind, near: string): readonly string[] {
    const { names } = this.#known[kind];
    const words = nameWords[kind];
    if (!words) return names;
    const language = this.#languageOf(near);
    const said = firstOf(Object.values(words), language);
    const unsaid = firstOf(Object.values(words), language === 'zh' ? 'en' : 'zh');
    return names.filter((name) => said.includes(name) || !unsaid.includes(name));
  }

  joins(near: string): readonly string[] {
    return nearestWords(near, firstOf([joinWords.all, joinWords.any], this.#languageOf(near)));
  }

  beginnings(near: string): readonly string[] {
    return nearestWords(near, [
      ...firstOf(beginnings, this.#languageOf(near)),
      ...this.names('rfm', near),
      ...this.names('stage', near),
      ...this.#known.product.names.slice(0, 2000),
    ]);
  }

  products(near: string): readonly string[] {
    return nearestWords(near, [...this.#known.product.names, ...this.#known.category.names]);
  }

  /** That of the word in question, else of its line, else of the rule: whichever script comes first. */
  #languageOf(near: string): Language {
    const said = [near, this.#line, this.#rule].find((text) => /[a-z\p{Script=Han}]/iu.test(text)) ?? '';
    return /^[^a-z]*\p{Script=Han}/iu.test(said) ? 'zh' : 'en';
  }
}
