/**
 * Opens the shared documents of one workspace: this device's copy first, then the server. Documents are counted, and
 * linger a moment after the last one closed. Works in a window and in a worker alike; it tells what is saved where
 * through `report`, which `sync-state.svelte.ts` turns into the badge.
 */
import type { Access } from '#core/workspace/rooms.ts';
import type { CopyFailure } from './local-copy.ts';
import type { PendingPlace } from './pending-changes.ts';
import type { Withheld } from './server-link.ts';
import { SharedDocument } from './shared-document.ts';
import type { OpenDocument } from './workspace.ts';

export type Ending = 'signed-out' | 'revoked' | 'unknown-room' | 'over-limit' | 'update-needed' | 'malformed';

export interface DocumentReport {
  readonly path: string;
  readonly access: Access;
  readonly isConnected: boolean;
  /** Opened a moment ago: whether there is a server is not known yet. */
  readonly isTrying: boolean;
  readonly isSynced: boolean;
  /** Updates not yet on this device's disk. */
  readonly unsaved: number;
  readonly failure: CopyFailure | null;
  readonly withheld: Withheld | null;
  readonly waiting: readonly PendingPlace[];
}

export interface DocumentsDeps {
  readonly workspace: string;
  readonly memberId: string;
  /** `https://host`; null in a workspace without a server. */
  readonly origin: string | null;
  accessTo(path: string): Access;
  nowMs(): number;
  report(report: DocumentReport): void;
  /** The last report of this document has been made. */
  closed(path: string): void;
  ended(path: string, ending: Ending): void;
  /** The server allows more or less than the role this workspace was opened with. */
  roleChanged(): void;
}

export interface Documents {
  open(path: string): OpenDocument;
  /** Brings this device's copy up to date, unseen by the badge; false when no server answered. */
  bring(path: string): Promise<boolean>;
  /** Everything so far is on disk, or could not be written. */
  flush(): Promise<void>;
  /** This device's copy keeps nothing of what was deleted from the document. */
  trim(path: string): Promise<void>;
  /** What is unconfirmed in a document that is open, as text. */
  textsOfPending(): readonly { readonly path: string; readonly texts: readonly string[] }[];
  close(): Promise<void>;
}

const lingerMs = 15_000;
const bringWithinMs = 10_000;

export const openDocuments = (deps: DocumentsDeps): Documents => {
  const entryByPath = new Map<string, SharedDocument>();
  /** What the server has not confirmed stays connected until it has, whether anybody looks or not. */
  const letGo = (entry: SharedDocument): void => {
    if (entry.hasPending) {
      entry.lingering = setTimeout(() => letGo(entry), lingerMs);
      return;
    }
    if (entryByPath.get(entry.path) === entry) entryByPath.delete(entry.path);
    void entry.close();
  };
  const use = (path: string, isQuiet: boolean): SharedDocument => {
    if (deps.accessTo(path) === 'none') throw new Error(`no access to ${path}`);
    let entry = entryByPath.get(path);
    if (!entry) {
      entryByPath.set(path, (entry = new SharedDocument(deps, path)));
      entry.isQuiet = isQuiet;
    }
    entry.users += 1;
    clearTimeout(entry.lingering);
    return entry;
  };
  return {
    open: (path) => {
      const opened = use(path, false);
      opened.unquiet();
      let isOpen = true;
      return {
        doc: opened.doc,
        get access() {
          return opened.access;
        },
        awareness: deps.origin === null ? null : opened.link.awareness,
        loaded: opened.loaded,
        synced: opened.synced,
        close: () => {
          if (!isOpen) return;
          isOpen = false;
          opened.users -= 1;
          if (opened.users === 0) opened.lingering = setTimeout(() => letGo(opened), lingerMs);
        },
      };
    },
    bring: async (path) => {
      const entry = use(path, true);
      let timer: ReturnType<typeof setTimeout> | undefined;
      const late = new Promise<boolean>((resolve) => (timer = setTimeout(() => resolve(false), bringWithinMs)));
      const isIn = await Promise.race([entry.synced.then(() => true), late]);
      clearTimeout(timer);
      entry.users -= 1;
      if (entry.users === 0 && entryByPath.get(path) === entry) letGo(entry);
      return isIn;
    },
    trim: async (path) => {
      const entry = use(path, true);
      await entry.copy.trim();
      entry.users -= 1;
      if (entry.users === 0 && entryByPath.get(path) === entry) letGo(entry);
    },
    flush: async () => {
      await Promise.all([...entryByPath.values()].map(({ copy }) => copy.flush()));
    },
    textsOfPending: () =>
      [...entryByPath.values()]
        .map((entry) => ({ path: entry.path, texts: entry.texts() }))
        .filter(({ texts }) => texts.length > 0),
    close: async () => {
      const all = [...entryByPath.values()];
      entryByPath.clear();
      await Promise.all(all.map((entry) => entry.close()));
    },
  };
};
