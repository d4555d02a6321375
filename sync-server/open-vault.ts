/** Composition of the vault: contact details, the erasure list, and what keeps erased people out. */
import type * as Y from 'yjs';
import type { Platform } from '#core/units/platform.ts';
import { workspaceOf } from '#core/workspace/rooms.ts';
import { type Door, type DoorKeeper, openDoor } from './backups/door.ts';
import { writeSidecars } from './backups/erasure-sidecar.ts';
import { handOutBackup } from './backups/hand-out-backup.ts';
import type { Access } from './access/access.ts';
import { createAuditRoutes } from './access/audit.routes.ts';
import type { RouteModule } from './access/route-module.ts';
import { createConnectingRoutes } from './connecting/connecting.routes.ts';
import { Versions } from './history/versions.ts';
import { createRetakes } from './rooms/retakes.ts';
import type { Rooms } from './rooms/rooms.ts';
import { forgetMessages } from './sending/messages.ts';
import { createNodePlatform } from './storage/node-platform.ts';
import type { Storage } from './storage/storage.ts';
import { ChunkScreen } from './vault/chunk-screen.ts';
import { createContactVault } from './vault/contact-vault.ts';
import { Eraser } from './vault/eraser.ts';
import { createErasureList } from './vault/erasure-list.ts';
import { createErasureRoutes } from './vault/erasure.routes.ts';
import type { KeyRing } from './vault/key-ring.ts';
import { createVaultRoutes } from './vault/vault.routes.ts';

export interface VaultDeps {
  readonly storage: Storage;
  readonly access: Access;
  /** The data folder, where the door is. */
  readonly data: string;
  readonly ring: KeyRing;
  nowMs(): number;
  report(kind: string, detail: string): void;
}

export interface Vault {
  /** For the rooms of facts: takes erased people out of what such a document is about to name. */
  amend(room: string): ((doc: Y.Doc) => Promise<void>) | null;
  /** For blobs: whether this one named an erased person, so that only the rest of it is kept. */
  screenBlob(room: string, hash: string, packed: Uint8Array): Promise<boolean>;
  /** Once the rooms are there. */
  connect(rooms: Rooms): ConnectedVault;
}

export interface ConnectedVault {
  readonly routes: readonly RouteModule[];
  /** Goes on with what a crash left undone, or a restored backup brings. */
  resume(workspaces: readonly string[]): Promise<void>;
  /** Resumes, and opens the door to backups unless it is open. */
  open(workspaces: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

export const openVault = (deps: VaultDeps): Vault => {
  const { storage, access, ring, nowMs, report } = deps;
  const { records, blobs } = storage;
  // Hashes and inflates; the keys are the workspaces' own.
  const platform = createNodePlatform(new Uint8Array(32));
  const list = createErasureList(records);
  const vault = createContactVault({ records, ring });
  let eraser: Eraser | null = null;
  let door: Door | null = null;
  const handing = { storage, ring, nowMs };
  const platformOf = async (workspace: string): Promise<Platform> => {
    const secret = (await access.readWorkspace(workspace))?.identitySecret;
    if (secret === undefined) throw new Error('a workspace without an identity secret');
    return createNodePlatform(Buffer.from(secret, 'base64'));
  };
  const screen = new ChunkScreen({
    list,
    records,
    blobs,
    platformOf,
    found: (workspace, customers) => eraser?.found(workspace, customers),
  });
  const listed = (): Promise<void> => writeSidecars(records, report);
  return {
    amend: (room) => (room.includes('/facts/') ? (doc) => screen.screenDocument(room, doc) : null),
    screenBlob: async (room, hash, packed) => {
      const isErased = await screen.screenBlob(workspaceOf(room), hash, packed);
      // Its manifest may name it already.
      if (isErased) await eraser?.settleRoom(room);
      return isErased;
    },
    connect: (rooms) => {
      const retakes = createRetakes({ rooms, records, report });
      const own = new Eraser({
        rooms,
        retakes,
        storage,
        access,
        list,
        screen,
        vault,
        versions: new Versions({ storage }),
        forgetMessages: (workspace, customers) => forgetMessages(records, workspace, customers),
        platformOf,
        listed,
        nowMs,
        report,
      });
      eraser = own;
      const backup: DoorKeeper['backup'] = (wanted, sink) => handOutBackup(handing, wanted, sink);
      const keeper: DoorKeeper = { backup, ownerLink: access.linkOwner };
      return {
        resume: (workspaces) => own.resume(workspaces),
        open: async (workspaces) => {
          await own.resume(workspaces);
          // On a full disk there is none until the next look.
          door ??= await openDoor(deps.data, keeper, report).catch((error: unknown) => {
            report('door', String(error));
            return null;
          });
        },
        close: async () => {
          await door?.close();
          await own.close();
        },
        routes: [
          createVaultRoutes({ access, vault, list, platformOf }),
          createErasureRoutes({ eraser: own, list }),
          createAuditRoutes({ access }),
          createConnectingRoutes({ access, rooms, blobs, list, platform }),
        ],
      };
    },
  };
};
