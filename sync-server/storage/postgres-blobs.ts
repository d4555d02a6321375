/** Blobs as rows, where every process sees them. */
import type { Sql } from 'postgres';
import { checkBlobName } from './blob-name.ts';
import type { Blobs } from './storage.ts';

export const createPostgresBlobs = (sql: Sql): Blobs => {
  const read = async (workspace: string, hash: string): Promise<Uint8Array | null> => {
    checkBlobName(workspace, hash);
    const [row] = await sql<{ bytes: Buffer }[]>`
      SELECT bytes FROM blob WHERE workspace = ${workspace} AND hash = ${hash}`;
    return row ? new Uint8Array(row.bytes) : null;
  };
  return {
    write: async (workspace, hash, bytes) => {
      checkBlobName(workspace, hash);
      const written = await sql`
        INSERT INTO blob (workspace, hash, bytes, stored_ms)
        VALUES (${workspace}, ${hash}, ${Buffer.from(bytes)}, extract(epoch FROM clock_timestamp()) * 1000)
        ON CONFLICT DO NOTHING`;
      return written.count === 1 || Buffer.from((await read(workspace, hash)) ?? []).equals(bytes);
    },
    read,
    list: async (workspace) => {
      const rows = await sql<{ hash: string; bytes: number; stored_ms: string }[]>`
        SELECT hash, length(bytes) AS bytes, stored_ms FROM blob WHERE workspace = ${workspace} ORDER BY hash`;
      return rows.map(({ hash, bytes, stored_ms: storedMs }) => ({ hash, bytes, storedMs: Number(storedMs) }));
    },
    remove: async (workspace, hash) => {
      checkBlobName(workspace, hash);
      await sql`DELETE FROM blob WHERE workspace = ${workspace} AND hash = ${hash}`;
    },
    removeWorkspace: async (workspace) => {
      await sql`DELETE FROM blob WHERE workspace = ${workspace}`;
    },
  };
};
