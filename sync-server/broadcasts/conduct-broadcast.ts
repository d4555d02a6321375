/**
 * One broadcast on air: takes its events, and once a second writes what the room shows into `broadcast/<id>`, proposes
 * at most one move into `show/<id>`, and hands the facts on. Seconds never overlap: a slow write skips the next.
 */
import { endBroadcast, setCurrentItem, startBroadcast } from '#core/campaigns/on-air.doc.ts';
import type { Show } from '#core/campaigns/run-of-show.ts';
import { readShow } from '#core/campaigns/show.doc.ts';
import { addSuggestion } from '#core/campaigns/suggestions.doc.ts';
import { admitArrivals, emptyArrivals } from '#core/live/arrivals/arrival-queue.ts';
import { greetArrival } from '#core/live/arrivals/greet-arrival.ts';
import { resumeBroadcastState } from '#core/live/resume-broadcast-state.ts';
import { type BroadcastState, applyLiveEvents, startBroadcastState } from '#core/live/broadcast-state.ts';
import { type Arrival, conductOrigin, readBroadcast, writeSecond } from '#core/live/broadcast.doc.ts';
import type { LiveEvent } from '#core/live/live-event.ts';
import { readSecond } from '#core/live/read-second.ts';
import { suggestMove } from '#core/live/suggestions/suggest-move.ts';
import type { Rooms } from '#sync-server/rooms/rooms.ts';
import type { Audience } from './audience.ts';
import type { BehaviourWriter } from './behaviour-writer.ts';
import { factFromEvent, factsFromShow, productShown } from './facts-from-events.ts';

export interface ConductDeps {
  readonly rooms: Pick<Rooms, 'change' | 'read'>;
  readonly facts: BehaviourWriter;
  /** Who the viewers are; null until the ledger is read. */
  audience(): Audience | null;
  nowMs(): number;
}

const forgetMs = 600_000;

export class ConductedBroadcast {
  readonly id: string;
  readonly #workspace: string;
  readonly #deps: ConductDeps;
  #state: BroadcastState;
  #order: readonly string[] = [];
  #arrivals = emptyArrivals;
  #waiting: LiveEvent[] = [];
  readonly #recorded = new Set<string>();
  #onShow: { itemId: string; productId: string; sinceMs: number } | null = null;
  #isBusy = false;
  #hasResumed = false;
  #heardMs: number;
  show: Show | null = null;

  constructor(deps: ConductDeps, workspace: string, id: string) {
    this.#deps = deps;
    this.#workspace = workspace;
    this.id = id;
    this.#heardMs = deps.nowMs();
    this.#state = startBroadcastState(this.#heardMs);
  }

  take(events: readonly LiveEvent[]): void {
    this.#waiting.push(...events);
    this.#heardMs = this.#deps.nowMs();
  }

  get hasEnded(): boolean {
    return this.show?.onAir.endedMs != null;
  }

  get isRunning(): boolean {
    return this.show?.onAir.startedMs != null && !this.hasEnded;
  }

  /** Never put on air, and nothing came for ten minutes. */
  get isForgotten(): boolean {
    return this.show !== null && this.show.onAir.startedMs === null && this.#deps.nowMs() - this.#heardMs > forgetMs;
  }

  async tick(): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    try {
      await this.#conductSecond();
    } finally {
      this.#isBusy = false;
    }
  }

  /** After a restart the room already shows a second: its sums go on from there. */
  async #resume(): Promise<void> {
    const { second } = await this.#deps.rooms.read(this.#room('broadcast'), readBroadcast);
    if (second) this.#state = resumeBroadcastState(this.#deps.nowMs(), second);
    this.#hasResumed = true;
  }

  async #conductSecond(): Promise<void> {
    if (!this.#hasResumed) await this.#resume();
    const events = this.#waiting;
    this.#waiting = [];
    await this.#obey(events);
    const show = await this.#deps.rooms.read(this.#room('show'), readShow);
    this.show = show;
    const nowMs = this.#deps.nowMs();
    this.#state = applyLiveEvents(this.#state, this.#resolve(events), nowMs);
    const second = readSecond(this.#state, nowMs, this.#order);
    this.#order = second.products.map((row) => row.product);
    const arrivals = this.#greet(events);
    await this.#deps.rooms.change(this.#room('broadcast'), conductOrigin, (doc) =>
      writeSecond(doc, { second, arrivals, comments: this.#state.comments }),
    );
    const move = suggestMove(show, second);
    if (move) await this.#deps.rooms.change(this.#room('show'), conductOrigin, (doc) => void addSuggestion(doc, move));
    this.#record(show, events, nowMs);
  }

  /** A platform may say that the broadcast began or ended and which product is pinned. */
  async #obey(events: readonly LiveEvent[]): Promise<void> {
    const orders = events.filter(
      ({ name }) => name === 'broadcast-started' || name === 'broadcast-ended' || name === 'product-pinned',
    );
    if (orders.length === 0) return;
    await this.#deps.rooms.change(this.#room('show'), conductOrigin, (doc) => {
      for (const event of orders) {
        if (event.name === 'broadcast-started') startBroadcast(doc, event.atMs);
        else if (event.name === 'broadcast-ended') endBroadcast(doc, event.atMs);
        else {
          const product = this.#productOf(event.item);
          const item = readShow(doc).items.find((each) => each.productId === product);
          if (item) setCurrentItem(doc, item.id, event.atMs);
        }
      }
    });
  }

  #resolve(events: readonly LiveEvent[]): readonly LiveEvent[] {
    return events.map((event) => (event.item === '' ? event : { ...event, item: this.#productOf(event.item) }));
  }

  #productOf(item: string): string {
    return this.#deps.audience()?.productOfItem(item) ?? item;
  }

  #greet(events: readonly LiveEvent[]): readonly Arrival[] {
    const audience = this.#deps.audience();
    if (!audience) return [];
    const came = events.flatMap((event) => {
      const dense = event.name === 'viewer-joined' ? audience.customerOf(event) : -1;
      const card = dense < 0 ? null : greetArrival(audience.ledger, audience.beliefs, dense, event);
      return card ? [{ customer: audience.ledger.customer(dense).id, card }] : [];
    });
    const { queue, shown } = admitArrivals(this.#arrivals, came);
    this.#arrivals = queue;
    return shown;
  }

  #record(show: Show, events: readonly LiveEvent[], nowMs: number): void {
    const audience = this.#deps.audience();
    const customerOf = (event: LiveEvent): string => {
      const dense = audience?.customerOf(event) ?? -1;
      return dense < 0 || !audience ? '' : audience.ledger.customer(dense).id;
    };
    const facts = events
      .map((event) => factFromEvent(event, this.id, customerOf(event)))
      .filter((fact) => fact !== null);
    facts.push(...factsFromShow(show, this.id, (id) => this.#recorded.has(id)));
    for (const fact of facts) if (fact.source === `show/${this.id}`) this.#recorded.add(fact.id);
    const untilMs = show.onAir.endedMs ?? nowMs;
    const current = show.items.find((item) => item.id === show.onAir.currentItemId);
    const isOver = show.onAir.endedMs !== null || current?.id !== this.#onShow?.itemId;
    if (this.#onShow && isOver) {
      const end = show.onAir.endedMs ?? show.onAir.currentSinceMs ?? untilMs;
      if (this.#onShow.productId !== '')
        facts.push(productShown(this.id, this.#onShow.productId, this.#onShow.sinceMs, end));
      this.#onShow = null;
    }
    if (!this.#onShow && current && show.onAir.startedMs !== null && show.onAir.endedMs === null) {
      this.#onShow = { itemId: current.id, productId: current.productId, sinceMs: show.onAir.currentSinceMs ?? nowMs };
    }
    this.#deps.facts.add(facts);
  }

  #room(kind: 'show' | 'broadcast'): string {
    return `${this.#workspace}/${kind}/${this.id}`;
  }
}
