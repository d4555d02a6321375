/** What stands beside a brand's name in a list of brands: where it lives, and when it was opened if the name does not tell it apart. */
import { clock, dayOfMs, listed } from './format.svelte.ts';
import { shellWords } from './shell.ts';

export interface KnownBrand {
  readonly id: string;
  readonly brand: string;
  readonly home: 'server' | 'device';
  readonly isDemo: boolean;
  readonly openedMs: number;
}

export const brandNote = (one: KnownBrand, all: readonly KnownBrand[]): string | undefined => {
  const w = shellWords();
  const notes = [
    ...(one.isDemo ? [w.demo] : []),
    ...(one.home === 'device' ? [w.onThisDevice] : []),
    ...(all.some(({ id, brand }) => id !== one.id && brand === one.brand)
      ? [w.openedAt(`${dayOfMs(one.openedMs)} ${clock(one.openedMs)}`)]
      : []),
  ];
  return notes.length > 0 ? listed(notes) : undefined;
};
