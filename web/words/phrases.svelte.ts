/**
 * Words in two languages, side by side. `phrases(zh, en)` gives a reader for a component: `const w = $derived(words())`.
 * English must have every key of the Chinese with the same shape, so a missing sentence is a type error.
 */
export type Language = 'zh-CN' | 'en';

const key = 'larder/language';

class LanguageChoice {
  current = $state<Language>(readStored());

  choose(language: Language): void {
    this.current = language;
    localStorage.setItem(key, language);
    document.documentElement.lang = language;
  }
}

function readStored(): Language {
  if (typeof localStorage === 'undefined') return 'zh-CN';
  return localStorage.getItem(key) === 'en' ? 'en' : 'zh-CN';
}

export const language = new LanguageChoice();

export const phrases =
  <Words>(zh: Words, en: NoInfer<Words>): (() => Words) =>
  () =>
    language.current === 'zh-CN' ? zh : en;
