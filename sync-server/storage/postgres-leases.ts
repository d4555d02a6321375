/**
 * Who owns what, as rows. A lease belongs to a process and has a token that grows whenever the lease changes hands;
 * a process lives as long as it renews its row, by the database's clock. Tokens that this process holds stand in
 * memory: the log sends them along with every write, and the database compares them in the same transaction.
 */
import { randomUUID } from 'node:crypto';
import type { Sql } from 'postgres';
import type { LeaseAnswer, LeaseRows } from './storage.ts';

export interface PostgresLeases extends LeaseRows {
  /** 0 for a name that this process does not hold: no lease has such a token. */
  tokenOf(name: string): number;
}

export const createPostgresLeases = (sql: Sql): PostgresLeases => {
  const process = randomUUID();
  const held = new Map<string, number>();

  const take = async (name: string): Promise<LeaseAnswer> => {
    const [taken] = await sql<{ token: string; before: string | null }[]>`
      WITH before AS (SELECT owner FROM lease WHERE name = ${name})
      INSERT INTO lease (name, owner, token) VALUES (${name}, ${process}, 1)
      ON CONFLICT (name) DO UPDATE SET owner = excluded.owner, token = lease.token + 1
      WHERE lease.owner = ${process} OR NOT EXISTS
        (SELECT FROM process WHERE process.id = lease.owner AND expires > clock_timestamp())
      RETURNING token, (SELECT owner FROM before) AS before`;
    if (taken) {
      held.set(name, Number(taken.token));
      return { isOwn: true, wasLeft: !['', null, process].includes(taken.before) };
    }
    const [owner] = await sql<{ address: string }[]>`
      SELECT process.address FROM lease JOIN process ON process.id = lease.owner WHERE lease.name = ${name}`;
    // Gone between the two questions: ask again.
    return owner ? { isOwn: false, address: owner.address } : take(name);
  };

  return {
    process,
    take,
    tokenOf: (name) => held.get(name) ?? 0,
    renew: async (address, isAlone, forMs) => {
      const before = new Map(held);
      await sql`
        INSERT INTO process (id, address, is_alone, expires)
        VALUES (${process}, ${address}, ${isAlone}, clock_timestamp() + ${forMs} * interval '1 ms')
        ON CONFLICT (id) DO UPDATE SET expires = excluded.expires`;
      const rows = await sql<{ name: string; token: string }[]>`SELECT name, token FROM lease WHERE owner = ${process}`;
      const owned = new Map(rows.map(({ name, token }) => [name, Number(token)]));
      // A lease that was taken while these rows were on their way is not lost.
      const lost = [...before].filter(([name, token]) => owned.get(name) !== token && held.get(name) === token);
      for (const [name] of lost) held.delete(name);
      return lost.map(([name]) => name);
    },
    others: async () => {
      const rows = await sql<{ address: string; is_alone: boolean }[]>`
        SELECT address, is_alone FROM process WHERE id <> ${process} AND expires > clock_timestamp()`;
      return rows.map(({ address, is_alone: isAlone }) => ({ address, isAlone }));
    },
    release: async (name) => {
      const token = held.get(name) ?? 0;
      held.delete(name);
      await sql`UPDATE lease SET owner = '' WHERE name = ${name} AND owner = ${process} AND token = ${token}`;
    },
    releaseAll: async () => {
      held.clear();
      await sql`UPDATE lease SET owner = '' WHERE owner = ${process}`;
      await sql`DELETE FROM process WHERE id = ${process} OR expires < clock_timestamp() - interval '1 day'`;
    },
  };
};
