/** Tables in PostgreSQL. Names sort by byte (COLLATE "C"), as in SQLite: ranges of names must not depend on a locale. */
import type { Sql } from 'postgres';
import { CannotOpen } from './cannot-open.ts';

const version = 1;

const schema = `
  CREATE TABLE larder_version (version integer NOT NULL);
  CREATE TABLE room (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text COLLATE "C" NOT NULL UNIQUE,
    last_sequence bigint NOT NULL DEFAULT 0);
  CREATE TABLE room_update (room bigint NOT NULL, sequence bigint NOT NULL, bytes bytea NOT NULL,
    PRIMARY KEY (room, sequence));
  CREATE TABLE snapshot (room bigint NOT NULL, sequence bigint NOT NULL, bytes bytea NOT NULL,
    PRIMARY KEY (room, sequence));
  CREATE TABLE record (collection text COLLATE "C" NOT NULL, key text COLLATE "C" NOT NULL, value text NOT NULL,
    version bigint NOT NULL, expires_ms bigint, PRIMARY KEY (collection, key));
  CREATE INDEX record_expiry ON record (expires_ms) WHERE expires_ms IS NOT NULL;
  CREATE TABLE blob (workspace text COLLATE "C" NOT NULL, hash text COLLATE "C" NOT NULL, bytes bytea NOT NULL,
    stored_ms bigint NOT NULL, PRIMARY KEY (workspace, hash));
  ALTER TABLE blob ALTER bytes SET STORAGE EXTERNAL;
  CREATE TABLE process (id text PRIMARY KEY, address text NOT NULL, is_alone boolean NOT NULL,
    expires timestamptz NOT NULL);
  CREATE TABLE lease (name text COLLATE "C" PRIMARY KEY, owner text NOT NULL, token bigint NOT NULL);
`;

/** Several processes may start at one moment: one makes the tables, the others wait for it. */
export const preparePostgres = (sql: Sql, isThere: boolean): Promise<void> =>
  sql.begin(async (transaction) => {
    await transaction`SELECT pg_advisory_xact_lock(hashtext('larder'))`;
    const [{ found } = { found: null }] = await transaction<{ found: string | null }[]>`
      SELECT to_regclass('larder_version')::text AS found`;
    if (found === null) {
      if (isThere) throw new CannotOpen('there is no Larder in the database of DATABASE_URL');
      await transaction.unsafe(schema).simple();
      await transaction`INSERT INTO larder_version (version) VALUES (${version})`;
      return;
    }
    const [row] = await transaction<{ version: number }[]>`SELECT version FROM larder_version`;
    if ((row?.version ?? 0) > version)
      throw new CannotOpen(`the database was written by a newer Larder (version ${row?.version}): start that one`);
  }) as Promise<void>;
