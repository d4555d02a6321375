/**
 * Words in two languages, side by side. `phrases(zh, en)` gives a reader for a component: `const w = $derived(words())`.
 * English must have every key of the Chinese with the same shape, so a missing sentence is a type error.
 */
export type Language = 'zh-CN' | 'en';

/** Each under its own name, whatever the page is written in. */
export const languageOptions: readonly { value: Language; label: string; lang: Language }[] = [
  { value: 'zh-CN', label: '中文', lang: 'zh-CN' },
  { value: 'en', label: 'English', lang: 'en' },
];

const key = 'larder/language';

class LanguageChoice {
  current = $state<Language>(readLanguage());

  choose(language: Language): void {
    this.current = language;
    localStorage.setItem(key, language);
    document.documentElement.lang = language;
  }
}

/** What was chosen here; else the first of the browser's languages that Larder speaks; else Chinese. */
function readLanguage(): Language {
  const chosen = typeof localStorage === 'undefined' ? null : localStorage.getItem(key);
  const wanted = typeof navigator === 'undefined' ? [] : (navigator.languages ?? []);
  return languageOf([...(chosen === null ? [] : [chosen]), ...wanted]);
}

export const languageOf = (wanted: readonly string[]): Language => {
  const spoken = wanted.map((tag) => tag.toLowerCase().split('-')[0]).find((one) => one === 'zh' || one === 'en');
  return spoken === 'en' ? 'en' : 'zh-CN';
};

export const language = new LanguageChoice();

export const phrases =
  <Words>(zh: Words, en: NoInfer<Words>): (() => Words) =>
  () =>
    language.current === 'zh-CN' ? zh : en;
