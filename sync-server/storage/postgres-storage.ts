/** Storage in PostgreSQL: log, records, blobs and leases in one database, which several processes may share. */
import postgres from 'postgres';
import { CannotOpen } from './cannot-open.ts';
import { createPostgresBlobs } from './postgres-blobs.ts';
import { createPostgresLeases } from './postgres-leases.ts';
import { createPostgresLog } from './postgres-log.ts';
import { createPostgresRecords } from './postgres-records.ts';
import { preparePostgres } from './postgres-schema.ts';
import type { LeaseRows, Storage } from './storage.ts';

export const openPostgresStorage = async (
  address: string,
  { isThere = false } = {},
): Promise<Storage & { readonly leases: LeaseRows }> => {
  const sql = postgres(address, {
    max: 10,
    connect_timeout: 5,
    // Back soon after the database is: at most a second between tries.
    backoff: (retries: number) => Math.min(0.05 * 2 ** retries, 1),
    onnotice: () => {},
    connection: { application_name: 'larder', statement_timeout: 30_000, client_min_messages: 'warning' },
  });
  try {
    await preparePostgres(sql, isThere);
  } catch (error) {
    await sql.end({ timeout: 1 });
    const { code = '' } = error as { code?: string };
    const sentence = sentenceByCode[code];
    throw sentence ? new CannotOpen(`DATABASE_URL: ${sentence} (${(error as Error).message || code})`) : error;
  }
  const leases = createPostgresLeases(sql);
  const log = createPostgresLog(sql, leases);
  return {
    log,
    leases,
    records: createPostgresRecords(sql),
    blobs: createPostgresBlobs(sql),
    close: async () => {
      await log.finish();
      await sql.end({ timeout: 2 });
    },
  };
};

const unreached = 'the database does not answer; check host and port, and that PostgreSQL runs';
const refused = 'the database does not let Larder in; check name and password';
/** What PostgreSQL and the network answer, and what that means to whoever runs the server. */
const sentenceByCode: Readonly<Record<string, string>> = {
  ECONNREFUSED: unreached,
  ENOTFOUND: unreached,
  EAI_AGAIN: unreached,
  EHOSTUNREACH: unreached,
  ETIMEDOUT: unreached,
  CONNECT_TIMEOUT: unreached,
  '3D000': 'there is no such database; make it first',
  '28P01': refused,
  '28000': refused,
  '42501': 'the user of the database may not make tables in it',
};
