/** The shop's names made ready for scanning, once for each vocabulary. */
import { type Spelling, channelWords, contactWords, rfmWords, stageWords } from './keywords.data.ts';
import { indexNames } from './rule-scanner.ts';
import type { RuleVocabulary, VocabularyWord } from './rule.ts';

export type NameIndex = ReturnType<typeof indexNames>;

export interface NameList {
  readonly index: NameIndex;
  /** What an error may suggest. */
  readonly names: readonly string[];
}

export interface IndexedVocabulary {
  readonly tag: NameList;
  readonly rfm: NameList;
  readonly stage: NameList;
  readonly channel: NameList;
  readonly consent: NameList;
  readonly product: NameList;
  readonly category: NameList;
}

const fromSpellings = (words: Readonly<Record<string, Spelling>>): VocabularyWord[] =>
  Object.entries(words).map(([name, { zh, en }]) => ({ name, also: [...zh, ...en] }));

const list = (
  words: readonly VocabularyWord[],
  names = words.filter(({ isQuiet }) => !isQuiet).map(({ name }) => name),
): NameList => ({
  index: indexNames(words),
  names,
});

const suggestible = (words: Readonly<Record<string, Spelling>>): string[] => [
  ...new Set(Object.values(words).flatMap(({ zh, en }) => [zh[0] as string, en[0] as string])),
];

const known = new WeakMap<RuleVocabulary, IndexedVocabulary>();

export const indexVocabulary = (vocabulary: RuleVocabulary): IndexedVocabulary => {
  const found = known.get(vocabulary);
  if (found) return found;
  const made: IndexedVocabulary = {
    tag: list(vocabulary.tags),
    rfm: list(fromSpellings(rfmWords), suggestible(rfmWords)),
    stage: list(fromSpellings(stageWords), suggestible(stageWords)),
    channel: list(
      [...vocabulary.channels, ...fromSpellings(channelWords)],
      [...suggestible(channelWords), ...vocabulary.channels.map(({ name }) => name)],
    ),
    consent: list([...vocabulary.consentChannels, ...fromSpellings(contactWords)], suggestible(contactWords)),
    product: list(vocabulary.products),
    category: list(vocabulary.categories),
  };
  known.set(vocabulary, made);
  return made;
};
