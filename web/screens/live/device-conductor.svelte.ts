/**
 * In a workspace without a server the device takes the server's part: one tab, holding the room's lock, counts what is
 * pasted, writes one packed second a second and proposes moves. Other tabs hand their events to it.
 */
import { readShow } from '#core/campaigns/show.doc.ts';
import { addSuggestion } from '#core/campaigns/suggestions.doc.ts';
import { resumeBroadcastState } from '#core/live/resume-broadcast-state.ts';
import { type BroadcastState, applyLiveEvents, startBroadcastState } from '#core/live/broadcast-state.ts';
import { conductOrigin, readBroadcast, writeSecond } from '#core/live/broadcast.doc.ts';
import { type LiveEvent, liveEventKey } from '#core/live/live-event.ts';
import { readSecond } from '#core/live/read-second.ts';
import { suggestMove } from '#core/live/suggestions/suggest-move.ts';
import type { LiveRoom } from './live-room.svelte.ts';
import type { SentEvents } from './send-events.ts';

export class DeviceConductor {
  readonly #room: LiveRoom;
  readonly #channel: BroadcastChannel;
  readonly #stop = new AbortController();
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- nothing shows it
  readonly #seen = new Set<string>();
  #state: BroadcastState;
  #order: readonly string[] = [];
  #waiting: LiveEvent[] = [];
  isConducting = $state(false);

  constructor(room: LiveRoom) {
    this.#room = room;
    this.#state = startBroadcastState(room.workspace.nowMs());
    const name = `larder/${room.workspace.id}/${room.workspace.member.id}/conduct/${room.id}`;
    this.#channel = new BroadcastChannel(name);
    this.#channel.onmessage = ({ data }) => {
      if (this.isConducting && Array.isArray(data)) this.#take(data as LiveEvent[]);
    };
    navigator.locks.request(name, { signal: this.#stop.signal }, () => this.#conduct()).catch(() => undefined);
  }

  send(events: readonly LiveEvent[]): SentEvents {
    const resolved = events.map((event) => ({ ...event, item: this.#productOf(event.item) }));
    if (!this.isConducting) {
      this.#channel.postMessage(resolved);
      return { accepted: resolved.length, known: 0 };
    }
    const accepted = this.#take(resolved);
    return { accepted, known: resolved.length - accepted };
  }

  close(): void {
    this.#stop.abort();
    this.#channel.close();
  }

  #take(events: readonly LiveEvent[]): number {
    const fresh = events.filter((event) => !this.#seen.has(liveEventKey(event)));
    for (const event of fresh) this.#seen.add(liveEventKey(event));
    this.#waiting.push(...fresh);
    return fresh.length;
  }

  #productOf(item: string): string {
    if (item === '') return item;
    for (const product of this.#room.products.values()) {
      if (product.id === item || product.name === item || product.items.includes(item)) return product.id;
    }
    return item;
  }

  /** Holds the lock until the screen closes. */
  #conduct(): Promise<void> {
    if (this.#stop.signal.aborted) return Promise.resolve();
    this.isConducting = true;
    const timer = setInterval(() => this.#second(), 1000);
    return new Promise((resolve) => {
      this.#stop.signal.addEventListener('abort', () => {
        clearInterval(timer);
        this.isConducting = false;
        resolve();
      });
    });
  }

  #second(): void {
    const show = readShow(this.#room.show.doc);
    const isSilent = this.#waiting.length === 0 && this.#state.newestMs === 0;
    if (isSilent || show.onAir.endedMs !== null || this.#room.broadcast.access !== 'write') return;
    const nowMs = this.#room.workspace.nowMs();
    const shown = this.#state.newestMs === 0 ? readBroadcast(this.#room.broadcast.doc).second : null;
    // The page was reloaded in the middle: what it showed goes on.
    if (shown && shown.newestMs > 0) this.#state = resumeBroadcastState(nowMs, shown);
    this.#state = applyLiveEvents(this.#state, this.#waiting, nowMs);
    this.#waiting = [];
    const second = readSecond(this.#state, nowMs, this.#order);
    this.#order = second.products.map((row) => row.product);
    writeSecond(this.#room.broadcast.doc, { second, arrivals: [], comments: this.#state.comments });
    const move = suggestMove(show, second);
    if (move) this.#room.show.doc.transact(() => addSuggestion(this.#room.show.doc, move), conductOrigin);
  }
}
