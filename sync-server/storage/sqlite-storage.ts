/**
 * Storage in one data folder: `larder.sqlite` (WAL, deleted content overwritten) and `blobs/`. Every commit waits
 * for the disk, but for those of the room log. The database is locked for as long as the process lives, so a second server on the same folder fails at once; the lock dies with the process.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { CannotOpen } from './cannot-open.ts';
import { createFolderBlobs } from './folder-blobs.ts';
import { createSqliteLog } from './sqlite-log.ts';
import { createSqliteRecords } from './sqlite-records.ts';
import type { Storage } from './storage.ts';
import { type Sync, createWriteAheadFlush } from './write-ahead-flush.ts';

export class DataFolderInUse extends CannotOpen {}

export const databaseName = 'larder.sqlite';

export const createSqliteStorage = (folder: string, sync?: Sync): Storage => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, databaseName);
  const database = openDatabase(path);
  const ahead = createWriteAheadFlush(database, `${path}-wal`, sync);
  const log = createSqliteLog(database, ahead);
  return {
    log,
    records: createSqliteRecords(database),
    blobs: createFolderBlobs(join(folder, 'blobs')),
    leases: null,
    close: async () => {
      log.commit();
      await ahead.close();
      database.close();
    },
  };
};

const version = 2;

const schema = `
  CREATE TABLE room (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
  CREATE TABLE roomUpdate (room INTEGER NOT NULL, sequence INTEGER NOT NULL, bytes BLOB NOT NULL,
    PRIMARY KEY (room, sequence)) STRICT, WITHOUT ROWID;
  CREATE TABLE snapshot (room INTEGER NOT NULL, sequence INTEGER NOT NULL, bytes BLOB NOT NULL,
    PRIMARY KEY (room, sequence)) STRICT;
  CREATE TABLE record (collection TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, version INTEGER NOT NULL,
    expiresMs INTEGER, PRIMARY KEY (collection, key)) STRICT, WITHOUT ROWID;
  CREATE INDEX recordExpiry ON record (expiresMs) WHERE expiresMs IS NOT NULL;
`;

const openDatabase = (path: string): DatabaseSync => {
  let database: DatabaseSync | null = null;
  try {
    database = new DatabaseSync(path, { timeout: 2000 });
    database.exec(`
      PRAGMA locking_mode = EXCLUSIVE;
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = FULL;
      PRAGMA secure_delete = ON;
      PRAGMA journal_size_limit = 67108864;
      BEGIN IMMEDIATE;
    `);
    const { user_version: found } = database.prepare('PRAGMA user_version').get() as { user_version: number };
    if (found > version)
      throw new CannotOpen(`${path} was written by a newer Larder (version ${found}): start that one`);
    if (found === 0) database.exec(schema);
    if (found === 1) database.exec('ALTER TABLE room DROP COLUMN lastSequence');
    if (found < version) database.exec(`PRAGMA user_version = ${version}`);
    database.exec('COMMIT');
    return database;
  } catch (error) {
    database?.close();
    const sentence = sentences.find(([pattern]) => pattern.test(String(error)))?.[1];
    if (/database is locked/.test(String(error)))
      throw new DataFolderInUse(`${path} is in use by another Larder; stop it first or choose another LARDER_DATA`);
    throw sentence ? new CannotOpen(`${path} ${sentence}`) : error;
  }
};

/** What SQLite says, and what that means to whoever runs the server. */
const sentences: readonly (readonly [RegExp, string])[] = [
  [/not a database|malformed/, 'is damaged: put it back from a backup (npm run restore)'],
  [/readonly database|unable to open/, 'cannot be written: give the user who runs Larder the right to (LARDER_DATA)'],
  // What a folder that was mounted to be read only says, too.
  [
    /disk I\/O error/,
    'cannot be read and written: look at how the disk is mounted, and whether it is well (LARDER_DATA)',
  ],
];
