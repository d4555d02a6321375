/** Records in SQLite. Every call is one durable transaction. */
import type { DatabaseSync } from 'node:sqlite';
import { fail, ok } from '#core/result.ts';
import type { RecordChange, RecordEntry, Records, StoredRecord } from './storage.ts';

interface Row {
  readonly key: string;
  readonly value: string;
  readonly version: number;
}

export const createSqliteRecords = (database: DatabaseSync): Records => {
  const readOne = database.prepare('SELECT key, value, version FROM record WHERE collection = ? AND key = ?');
  const readFrom = database.prepare(
    'SELECT key, value, version FROM record WHERE collection = ? AND key >= ? ORDER BY key',
  );
  const readEvery = database.prepare('SELECT collection, key, value, expiresMs FROM record ORDER BY collection, key');
  const write = database.prepare(
    'INSERT INTO record (collection, key, value, version, expiresMs) VALUES (?, ?, ?, 1, ?) ON CONFLICT (collection, key) DO UPDATE SET value = excluded.value, version = version + 1, expiresMs = excluded.expiresMs',
  );
  const remove = database.prepare('DELETE FROM record WHERE collection = ? AND key = ?');
  const removeExpired = database.prepare('DELETE FROM record WHERE expiresMs <= ?');
  const removePrefix = database.prepare('DELETE FROM record WHERE key >= ? AND key < ?');
  const rowOf = (collection: string, key: string): Row | undefined => readOne.get(collection, key) as Row | undefined;

  const isCurrent = ({ collection, key, ifVersion }: RecordChange): boolean =>
    ifVersion === undefined || (rowOf(collection, key)?.version ?? 0) === ifVersion;
  const apply = ({ collection, key, value, expiresMs }: RecordChange): void => {
    if (value === null) remove.run(collection, key);
    else write.run(collection, key, JSON.stringify(value), expiresMs ?? null);
  };

  return {
    read: async (collection, key) => {
      const row = rowOf(collection, key);
      return row ? recordFromRow(row) : null;
    },
    list: async (collection, keyPrefix = '') => {
      const found: StoredRecord[] = [];
      for (const row of readFrom.iterate(collection, keyPrefix) as Iterable<unknown>) {
        if (!(row as Row).key.startsWith(keyPrefix)) break;
        found.push(recordFromRow(row as Row));
      }
      return found;
    },
    readAll: async () =>
      (readEvery.all() as unknown as (Row & RecordEntry)[]).map(({ collection, key, value, expiresMs }) => ({
        collection,
        key,
        value: JSON.parse(value as string) as unknown,
        expiresMs,
      })),
    write: async (changes) =>
      runInTransaction(database, () => {
        if (!changes.every(isCurrent)) return fail({ kind: 'conflict' });
        changes.forEach(apply);
        return ok(undefined);
      }),
    removeExpired: async (nowMs) => Number(removeExpired.run(nowMs).changes),
    // `0` follows `/` in ASCII.
    removeWorkspace: async (workspace) => void removePrefix.run(`${workspace}/`, `${workspace}0`),
  };
};

const recordFromRow = ({ key, value, version }: Row): StoredRecord => ({
  key,
  value: JSON.parse(value) as unknown,
  version,
});

export const runInTransaction = <Answer>(database: DatabaseSync, run: () => Answer): Answer => {
  database.exec('BEGIN IMMEDIATE');
  try {
    const answer = run();
    database.exec('COMMIT');
    return answer;
  } catch (error) {
    // A full disk may have rolled back already.
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
};
