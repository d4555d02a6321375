/** The storage a configuration names: PostgreSQL where there is an address, else the data folder. */
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { CannotOpen } from './cannot-open.ts';
import { openPostgresStorage } from './postgres-storage.ts';
import { createSqliteStorage, databaseName } from './sqlite-storage.ts';
import type { Storage } from './storage.ts';

interface Place {
  readonly database: string | null;
  readonly data: string;
}

export const openStorage = async ({ database, data }: Place): Promise<Storage> => {
  // The key file and the door lie there also when the database does not.
  mkdirSync(data, { recursive: true, mode: 0o700 });
  return database === null ? createSqliteStorage(data) : openPostgresStorage(database);
};

/** For commands on what is there: makes nothing where nothing is. */
export const openExistingStorage = async ({ database, data }: Place): Promise<Storage> => {
  if (database !== null) return openPostgresStorage(database, { isThere: true });
  if (!existsSync(join(data, databaseName))) throw new CannotOpen(`there is no Larder at ${data} (LARDER_DATA)`);
  return createSqliteStorage(data);
};
