/**
 * What a screen knows of the open workspace. `open-workspace.ts` builds it; screens take it from `context.ts`.
 */
import type { Awareness } from 'y-protocols/awareness';
import type * as Y from 'yjs';
import type { Platform } from '#core/units/platform.ts';
import type { Role } from '#core/units/role.ts';
import type { Access } from '#core/workspace/rooms.ts';
import type { Presence } from './presence.svelte.ts';
import type { SyncState } from './sync-state.svelte.ts';

export interface Member {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
}

export interface OpenDocument {
  readonly doc: Y.Doc;
  /** `read` documents refuse local transactions before they are applied. */
  readonly access: Access;
  /** Null in a workspace without a server. */
  readonly awareness: Awareness | null;
  /**
   * Resolves once this device's copy is loaded. Only a copy with nothing in it waits until the server has answered or
   * cannot be reached: that there is nothing is not for an empty device to say.
   */
  readonly loaded: Promise<void>;
  /** Resolves once the server's copy has been merged in; never, while there is no network or no server. */
  readonly synced: Promise<void>;
  /** Documents are counted: close as often as you opened. */
  close(): void;
}

export interface Workspace {
  readonly id: string;
  readonly brand: string;
  readonly isDemo: boolean;
  /** `device`: lives in this browser alone. */
  readonly home: 'server' | 'device';
  readonly member: Member;
  readonly platform: Platform;
  /** HMAC key for contact details, on devices that may hold it; null elsewhere. A worker makes its own platform of it. */
  readonly identityKey: CryptoKey | null;
  /** Server time minus device time. */
  readonly offsetMs: number;
  readonly sync: SyncState;
  /** Who is here and in which field, over the whole workspace. */
  readonly presence: Presence;
  /** Server time where a server is known. */
  nowMs(): number;
  /** `path` as in the document table, without the workspace: `campaign/c1`. */
  open(path: string): OpenDocument;
  accessTo(path: string): Access;
}
