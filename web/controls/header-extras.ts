/** What the app adds to every page header: people before the acts, a status at the top right on phones. */
import { type Snippet, getContext, setContext } from 'svelte';

export interface HeaderExtras {
  readonly people: Snippet;
  readonly status: Snippet;
}

const place = Symbol('header-extras');

export const provideHeaderExtras = (extras: HeaderExtras): void => {
  setContext(place, extras);
};

export const useHeaderExtras = (): HeaderExtras | null => getContext<HeaderExtras | undefined>(place) ?? null;
