/** Records in PostgreSQL. Every call is one transaction; changes go in order of key, so that two calls never deadlock. */
import type { Sql, TransactionSql } from 'postgres';
import { fail, ok } from '#core/result.ts';
import type { RecordChange, Records, StoredRecord } from './storage.ts';

interface Row {
  readonly key: string;
  readonly value: string;
  readonly version: string;
}

export const createPostgresRecords = (sql: Sql): Records => ({
  read: async (collection, key) => {
    const [row] = await sql<Row[]>`
      SELECT key, value, version FROM record WHERE collection = ${collection} AND key = ${key}`;
    return row ? recordFromRow(row) : null;
  },
  list: async (collection, keyPrefix = '') => {
    const rows = await sql<Row[]>`
      SELECT key, value, version FROM record
      WHERE collection = ${collection} AND key >= ${keyPrefix} AND starts_with(key, ${keyPrefix}) ORDER BY key`;
    return rows.map(recordFromRow);
  },
  readAll: async () => {
    const rows = await sql<(Row & { collection: string; expires_ms: string | null })[]>`
      SELECT collection, key, value, expires_ms FROM record ORDER BY collection, key`;
    return rows.map(({ collection, key, value, expires_ms: expiresMs }) => ({
      collection,
      key,
      value: JSON.parse(value) as unknown,
      expiresMs: expiresMs === null ? null : Number(expiresMs),
    }));
  },
  write: async (changes) => {
    const ordered = changes.toSorted((a, b) => (placeOf(a) < placeOf(b) ? -1 : placeOf(a) > placeOf(b) ? 1 : 0));
    try {
      await sql.begin(async (transaction) => {
        for (const change of ordered) if (!(await apply(transaction, change))) throw new Conflict();
      });
      return ok(undefined);
    } catch (error) {
      if (error instanceof Conflict) return fail({ kind: 'conflict' });
      throw error;
    }
  },
  removeExpired: async (nowMs) => (await sql`DELETE FROM record WHERE expires_ms <= ${nowMs}`).count,
  removeWorkspace: async (workspace) => {
    await sql`DELETE FROM record WHERE starts_with(key, ${`${workspace}/`})`;
  },
});

class Conflict extends Error {}

const placeOf = ({ collection, key }: RecordChange): string => `${collection}\n${key}`;

/** Answers whether the record was at the expected version. */
const apply = async (sql: TransactionSql, change: RecordChange): Promise<boolean> => {
  const { collection, key, value, ifVersion, expiresMs = null } = change;
  if (value === null) {
    if (ifVersion === 0) return (await sql`${one(sql, change)}`).count === 0;
    const gone = await sql`
      DELETE FROM record WHERE collection = ${collection} AND key = ${key}
      AND ${ifVersion === undefined ? sql`true` : sql`version = ${ifVersion}`}`;
    return ifVersion === undefined || gone.count === 1;
  }
  const text = JSON.stringify(value);
  if (ifVersion === undefined) {
    await sql`
      INSERT INTO record (collection, key, value, version, expires_ms)
      VALUES (${collection}, ${key}, ${text}, 1, ${expiresMs})
      ON CONFLICT (collection, key)
      DO UPDATE SET value = excluded.value, version = record.version + 1, expires_ms = excluded.expires_ms`;
    return true;
  }
  const written =
    ifVersion === 0
      ? await sql`
          INSERT INTO record (collection, key, value, version, expires_ms)
          VALUES (${collection}, ${key}, ${text}, 1, ${expiresMs}) ON CONFLICT DO NOTHING`
      : await sql`
          UPDATE record SET value = ${text}, version = version + 1, expires_ms = ${expiresMs}
          WHERE collection = ${collection} AND key = ${key} AND version = ${ifVersion}`;
  return written.count === 1;
};

const one = (sql: TransactionSql, { collection, key }: RecordChange) =>
  sql`SELECT 1 FROM record WHERE collection = ${collection} AND key = ${key}`;

const recordFromRow = ({ key, value, version }: Row): StoredRecord => ({
  key,
  value: JSON.parse(value) as unknown,
  version: Number(version),
});
