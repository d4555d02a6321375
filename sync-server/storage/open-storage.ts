/** The storage a configuration names: PostgreSQL where there is an address, else the data folder. */
import { openPostgresStorage } from './postgres-storage.ts';
import { createSqliteStorage } from './sqlite-storage.ts';
import type { Storage } from './storage.ts';

export const openStorage = async ({
  database,
  data,
}: {
  readonly database: string | null;
  readonly data: string;
}): Promise<Storage> => (database === null ? createSqliteStorage(data) : openPostgresStorage(database));
