/** Judges one write at its turn, and tells who may not. */
import { closeCodes } from './connection.ts';
import type { Write } from './room-task.ts';

export const mayWrite = ({ connection, isEmpty }: Write, canStore: boolean, isFull: boolean): boolean => {
  if (!connection.identity.canWrite) {
    if (!isEmpty) connection.refuse('role');
    return false;
  }
  if (!canStore) {
    connection.refuse('storage');
    return false;
  }
  if (isFull && !isEmpty) {
    connection.close(closeCodes.overLimit, 'document too large');
    return false;
  }
  return true;
};
