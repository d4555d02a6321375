import { createSubscriber } from 'svelte/reactivity';

/** Called in an effect, runs it again when the theme or the language of the page changes. */
export const watchTheme = createSubscriber((update) => {
  const observer = new MutationObserver(update);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'lang'] });
  const scheme = matchMedia('(prefers-color-scheme: dark)');
  scheme.addEventListener('change', update);
  return () => {
    observer.disconnect();
    scheme.removeEventListener('change', update);
  };
});
