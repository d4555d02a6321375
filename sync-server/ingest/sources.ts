/**
 * Sources: outside senders of live events, each with a secret of its own, shown once when the source is made and kept
 * sealed. Records `sources`, by source id.
 */
import { timingSafeEqual } from 'node:crypto';
import { createId } from '#sync-server/access/secrets.ts';
import type { Records } from '#sync-server/storage/storage.ts';
import type { KeyRing } from '#sync-server/vault/key-ring.ts';
import { writeSourceCounts } from './source-counts.ts';
import { type SignedRequest, createWebhookSecret, isSignedBy } from './webhook-signature.ts';

export interface Source {
  readonly id: string;
  readonly workspace: string;
  readonly name: string;
  readonly createdMs: number;
  readonly createdBy: string;
}

interface StoredSource extends Source {
  readonly sealed: string;
}

export interface SourceDeps {
  readonly records: Records;
  readonly ring: KeyRing;
  nowMs(): number;
}

export interface Sources {
  create(workspace: string, name: string, by: string): Promise<Source & { readonly secret: string }>;
  list(workspace: string): Promise<readonly Source[]>;
  remove(workspace: string, id: string): Promise<boolean>;
  read(id: string): Promise<Source | null>;
  /** The source when the request proves that it knows the secret; null otherwise, without saying why. */
  authenticate(id: string, proof: { readonly bearer: string } | SignedRequest): Promise<Source | null>;
}

const collection = 'sources';
const placeOf = (id: string): string => `${collection}/${id}`;

export const createSources = ({ records, ring, nowMs }: SourceDeps): Sources => {
  const readStored = async (id: string): Promise<StoredSource | null> =>
    /^[a-z0-9]{1,40}$/.test(id)
      ? (((await records.read(collection, id))?.value as StoredSource | undefined) ?? null)
      : null;
  return {
    create: async (workspace, name, by) => {
      const secret = createWebhookSecret();
      const source: Source = { id: createId(), workspace, name, createdMs: nowMs(), createdBy: by };
      const sealed = ring.seal(secret, placeOf(source.id));
      await records.write([{ collection, key: source.id, value: { ...source, sealed } }]);
      return { ...source, secret };
    },
    list: async (workspace) => {
      const all = (await records.list(collection)).map((record) => record.value as StoredSource);
      return all.filter((source) => source.workspace === workspace).map(withoutSecret);
    },
    remove: async (workspace, id) => {
      const stored = await readStored(id);
      if (stored?.workspace !== workspace) return false;
      await records.write([{ collection, key: id, value: null }, writeSourceCounts(workspace, id, null)]);
      return true;
    },
    read: async (id) => {
      const stored = await readStored(id);
      return stored && withoutSecret(stored);
    },
    authenticate: async (id, proof) => {
      const stored = await readStored(id);
      const secret = stored && ring.open(stored.sealed, placeOf(id));
      if (!stored || secret === null) return null;
      const isProven = 'bearer' in proof ? isSame(proof.bearer, secret) : isSignedBy(secret, proof, nowMs());
      return isProven ? withoutSecret(stored) : null;
    },
  };
};

const withoutSecret = ({ sealed: _, ...source }: StoredSource): Source => source;

function isSame(given: string, secret: string): boolean {
  const a = Buffer.from(given);
  const b = Buffer.from(secret);
  return a.length === b.length && timingSafeEqual(a, b);
}
