/**
 * A copy of a room that another process serves, for this server's own writers: a y-websocket client that counts
 * acknowledgements. Tasks go one after the other, so nobody reads what is not durable yet. Whatever goes wrong, the
 * mirror is closed and whoever asks again gets a new one, or the room itself.
 */
import * as decoding from 'lib0/decoding';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import type { Mirror } from '#sync-server/rooms/room-owner.ts';
import { encodeStep1, encodeStep2, encodeUpdate } from '#sync-server/rooms/messages.ts';
import { RoomUnavailable } from '#sync-server/rooms/rooms.ts';

export interface MirrorDeps {
  readonly address: string;
  readonly headers: Record<string, string>;
  /** Asks the process that serves the room. */
  retake(): Promise<void>;
  nowMs(): number;
  closed(): void;
}

const mostWaitMs = 10_000;

export class MirrorRoom implements Mirror {
  readonly #deps: MirrorDeps;
  readonly #doc = new Y.Doc();
  readonly #socket: WebSocket;
  readonly #open: Promise<void>;
  #last: Promise<unknown> = Promise.resolve();
  #tasks = 0;
  #lastUsedMs: number;
  /** Step 2 and update messages sent, and how many of them are durable. */
  #sent = 0;
  #durable = 0;
  #answers = 0;
  #isClosed = false;
  #wake: () => void = () => {};

  constructor(deps: MirrorDeps) {
    this.#deps = deps;
    this.#lastUsedMs = deps.nowMs();
    this.#socket = new WebSocket(deps.address, { headers: deps.headers, maxPayload: 2 ** 28 });
    this.#socket.on('message', (data: Buffer) => this.#hear(data));
    this.#socket.on('error', () => this.close());
    this.#socket.on('close', () => this.close());
    this.#open = new Promise((resolve) => this.#socket.once('open', resolve));
    void this.#open.then(() => this.#wake());
  }

  change<Answer>(write: (doc: Y.Doc) => Answer): Promise<Answer> {
    return this.#queue(async () => {
      await this.#catchUp();
      const updates: Uint8Array[] = [];
      const collect = (update: Uint8Array): void => void updates.push(update);
      this.#doc.on('update', collect);
      try {
        const answer = this.#doc.transact(() => write(this.#doc));
        if (updates.length > 0) {
          this.#send(encodeUpdate(Y.mergeUpdates(updates)));
          const wanted = this.#sent;
          await this.#until(() => this.#durable >= wanted);
        }
        return answer;
      } catch (error) {
        // What was written stays in this copy only.
        this.close();
        throw error;
      } finally {
        this.#doc.off('update', collect);
      }
    });
  }

  read<Answer>(read: (doc: Y.Doc) => Answer): Promise<Answer> {
    return this.#queue(async () => {
      await this.#catchUp();
      return read(this.#doc);
    });
  }

  retake(): Promise<void> {
    return this.#queue(() => this.#deps.retake());
  }

  isIdle(nowMs: number, idleMs: number): boolean {
    return this.#tasks === 0 && nowMs - this.#lastUsedMs >= idleMs;
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#socket.terminate();
    this.#wake();
    this.#doc.destroy();
    this.#deps.closed();
  }

  #queue<Answer>(act: () => Promise<Answer>): Promise<Answer> {
    this.#tasks += 1;
    const done = this.#last.then(act).finally(() => {
      this.#tasks -= 1;
      this.#lastUsedMs = this.#deps.nowMs();
    });
    this.#last = done.catch(() => {});
    return done;
  }

  /** Everything that was durable when this was asked. */
  async #catchUp(): Promise<void> {
    await this.#until(() => this.#socket.readyState === WebSocket.OPEN);
    const wanted = this.#answers + 1;
    this.#socket.send(encodeStep1(Y.encodeStateVector(this.#doc)));
    await this.#until(() => this.#answers >= wanted);
  }

  #send(frame: Uint8Array): void {
    this.#sent += 1;
    this.#socket.send(frame);
  }

  async #until(isSo: () => boolean): Promise<void> {
    const late = setTimeout(() => this.close(), mostWaitMs);
    try {
      while (!isSo()) {
        if (this.#isClosed) throw new RoomUnavailable('the process that serves the room cannot be reached');
        await new Promise<void>((resolve) => (this.#wake = resolve));
      }
    } finally {
      clearTimeout(late);
    }
  }

  #hear(frame: Buffer): void {
    const decoder = decoding.createDecoder(frame);
    const type = decoding.readVarUint(decoder);
    if (type === 0) {
      const kind = decoding.readVarUint(decoder);
      const payload = decoding.readVarUint8Array(decoder);
      if (kind === 0) this.#send(encodeStep2(Y.encodeStateAsUpdate(this.#doc, payload)));
      else Y.applyUpdate(this.#doc, payload, 'peer');
      if (kind === 1) this.#answers += 1;
    } else if (type === 100) {
      decoding.readVarUint8Array(decoder);
      this.#durable = decoding.readVarUint(decoder);
    } else if (type === 101 && /"(read-only|not-accepted)"/.test(decoding.readVarString(decoder))) return this.close();
    this.#wake();
  }
}
