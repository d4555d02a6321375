/** Composition of sending: endpoints, who may be written to, and what calls. */
import type { Platform } from '#core/units/platform.ts';
import type { Access } from './access/access.ts';
import type { RouteModule } from './access/route-module.ts';
import type { Rooms } from './rooms/rooms.ts';
import { createEndpoints } from './sending/endpoints.ts';
import { People } from './sending/people.ts';
import { Sender } from './sending/sender.ts';
import { createSendingRoutes } from './sending/sending.routes.ts';
import type { Storage } from './storage/storage.ts';
import { createContactVault } from './vault/contact-vault.ts';
import { createErasureList } from './vault/erasure-list.ts';
import type { KeyRing } from './vault/key-ring.ts';

export interface SendingDeps {
  readonly rooms: Pick<Rooms, 'read' | 'change'>;
  readonly storage: Storage;
  readonly platform: Platform;
  readonly ring: KeyRing;
  readonly access: Access;
  /** How many seconds pass in one real second: 1, but for tests. */
  readonly speed: number;
  nowMs(): number;
  /** Of several processes only one sends. */
  isKeeper(): boolean;
  report(kind: string, detail: string): void;
}

export interface Sending {
  readonly routes: readonly RouteModule[];
  readonly sender: Sender;
  start(): void;
  /** Waits a little for calls under way. */
  close(): Promise<void>;
}

const tickMs = 1000;

export const openSending = (deps: SendingDeps): Sending => {
  const { records, blobs } = deps.storage;
  const endpoints = createEndpoints({ ...deps, records });
  const vault = createContactVault({ ...deps, records });
  const people = new People({ ...deps, vault, list: createErasureList(records) });
  const sender = new Sender({ ...deps, records, blobs, endpoints, people, chance: Math.random });
  let timer: NodeJS.Timeout | undefined;
  return {
    routes: [createSendingRoutes({ ...deps, records, endpoints, sender })],
    sender,
    start: () => {
      timer = setInterval(() => sender.tick(), tickMs / deps.speed);
    },
    close: async () => {
      clearInterval(timer);
      await sender.close();
    },
  };
};
