/**
 * The few words controls say by themselves. Controls know no language: the root layout provides these through
 * context, so a switch of language reaches every open sheet.
 */
import { getContext, setContext } from 'svelte';

export interface ControlWords {
  readonly close: string;
  readonly cancel: string;
  readonly remove: string;
  readonly undo: string;
  readonly notices: string;
  readonly required: string;
  /** In the place of what is sought. */
  readonly find: string;
  /** So many of those found are shown; none is said too. */
  readonly found: (shown: number, total: number) => string;
  /** A field holds no more than so many characters. */
  readonly longest: (characters: number) => string;
  /** "1 to 16 of 386" */
  readonly range: (first: number, last: number, total: number) => string;
}

const place = Symbol('control-words');
const silent: ControlWords = {
  close: 'close',
  cancel: 'cancel',
  remove: 'remove',
  undo: 'undo',
  notices: 'notices',
  required: 'required',
  find: 'find',
  found: (shown, total) => `${shown} / ${total}`,
  longest: (characters) => `≤ ${characters}`,
  range: (first, last, total) => `${first}–${last} / ${total}`,
};

export const provideControlWords = (read: () => ControlWords): void => {
  setContext(place, read);
};

/** Falls back to bare keys outside an app, in a test for one. */
export const useControlWords = (): (() => ControlWords) =>
  getContext<(() => ControlWords) | undefined>(place) ?? (() => silent);
