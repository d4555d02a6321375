/**
 * One document's line to the server: the stock y-websocket provider, with the two extra messages of our server (100
 * what is durable, 101 notices), a tab channel that belongs to one member, and the network's comings and goings.
 * Without a server it only links the tabs of this device.
 */
import * as decoding from 'lib0/decoding';
import { WebsocketProvider } from 'y-websocket';
import type { Awareness } from 'y-protocols/awareness';
import type * as Y from 'yjs';

const messageAck = 100;
const messageNotice = 101;

/** Why the server does not take what is written here, or does not show what it has: only 'size' takes deletions. */
export type Withheld = 'storage' | 'size' | 'unreadable';

export interface Notice {
  readonly kind: 'read-only' | 'writable' | 'not-accepted';
  readonly why?: 'role' | Withheld;
}

export interface LinkEvents {
  /** Step 2 went out as this connection's n-th writing message: it carries everything there is. */
  sentAll(sentAs: number): void;
  /** The server has this many of the connection's writing messages on disk. */
  acknowledged(taken: number): void;
  noticed(notice: Notice): void;
  statusChanged(): void;
  /** Closed for good, with a 44xx code. */
  ended(code: number): void;
}

export interface ServerLink {
  /** Has no state of one's own until one is set; fields can only be set on a state. */
  readonly awareness: Awareness;
  readonly isConnected: boolean;
  /** The first attempt has neither succeeded nor failed yet. */
  readonly isTrying: boolean;
  /** The server's copy has been merged in since the last connection. */
  readonly isSynced: boolean;
  /** Number of the writing message sent last on this connection; null without one. */
  readonly sentCount: number | null;
  start(): void;
  close(): void;
}

export interface LinkPlace {
  /** `wss://host/sync`; null in a workspace without a server. */
  readonly address: string | null;
  readonly room: string;
  /** As whom this page was opened: the server lets nobody else go on with it. */
  readonly member: string;
  /** Carries workspace and member, so that one member's edits never ride on another member's tab. */
  readonly channel: string;
}

export const openServerLink = (doc: Y.Doc, place: LinkPlace, events: LinkEvents): ServerLink => {
  let sent: number | null = null;
  class CountingSocket extends WebSocket {
    constructor(address: string | URL, protocols?: string | string[]) {
      super(address, protocols);
      sent = 0;
    }
    override send(data: string | ArrayBufferLike | Blob | ArrayBufferView<ArrayBuffer>): void {
      super.send(data as ArrayBufferView<ArrayBuffer>);
      const kind = data instanceof Uint8Array && data[0] === 0 ? data[1] : 0;
      if (kind !== 1 && kind !== 2) return;
      sent = (sent ?? 0) + 1;
      if (kind === 1) events.sentAll(sent);
    }
  }
  const provider = new WebsocketProvider(place.address ?? 'ws://none.invalid', place.room, doc, {
    connect: false,
    params: { member: place.member },
    WebSocketPolyfill: CountingSocket,
    maxBackoffTime: 5000,
  });
  provider.bcChannel = place.channel;
  // Nobody is in a document before they say so. A state, an empty one too, is sent again every 15 seconds.
  provider.awareness.setLocalState(null);
  const tabs = linkTabsLater(provider);
  hearOwnMessages(provider, events);
  let isTrying = place.address !== null;
  provider.on('connection-close', () => {
    if (!isTrying) return;
    isTrying = false;
    events.statusChanged();
  });
  provider.on('status', ({ status }: { status: string }) => {
    if (status === 'connected') isTrying = false;
    if (status !== 'connected') sent = status === 'connecting' ? 0 : null;
    events.statusChanged();
  });
  provider.on('sync', () => events.statusChanged());
  provider.on('closed', ({ code }: { code: number }) => events.ended(code));

  // y-websocket does not notice that the network went away (31.8 s "connected"), so it is told.
  const wentOffline = (): void => {
    provider.disconnect();
    provider.connectBc();
    // A server on this very machine needs no network.
    if (place.address !== null && isLoopback(place.address)) cameOnline();
  };
  const cameOnline = (): void => {
    if (place.address !== null) provider.connect();
  };
  globalThis.addEventListener('offline', wentOffline);
  globalThis.addEventListener('online', cameOnline);

  return {
    awareness: provider.awareness,
    get isTrying() {
      return isTrying;
    },
    get isConnected() {
      return provider.wsconnected;
    },
    get isSynced() {
      return provider.wsconnected && provider.synced;
    },
    get sentCount() {
      return provider.wsconnected ? sent : null;
    },
    start: () => {
      if (place.address === null) provider.connectBc();
      else provider.connect();
    },
    close: () => {
      globalThis.removeEventListener('offline', wentOffline);
      globalThis.removeEventListener('online', cameOnline);
      tabs.stop();
      provider.destroy();
      provider.awareness.destroy();
    },
  };
};

const drawnAfterMs = 300;

/** The stock provider hands its whole document to the other tabs when it begins: after the page has been drawn. */
function linkTabsLater(provider: WebsocketProvider): { stop(): void } {
  const link = provider.connectBc.bind(provider);
  let waiting: ReturnType<typeof setTimeout> | undefined;
  provider.connectBc = () => {
    clearTimeout(waiting);
    waiting = setTimeout(link, drawnAfterMs);
  };
  return { stop: () => clearTimeout(waiting) };
}

/** The two that a stock provider does not know. */
function hearOwnMessages(provider: WebsocketProvider, events: LinkEvents): void {
  provider.messageHandlers[messageAck] = (_encoder, decoder) => {
    decoding.readVarUint8Array(decoder);
    events.acknowledged(decoding.readVarUint(decoder));
  };
  provider.messageHandlers[messageNotice] = (_encoder, decoder) => {
    events.noticed(JSON.parse(decoding.readVarString(decoder)) as Notice);
  };
}

function isLoopback(address: string): boolean {
  const { hostname } = new URL(address);
  return hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]';
}
