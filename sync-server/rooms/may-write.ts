/** Judges one write at its turn, and tells who may not. */
import { closeCodes } from './connection.ts';
import type { Write } from './room-task.ts';

/** Who was told that nothing larger is taken, and goes on all the same, is closed after so many writes. */
const mostRefused = 20;

export const mayWrite = ({ connection, isEmpty }: Write, canStore: boolean, isTooMuch: () => boolean): boolean => {
  if (!connection.identity.canWrite) {
    if (!isEmpty) connection.refuse('role');
    return false;
  }
  if (!canStore) {
    connection.refuse('storage');
    return false;
  }
  if (!isEmpty && isTooMuch()) {
    if (connection.refuse('size') > mostRefused) connection.close(closeCodes.overLimit, 'document too large');
    return false;
  }
  return true;
};
