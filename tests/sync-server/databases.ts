/** The PostgreSQL and the Redis that scripts/databases.js started for this run, each with a part of its own a test. */
import { randomBytes } from 'node:crypto';
import postgres from 'postgres';
import { inject } from 'vitest';

export interface Database {
  readonly address?: string;
  /** Why there is none. */
  readonly reason?: string;
}

declare module 'vitest' {
  export interface ProvidedContext {
    databases: { readonly postgres: Database; readonly redis: Database };
  }
}

export const databases = inject('databases');

/** What a suite that needs them is called when they are not there. */
export const missing: string | null =
  [databases.postgres, databases.redis].flatMap(({ reason }) => (reason ? [reason] : []))[0] ?? null;

/** An empty database of its own. */
export const createDatabase = async (): Promise<string> => {
  const address = new URL(databases.postgres.address ?? '');
  const name = `test_${randomBytes(6).toString('hex')}`;
  const sql = postgres(address.href, { max: 1, onnotice: () => {} });
  await sql.unsafe(`CREATE DATABASE ${name}`);
  await sql.end();
  address.pathname = `/${name}`;
  return address.href;
};
