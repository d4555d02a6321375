/**
 * Flushes SQLite's write-ahead log off the event loop. One flush at a time, which covers every commit made before it
 * began. What a checkpoint has moved meanwhile is flushed by the checkpoint itself.
 */
import { closeSync, fdatasync, openSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';

export type Sync = (file: number) => Promise<void>;

export interface WriteAheadFlush {
  /** There is a commit that nobody has flushed. */
  committed(): void;
  /** Resolves once every commit so far would survive the loss of power. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

export const createWriteAheadFlush = (
  database: DatabaseSync,
  path: string,
  sync: Sync = promisify(fdatasync),
): WriteAheadFlush => {
  const file = openSync(path, 'r+');
  let isDirty = false;
  let hasFailed = false;
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;

  const write = async (): Promise<void> => {
    isDirty = false;
    try {
      // After a failed flush the kernel may hold pages for written that are not: all is written anew, elsewhere.
      if (hasFailed) database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      await sync(file);
      hasFailed = false;
    } catch (error) {
      isDirty = hasFailed = true;
      throw error;
    }
  };
  const start = (): Promise<void> => {
    next = null;
    running = write().finally(() => {
      running = null;
    });
    return running;
  };
  const flush = (): Promise<void> => {
    if (next) return next;
    if (!isDirty) return running ?? Promise.resolve();
    if (!running) return start();
    next = running.then(start, start);
    return next;
  };
  return {
    committed: () => {
      isDirty = true;
    },
    flush,
    close: async () => {
      await flush().catch(() => {});
      closeSync(file);
    },
  };
};
