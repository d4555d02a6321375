/**
 * One socket. Decodes strictly, slows down who sends too fast, counts what was sent, and replaces the queue of a
 * reader that does not keep up by one resync. Knows nothing of documents: the room tells it what to send.
 */
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { Role } from '#core/units/role.ts';
import { type ClientMessage, type Notice, encodeNotice, keepAliveMessage, parseMessage } from './messages.ts';
import type { Meters } from './meters.ts';
import { TokenBucket } from './token-bucket.ts';

export const closeCodes = {
  malformed: 4400,
  signedOut: 4401,
  revoked: 4403,
  unknownRoom: 4404,
  overLimit: 4409,
  unreadable: 4410,
  restart: 1012,
  tooSlow: 1013,
} as const;

export interface ConnectionLimits {
  readonly messageBytes: number;
  readonly messagesPerSecond: number;
  readonly bytesPerSecond: number;
  /** Above this many unsent bytes a reader is behind. */
  readonly bufferedBytes: number;
  readonly behindMs: number;
  readonly keepAliveMs: number;
  readonly silentMs: number;
}

export interface ConnectionOwner {
  receive(connection: Connection, message: ClientMessage): void;
  /** The reader has caught up with what was sent: send what it missed. */
  resync(connection: Connection): void;
  leave(connection: Connection): void;
}

export interface ConnectionIdentity {
  readonly sessionId: string;
  readonly workspace: string;
  member: { readonly id: string; readonly name: string; readonly role: Role };
  canWrite: boolean;
}

export class Connection {
  readonly identity: ConnectionIdentity;
  /** Step 2 and update messages heard so far. */
  heardWrites = 0;
  /** Everything up to this one is logged; goes into acknowledgements once it is durable. */
  loggedWrites = 0;
  /** A write was not taken: later ones do not count before a step 2 has brought everything. */
  hasGap = false;
  /** Since when updates are held back, and from which state the resync must start. */
  behind: { readonly sinceMs: number; readonly stateVector: Uint8Array } | null = null;
  /** The state of a step 1 that waits until what was sent before is gone. */
  asks: Uint8Array | null = null;
  isOpen = true;
  readonly #socket: WebSocket;
  readonly #stream: Duplex;
  readonly #limits: ConnectionLimits;
  readonly #nowMs: () => number;
  readonly #meters: Meters;
  readonly #messages: TokenBucket;
  readonly #bytes: TokenBucket;
  readonly #asked: TokenBucket;
  #owner: ConnectionOwner | null = null;
  #lastSentMs: number;
  #lastHeardMs: number;
  readonly #refusals = new Map<string, number>();
  #pausedUntilMs = 0;
  #resumeTimer: NodeJS.Timeout | null = null;

  constructor(
    socket: WebSocket,
    stream: Duplex,
    identity: ConnectionIdentity,
    limits: ConnectionLimits,
    { nowMs, meters }: { readonly meters: Meters; nowMs(): number },
  ) {
    this.identity = identity;
    this.#socket = socket;
    this.#stream = stream;
    this.#limits = limits;
    this.#nowMs = nowMs;
    this.#meters = meters;
    this.#lastSentMs = nowMs();
    this.#lastHeardMs = nowMs();
    this.#messages = new TokenBucket(limits.messagesPerSecond, limits.messagesPerSecond * 5, nowMs());
    this.#bytes = new TokenBucket(limits.bytesPerSecond, limits.bytesPerSecond, nowMs());
    this.#asked = new TokenBucket(limits.bytesPerSecond, limits.bytesPerSecond * 8, nowMs());
  }

  /** From now on messages go to the room. Frames that came before this wait in the socket. */
  start(owner: ConnectionOwner): void {
    this.#owner = owner;
    this.#socket.binaryType = 'nodebuffer';
    this.#socket.on('message', (data, isBinary) => this.#hear(data as Buffer, isBinary));
    this.#socket.on('pong', () => {
      this.#lastHeardMs = this.#nowMs();
    });
    this.#socket.on('close', () => this.#end());
    // Only a reader far over the mark is behind or waits for an answer, so this comes.
    this.#stream.on('drain', () => {
      if (this.behind) owner.resync(this);
      const stateVector = this.asks;
      this.asks = null;
      if (stateVector) owner.receive(this, { kind: 'step1', stateVector });
    });
  }

  send(message: Uint8Array): void {
    if (this.#isSending(message)) this.#socket.send(message);
  }

  /** Who asks for everything again and again waits before the next question is heard. */
  answer(message: Uint8Array): void {
    this.send(message);
    this.#slowDown(this.#asked.take(message.length, this.#nowMs()));
  }

  /** What `frameMessage` made once for every receiver. `ws` writes its own frames whole, so none comes in between. */
  sendFrame(frame: Uint8Array): void {
    if (this.#isSending(frame)) this.#stream.write(frame);
  }

  #isSending({ length }: Uint8Array): boolean {
    if (!this.isOpen || this.#socket.readyState !== this.#socket.OPEN) return false;
    this.#lastSentMs = this.#nowMs();
    this.#meters.bytesSent += length;
    return true;
  }

  notify(notice: Notice): void {
    this.send(encodeNotice(notice));
  }

  /** Says once what is not accepted, until the reason goes away; answers how often it was refused for it. */
  refuse(why: 'role' | 'storage' | 'size'): number {
    this.hasGap = true;
    const times = (this.#refusals.get(why) ?? 0) + 1;
    this.#refusals.set(why, times);
    if (times === 1) this.notify({ kind: 'not-accepted', why });
    return times;
  }

  forgetRefusals(): void {
    this.#refusals.clear();
  }

  isOverMark(): boolean {
    return this.#socket.bufferedAmount > this.#limits.bufferedBytes;
  }

  close(code: number, reason = ''): void {
    if (!this.isOpen) return;
    this.#socket.close(code, reason);
    this.#end();
    // A peer that never answers the close frame must not keep the socket.
    setTimeout(() => this.#socket.terminate(), 3000).unref();
  }

  /** Every few seconds. */
  tick(nowMs: number): void {
    if (this.behind && nowMs - this.behind.sinceMs > this.#limits.behindMs)
      return this.close(closeCodes.tooSlow, 'too slow');
    const silentMs = nowMs - this.#lastHeardMs;
    if (silentMs > this.#limits.silentMs) {
      this.#socket.terminate();
      return this.#end();
    }
    if (silentMs > this.#limits.silentMs / 2) this.#socket.ping();
    if (nowMs - this.#lastSentMs >= this.#limits.keepAliveMs) this.send(keepAliveMessage);
  }

  #hear(data: Buffer, isBinary: boolean): void {
    if (!this.isOpen) return;
    const nowMs = this.#nowMs();
    this.#lastHeardMs = nowMs;
    this.#meters.messagesHeard += 1;
    this.#meters.bytesHeard += data.length;
    const parsed = isBinary ? parseMessage(data) : null;
    if (!parsed?.ok) return this.close(closeCodes.malformed, 'malformed');
    this.#slowDown(Math.max(this.#messages.take(1, nowMs), this.#bytes.take(data.length, nowMs)));
    this.#owner?.receive(this, parsed.value);
  }

  /** Frames that were read already still come in and lengthen the wait. */
  #slowDown(waitMs: number): void {
    const untilMs = this.#nowMs() + waitMs;
    if (waitMs <= 0 || untilMs <= this.#pausedUntilMs) return;
    this.#pausedUntilMs = untilMs;
    this.#socket.pause();
    if (this.#resumeTimer) clearTimeout(this.#resumeTimer);
    this.#resumeTimer = setTimeout(() => this.#socket.resume(), waitMs).unref();
  }

  #end(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.#owner?.leave(this);
  }
}
