/** Storage in PostgreSQL: log, records, blobs and leases in one database, which several processes may share. */
import postgres from 'postgres';
import { createPostgresBlobs } from './postgres-blobs.ts';
import { createPostgresLeases } from './postgres-leases.ts';
import { createPostgresLog } from './postgres-log.ts';
import { createPostgresRecords } from './postgres-records.ts';
import { preparePostgres } from './postgres-schema.ts';
import type { LeaseRows, Storage } from './storage.ts';

export const openPostgresStorage = async (address: string): Promise<Storage & { readonly leases: LeaseRows }> => {
  const sql = postgres(address, {
    max: 10,
    connect_timeout: 5,
    // Back soon after the database is: at most a second between tries.
    backoff: (retries: number) => Math.min(0.05 * 2 ** retries, 1),
    onnotice: () => {},
    connection: { application_name: 'larder', statement_timeout: 30_000, client_min_messages: 'warning' },
  });
  try {
    await preparePostgres(sql);
  } catch (error) {
    await sql.end({ timeout: 1 });
    throw error;
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
