/** One open document: its copy on this device, its line to the server, and what is still unconfirmed. */
import * as Y from 'yjs';
import type { Access } from '#core/workspace/rooms.ts';
import { memberPrefix } from '#web/device/device-database.ts';
import type { DocumentsDeps, Ending } from './documents.ts';
import { type CopyState, type LocalCopy, openLocalCopy, unconfirmedPrefix } from './local-copy.ts';
import { type PendingPlace, createPendingChanges } from './pending-changes.ts';
import { guardReadOnly } from './read-only-guard.ts';
import { type LinkEvents, type Notice, type ServerLink, type Withheld, openServerLink } from './server-link.ts';
import { textOfPlace } from './text-of-place.ts';

const endings: Readonly<Record<number, Ending>> = {
  4400: 'malformed',
  4401: 'signed-out',
  4403: 'revoked',
  4404: 'unknown-room',
  4409: 'over-limit',
  4426: 'update-needed',
};

/** The server's copy is damaged. */
const unreadable = 4410;

/** A network that swallows everything does not hold up a screen longer than this. */
const connectWithinMs = 3000;

export class SharedDocument {
  readonly path: string;
  readonly doc = new Y.Doc();
  readonly copy: LocalCopy;
  readonly link: ServerLink;
  readonly loaded: Promise<void>;
  readonly synced: Promise<void>;
  readonly #answered: Promise<void>;
  access: Access;
  users = 0;
  /** Nobody looks at it: only what waits or fails is worth telling. */
  isQuiet = false;
  lingering: ReturnType<typeof setTimeout> | undefined;
  readonly #deps: DocumentsDeps;
  readonly #pending = createPendingChanges();
  readonly #keptAs = `${unconfirmedPrefix}${this.doc.clientID}`;
  #copyState: CopyState = { unsaved: 0, failure: null };
  #withheld: Withheld | null = null;
  #isClosed = false;
  #restored: string[] = [];
  #sayWhenSynced: () => void = () => undefined;
  #sayWhenAnswered: () => void = () => undefined;

  constructor(deps: DocumentsDeps, path: string) {
    this.#deps = deps;
    this.path = path;
    this.access = deps.accessTo(path);
    this.synced = new Promise((resolve) => (this.#sayWhenSynced = resolve));
    this.#answered = new Promise((resolve) => (this.#sayWhenAnswered = resolve));
    guardReadOnly(this.doc, () => this.access === 'write');
    // The copy first, while the document is empty; the link's own listener before ours, so that it has sent what we count.
    const name = `${memberPrefix(deps.workspace, deps.memberId)}${path}`;
    this.copy = openLocalCopy(name, this.doc, (state) => {
      this.#copyState = state;
      this.#tell();
    });
    const address = deps.origin === null ? null : `${deps.origin.replace(/^http/, 'ws')}/sync`;
    // A tab that still believes it may write hands nothing to one that knows it may not.
    const channel = `${name}/${this.access}`;
    const place = { address, room: `${deps.workspace}/${path}`, member: deps.memberId, channel };
    this.link = openServerLink(this.doc, place, this.#linkEvents());
    if (deps.origin !== null) this.doc.on('update', this.#noteEdit);
    this.loaded = this.copy.loaded.then(() => this.#start()).then(() => this.#answerWhenEmpty());
  }

  /** The server has not confirmed everything. */
  get hasPending(): boolean {
    return this.#pending.places.length > 0;
  }

  /** Somebody looks at it from now on. */
  unquiet(): void {
    if (!this.isQuiet) return;
    this.isQuiet = false;
    this.#tell();
  }

  texts(): readonly string[] {
    return this.#pending.places.map(({ place }) => textOfPlace(this.doc, place));
  }

  async close(): Promise<void> {
    clearTimeout(this.lingering);
    this.link.close();
    this.#sayWhenAnswered();
    await this.copy.close();
    this.#isClosed = true;
    this.doc.destroy();
    this.#deps.closed(this.path);
  }

  #start(): void {
    if (this.#isClosed) return;
    for (const [key, places] of this.copy.kept)
      if (key.startsWith(unconfirmedPrefix) && Array.isArray(places)) {
        this.#restored.push(key);
        this.#pending.restore(places as PendingPlace[]);
      }
    this.link.start();
    this.#tell();
  }

  /** A copy with nothing in it is news only once the server has answered, or cannot. */
  async #answerWhenEmpty(): Promise<void> {
    if (this.#isClosed || this.#deps.origin === null || this.doc.store.clients.size > 0) return;
    const patience = setTimeout(() => this.link.isConnected || this.#sayWhenAnswered(), connectWithinMs);
    await this.#answered;
    clearTimeout(patience);
  }

  readonly #noteEdit = (_update: Uint8Array, _origin: unknown, _doc: Y.Doc, transaction: Y.Transaction): void => {
    if (!transaction.local) return;
    this.#pending.add(transaction, this.#deps.nowMs(), this.link.sentCount);
    this.#keepPending();
    this.#tell();
  };

  #linkEvents(): LinkEvents {
    return {
      sentAll: (sentAs) => this.#pending.sentAll(sentAs),
      acknowledged: (taken) => {
        if (!this.#pending.confirm(taken)) return;
        if (!this.hasPending) {
          for (const key of this.#restored) this.copy.keep(key, undefined);
          this.#restored = [];
        }
        this.#keepPending();
        this.#tell();
      },
      noticed: (notice) => this.#takeNotice(notice),
      statusChanged: () => {
        if (!this.link.isConnected) this.#pending.disconnected();
        const { isConnected, isTrying, isSynced } = this.link;
        if (isSynced) this.#sayWhenSynced();
        if (isSynced || !(isConnected || isTrying)) this.#sayWhenAnswered();
        this.#tell();
      },
      ended: (code) => {
        if (code === unreadable) this.#withheld = 'unreadable';
        // Of one document only: the sheet says why, and the others go on.
        if (this.#withheld === 'unreadable' || (this.#withheld === 'size' && endings[code] === 'over-limit'))
          return this.#tell();
        this.#deps.ended(this.path, endings[code] ?? 'malformed');
      },
    };
  }

  #takeNotice(notice: Notice): void {
    if (notice.why !== undefined && notice.why !== 'role') this.#withheld = notice.why;
    else {
      this.#withheld = null;
      const access = notice.kind === 'writable' ? 'write' : 'read';
      if (access !== this.#deps.accessTo(this.path)) this.#deps.roleChanged();
      if (access === 'read') this.access = access;
    }
    this.#tell();
  }

  #keepPending(): void {
    this.copy.keep(this.#keptAs, this.hasPending ? this.#pending.places : undefined);
  }

  #tell(): void {
    if (this.#isClosed) return;
    const { unsaved, failure } = this.#copyState;
    if (this.isQuiet && !this.hasPending && failure === null) return;
    const { isConnected, isTrying, isSynced } = this.link;
    const { places: waiting } = this.#pending;
    const { path, access } = this;
    this.#deps.report({
      path,
      access,
      isConnected,
      isTrying,
      isSynced,
      unsaved,
      failure,
      withheld: this.#withheld,
      waiting,
    });
  }
}
