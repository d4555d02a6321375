/**
 * Endpoints: addresses of the shop's own gateways, each for one channel and with a secret of its own, shown once when
 * the endpoint is made and kept sealed. Records `endpoints`, by workspace and id.
 */
import { createId } from '#sync-server/access/secrets.ts';
import { createWebhookSecret } from '#sync-server/ingest/webhook-signature.ts';
import type { Records } from '#sync-server/storage/storage.ts';
import { endpointsCollection as collection } from '#sync-server/vault/sealed-records.ts';
import type { KeyRing } from '#sync-server/vault/key-ring.ts';

/** Ways to one person that a machine may serve. */
export const endpointChannels = ['wecom-1v1', 'sms', 'service-account'] as const;
export type EndpointChannel = (typeof endpointChannels)[number];

export interface Endpoint {
  readonly id: string;
  readonly workspace: string;
  readonly address: string;
  readonly channel: EndpointChannel;
  /** The owner ticked that the address may be on a private network. */
  readonly allowsPrivate: boolean;
  /** The phone number goes along, out of the vault. */
  readonly wantsPhone: boolean;
  /** `gone`: its host said 410; a person turns it on again. */
  readonly state: 'on' | 'off' | 'gone';
  readonly createdMs: number;
  readonly createdBy: string;
}

interface StoredEndpoint extends Endpoint {
  readonly sealed: string;
}

export type EndpointWish = Pick<Endpoint, 'address' | 'channel' | 'allowsPrivate' | 'wantsPhone'>;

export interface Endpoints {
  create(workspace: string, wish: EndpointWish, by: string): Promise<Endpoint & { readonly secret: string }>;
  list(workspace: string): Promise<readonly Endpoint[]>;
  /** With its secret, for a call; the secret is null when its key is not here. */
  open(workspace: string, id: string): Promise<{ readonly endpoint: Endpoint; readonly secret: string | null } | null>;
  /** Null when there is none. */
  turn(workspace: string, id: string, state: Endpoint['state']): Promise<Endpoint | null>;
  /** What it was, or null. */
  remove(workspace: string, id: string): Promise<Endpoint | null>;
}

export const mostEndpoints = 20;

export const createEndpoints = ({
  records,
  ring,
  nowMs,
}: {
  readonly records: Records;
  readonly ring: KeyRing;
  nowMs(): number;
}): Endpoints => {
  const read = async (workspace: string, id: string): Promise<{ value: StoredEndpoint; version: number } | null> =>
    /^[a-z0-9]{1,40}$/.test(id)
      ? ((await records.read(collection, `${workspace}/${id}`)) as { value: StoredEndpoint; version: number } | null)
      : null;
  return {
    create: async (workspace, wish, by) => {
      const secret = createWebhookSecret();
      const endpoint: Endpoint = {
        ...wish,
        id: createId(),
        workspace,
        state: 'on',
        createdMs: nowMs(),
        createdBy: by,
      };
      const key = `${workspace}/${endpoint.id}`;
      const sealed = ring.seal(secret, `${collection}/${key}`);
      await records.write([{ collection, key, value: { ...endpoint, sealed } }]);
      return { ...endpoint, secret };
    },
    list: async (workspace) =>
      (await records.list(collection, `${workspace}/`)).map(({ value }) => withoutSecret(value as StoredEndpoint)),
    open: async (workspace, id) => {
      const stored = (await read(workspace, id))?.value;
      if (!stored) return null;
      return { endpoint: withoutSecret(stored), secret: ring.open(stored.sealed, `${collection}/${workspace}/${id}`) };
    },
    turn: async (workspace, id, state) => {
      const stored = await read(workspace, id);
      if (!stored) return null;
      const value: StoredEndpoint = { ...stored.value, state };
      await records.write([{ collection, key: `${workspace}/${id}`, value, ifVersion: stored.version }]);
      return withoutSecret(value);
    },
    remove: async (workspace, id) => {
      const stored = await read(workspace, id);
      if (!stored) return null;
      await records.write([{ collection, key: `${workspace}/${id}`, value: null }]);
      return withoutSecret(stored.value);
    },
  };
};

const withoutSecret = ({ sealed: _, ...endpoint }: StoredEndpoint): Endpoint => endpoint;
