/** How this device likes to look. The language is kept with the words (`words/phrases.svelte.ts`). */
export const themes = ['system', 'light', 'dark', 'studio'] as const;
export type Theme = (typeof themes)[number];

const key = 'larder/theme';

class Preferences {
  theme = $state<Theme>(readStored());

  chooseTheme(theme: Theme): void {
    this.theme = theme;
    localStorage.setItem(key, theme);
  }
}

function readStored(): Theme {
  const stored = typeof localStorage === 'undefined' ? null : localStorage.getItem(key);
  return themes.find((theme) => theme === stored) ?? 'system';
}

export const preferences = new Preferences();
