import { BadConfiguration } from '#sync-server/configuration.ts';
import { CannotOpen } from '#sync-server/storage/cannot-open.ts';
import { isStorageFull } from '#sync-server/storage/is-storage-full.ts';

const unwritable: readonly string[] = ['EACCES', 'EPERM', 'EEXIST', 'ENOTDIR', 'EROFS'];

/** What a person can put right gets a sentence, everything else its stack. */
export const explainFailure = (error: unknown): string => {
  const { code = '', message = '', stack } = error as { code?: string; message?: string; stack?: string };
  if (error instanceof BadConfiguration || error instanceof CannotOpen) return message;
  if (isStorageFull(error)) return `the disk is full: make room, then start again (${message})`;
  if (code === 'EADDRINUSE') return `PORT is in use by another program (${message}); stop it or choose another PORT`;
  if (code === 'EADDRNOTAVAIL') return `HOST is not an address of this machine (${message})`;
  return unwritable.includes(code) ? `LARDER_DATA cannot be written (${message})` : (stack ?? String(error));
};
