/**
 * Who asked to be forgotten, by workspace: customer ids, and keyed hashes of their keys and orders. Records `erasures`,
 * and in `erasure-lists` how many there are; the version of that record says whether what is in memory is still all of
 * it, also where several processes write.
 */
import type { Erased } from '#core/datasets/erasure/erase-rows.ts';
import type { Records } from '#sync-server/storage/storage.ts';

export interface Erasure {
  readonly id: string;
  readonly atMs: number;
  /** Who did it. */
  readonly member: string;
  readonly customers: readonly string[];
  readonly keys: readonly string[];
  /** Until it has been taken out of everything; begun again at the next start. */
  readonly isRunning: boolean;
}

export interface ErasedPeople extends Erased {
  /** Another one whenever the list changed. */
  readonly stamp: number;
  readonly erasures: readonly Erasure[];
}

export interface ErasureList {
  read(workspace: string): Promise<ErasedPeople>;
  /** Adds, or replaces the one of the same id. Durable when resolved. */
  put(workspace: string, erasure: Erasure): Promise<void>;
}

const collection = 'erasures';
const stampCollection = 'erasure-lists';

export const createErasureList = (records: Records): ErasureList => {
  const known = new Map<string, ErasedPeople>();
  return {
    read: async (workspace) => {
      const stamp = (await records.read(stampCollection, `${workspace}/list`))?.version ?? 0;
      const before = known.get(workspace);
      if (before?.stamp === stamp) return before;
      const erasures = (await records.list(collection, `${workspace}/`)).map(({ value }) => value as Erasure);
      const people: ErasedPeople = {
        stamp,
        erasures,
        customers: new Set(erasures.flatMap(({ customers }) => customers)),
        keys: new Set(erasures.flatMap(({ keys }) => keys)),
      };
      known.set(workspace, people);
      return people;
    },
    put: async (workspace, erasure) => {
      await records.write([
        { collection, key: `${workspace}/${erasure.id}`, value: erasure },
        { collection: stampCollection, key: `${workspace}/list`, value: { changedMs: erasure.atMs } },
      ]);
    },
  };
};
