/**
 * Opens the shared documents of one workspace: this device's copy first, then the server. Documents are counted, and
 * linger a moment after the last one closed. Works in a window and in a worker alike; it tells what is saved where
 * through `report`, which `sync-state.svelte.ts` turns into the badge.
 */
import * as Y from 'yjs';
import { memberPrefix } from '#web/device/device-database.ts';
import type { Access } from '#core/workspace/rooms.ts';
import { type CopyFailure, type LocalCopy, openLocalCopy } from './local-copy.ts';
import { type PendingPlace, createPendingChanges, textOfPlace } from './pending-changes.ts';
import { guardReadOnly } from './read-only-guard.ts';
import { type Notice, type ServerLink, openServerLink } from './server-link.ts';
import type { OpenDocument } from './workspace.ts';

export type Ending = 'signed-out' | 'revoked' | 'unknown-room' | 'over-limit' | 'update-needed' | 'malformed';

export interface DocumentReport {
  readonly path: string;
  readonly access: Access;
  readonly isConnected: boolean;
  readonly isSynced: boolean;
  /** Updates not yet on this device's disk. */
  readonly unsaved: number;
  readonly failure: CopyFailure | null;
  /** The server said that it cannot store at the moment. */
  readonly isServerFull: boolean;
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
  /** Permission to write ended while these edits were unconfirmed. */
  demoted(path: string, texts: readonly string[]): void;
}

export interface Documents {
  open(path: string): OpenDocument;
  /** Everything so far is on disk, or could not be written. */
  flush(): Promise<void>;
  /** What is unconfirmed in a document that is open, as text. */
  textsOfPending(): readonly { readonly path: string; readonly texts: readonly string[] }[];
  /** Closes a document and removes this device's copy of it. */
  discard(path: string): Promise<void>;
  close(): Promise<void>;
}

const lingerMs = 15_000;
const endings: Readonly<Record<number, Ending>> = {
  4400: 'malformed',
  4401: 'signed-out',
  4403: 'revoked',
  4404: 'unknown-room',
  4409: 'over-limit',
  4426: 'update-needed',
};

export const openDocuments = (deps: DocumentsDeps): Documents => {
  const entryByPath = new Map<string, Entry>();
  const forget = (entry: Entry): void => {
    if (entryByPath.get(entry.path) === entry) entryByPath.delete(entry.path);
    void entry.close();
  };
  return {
    open: (path) => {
      if (deps.accessTo(path) === 'none') throw new Error(`no access to ${path}`);
      let entry = entryByPath.get(path);
      if (!entry) entryByPath.set(path, (entry = openEntry(deps, path)));
      const opened = entry;
      opened.users += 1;
      clearTimeout(opened.lingering);
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
          if (opened.users === 0) opened.lingering = setTimeout(() => forget(opened), lingerMs);
        },
      };
    },
    flush: async () => {
      await Promise.all([...entryByPath.values()].map(({ copy }) => copy.flush()));
    },
    textsOfPending: () =>
      [...entryByPath.values()]
        .map(({ path, texts }) => ({ path, texts: texts() }))
        .filter(({ texts }) => texts.length > 0),
    discard: async (path) => {
      const entry = entryByPath.get(path);
      entryByPath.delete(path);
      await entry?.close();
      indexedDB.deleteDatabase(`${memberPrefix(deps.workspace, deps.memberId)}${path}`);
    },
    close: async () => {
      const all = [...entryByPath.values()];
      entryByPath.clear();
      await Promise.all(all.map((entry) => entry.close()));
    },
  };
};

interface Entry {
  readonly path: string;
  readonly doc: Y.Doc;
  readonly copy: LocalCopy;
  readonly link: ServerLink;
  readonly access: Access;
  readonly loaded: Promise<void>;
  readonly synced: Promise<void>;
  users: number;
  lingering: ReturnType<typeof setTimeout> | undefined;
  texts(): readonly string[];
  close(): Promise<void>;
}

function openEntry(deps: DocumentsDeps, path: string): Entry {
  const doc = new Y.Doc();
  const pending = createPendingChanges();
  const keptAs = `unconfirmed/${doc.clientID}`;
  let access = deps.accessTo(path);
  let copyState: { unsaved: number; failure: CopyFailure | null } = { unsaved: 0, failure: null };
  let isServerFull = false;
  let isClosed = false;
  let restored: string[] = [];
  let sayWhenSynced = (): void => undefined;
  const synced = new Promise<void>((resolve) => (sayWhenSynced = resolve));

  const tell = (): void => {
    if (isClosed) return;
    const { unsaved, failure } = copyState;
    const { isConnected, isSynced } = link;
    deps.report({ path, access, isConnected, isSynced, unsaved, failure, isServerFull, waiting: pending.places });
  };
  const texts = (): readonly string[] => pending.places.map(({ place }) => textOfPlace(doc, place));
  const rememberPending = (): void => copy.keep(keptAs, pending.places.length > 0 ? pending.places : undefined);

  const noticed = (notice: Notice): void => {
    if (notice.why === 'storage') isServerFull = true;
    else if (notice.kind !== 'writable') {
      access = 'read';
      if (pending.places.length > 0) deps.demoted(path, texts());
    }
    if (notice.kind === 'writable') {
      isServerFull = false;
      access = deps.accessTo(path);
    }
    tell();
  };

  guardReadOnly(doc, () => access === 'write');
  // The copy first, while the document is empty; the link's own listener before ours, so that it has sent what we count.
  const copy = openLocalCopy(`${memberPrefix(deps.workspace, deps.memberId)}${path}`, doc, (state) => {
    copyState = state;
    tell();
  });
  const link: ServerLink = openServerLink(
    doc,
    {
      address: deps.origin === null ? null : `${deps.origin.replace(/^http/, 'ws')}/sync`,
      room: `${deps.workspace}/${path}`,
      channel: `${memberPrefix(deps.workspace, deps.memberId)}${path}`,
    },
    {
      sentAll: (sentAs) => pending.sentAll(sentAs),
      acknowledged: (taken) => {
        if (!pending.confirm(taken)) return;
        if (pending.places.length === 0) {
          for (const key of restored) copy.keep(key, undefined);
          restored = [];
        }
        rememberPending();
        tell();
      },
      noticed,
      statusChanged: () => {
        if (!link.isConnected) pending.disconnected();
        if (link.isSynced) sayWhenSynced();
        tell();
      },
      ended: (code) => deps.ended(path, endings[code] ?? 'malformed'),
    },
  );
  if (deps.origin !== null)
    doc.on('update', (_update: Uint8Array, _origin: unknown, _doc: Y.Doc, transaction: Y.Transaction) => {
      if (!transaction.local) return;
      pending.add(transaction, deps.nowMs(), link.sentCount);
      rememberPending();
      tell();
    });

  const loaded = copy.loaded.then(() => {
    if (isClosed) return;
    for (const [key, places] of copy.kept)
      if (key.startsWith('unconfirmed/') && Array.isArray(places)) {
        restored.push(key);
        pending.restore(places as PendingPlace[]);
      }
    link.start();
    tell();
  });

  return {
    path,
    doc,
    copy,
    link,
    get access() {
      return access;
    },
    loaded,
    synced,
    users: 0,
    lingering: undefined,
    texts,
    close: async () => {
      link.close();
      await copy.close();
      isClosed = true;
      doc.destroy();
      deps.closed(path);
    },
  };
}
