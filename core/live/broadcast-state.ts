/**
 * The broadcast as it is being counted: (state, events, nowMs) → state. Events wait for 60 s in the second they happened
 * in, so any order of arrival within that time gives the same state; older seconds are settled into the tracks of
 * products and audience and never opened again. What comes later counts in the totals, not in the rates. An event of
 * the same (source, id) in the same second counts once. Memory is bounded: 60 waiting seconds, one track a product, 60
 * comments. Products are whatever ids the caller resolved items to.
 */
import { type AudienceTrack, advanceAudience, startAudience } from './audience/audience-track.ts';
import type { RecentComment } from './broadcast.doc.ts';
import { type ProductTrack, advanceTrack, decay, startTrack } from './heat/product-track.ts';
import { type LiveEvent, liveEventKey } from './live-event.ts';
import { type Counts, curveLength, curveStepMs } from './live-second.ts';
import { type TableTrack, advanceTable } from './heat/table-track.ts';

export interface BroadcastState {
  /** All seconds up to this one are settled. */
  readonly settledSecond: number;
  readonly waiting: ReadonlyMap<number, WaitingSecond>;
  readonly tracks: ReadonlyMap<string, ProductTrack>;
  readonly tables: ReadonlyMap<string, TableTrack>;
  readonly room: RoomTrack;
  readonly audience: AudienceTrack;
  /** Curve step → viewers; -1 where nobody was there to count. */
  readonly curve: ReadonlyMap<number, number>;
  readonly totals: ReadonlyMap<string, Counts>;
  readonly lastMsByProduct: ReadonlyMap<string, number>;
  readonly comments: readonly RecentComment[];
  readonly orders: number;
  readonly paidFen: number;
  readonly late: number;
  readonly newestMs: number;
}

export interface WaitingSecond {
  readonly ids: ReadonlySet<string>;
  readonly products: ReadonlyMap<string, Counts>;
  readonly joined: number;
  readonly left: number;
  readonly sampled: number;
}

/** Clicks and exposures of all products together, half-life 600 s: where a product without data is expected. */
export interface RoomTrack {
  readonly second: number;
  readonly views: number;
  readonly clicks: number;
}

export const disorderSeconds = 60;
const commentsKept = 60;
const roomHalfLife = 600;
/** Before anything is known about a room, one click in twenty exposures. */
const firstRate = 0.05;
const firstViews = 200;

export const startBroadcastState = (nowMs: number): BroadcastState => {
  const second = Math.floor(nowMs / 1000) - disorderSeconds;
  return {
    settledSecond: second,
    waiting: new Map(),
    tracks: new Map(),
    tables: new Map(),
    room: { second, views: 0, clicks: 0 },
    audience: startAudience(second),
    curve: new Map(),
    totals: new Map(),
    lastMsByProduct: new Map(),
    comments: [],
    orders: 0,
    paidFen: 0,
    late: 0,
    newestMs: 0,
  };
};

export const applyLiveEvents = (state: BroadcastState, events: readonly LiveEvent[], nowMs: number): BroadcastState => {
  const settled = settle(state, Math.floor(nowMs / 1000) - disorderSeconds);
  if (events.length === 0) return settled;
  const draft = new Draft(settled);
  for (const event of events) draft.take(event, Math.min(event.atMs, nowMs));
  return draft.finish();
};

export const roomRate = (room: RoomTrack): number => (room.clicks + firstRate * firstViews) / (room.views + firstViews);

/** Takes one second into the tracks; what the settled past and the view of the present have in common. */
export const advanceSecond = (
  state: Pick<BroadcastState, 'tracks' | 'room' | 'audience'>,
  second: number,
  waiting: WaitingSecond | undefined,
): Pick<BroadcastState, 'tracks' | 'room' | 'audience'> => {
  const audience = advanceAudience(state.audience, {
    joined: waiting?.joined ?? 0,
    left: waiting?.left ?? 0,
    sampled: waiting?.sampled ?? -1,
  });
  if (!waiting || waiting.products.size === 0) return { tracks: state.tracks, room: state.room, audience };
  const tracks = new Map(state.tracks);
  const rate = roomRate(state.room);
  const fade = decay(second - state.room.second, roomHalfLife);
  let views = state.room.views * fade;
  let clicks = state.room.clicks * fade;
  for (const [product, counts] of waiting.products) {
    tracks.set(product, advanceTrack(tracks.get(product) ?? startTrack(second), second, counts[0], counts[1], rate));
    views += counts[0];
    clicks += Math.min(counts[1], counts[0]);
  }
  return { tracks, room: { second, views, clicks }, audience };
};

/** One point of the curve, where a second ends a step; a step kept as a gap stays one. */
export const drawViewers = (curve: Map<number, number>, second: number, viewers: number): void => {
  const step = (second * 1000) / curveStepMs;
  if (Number.isInteger(step) && viewers >= 0 && curve.get(step) !== -1) curve.set(step, viewers);
};

function settle(state: BroadcastState, second: number): BroadcastState {
  if (second <= state.settledSecond) return state;
  // After a sleep of the machine the quiet seconds carry nothing: jump to the last minute that can matter.
  const from = Math.max(state.settledSecond + 1, state.waiting.size === 0 ? second - disorderSeconds : 0);
  let parts: Pick<BroadcastState, 'tracks' | 'room' | 'audience'> = {
    tracks: state.tracks,
    room: state.room,
    audience: { ...state.audience, second: from - 1 },
  };
  const waiting = new Map(state.waiting);
  const curve = new Map(state.curve);
  for (let at = from; at <= second; at++) {
    parts = advanceSecond(parts, at, waiting.get(at));
    waiting.delete(at);
    drawViewers(curve, at, parts.audience.viewers);
  }
  const oldest = Math.floor((second * 1000) / curveStepMs) - curveLength;
  for (const step of curve.keys()) if (step < oldest) curve.delete(step);
  return { ...state, ...parts, settledSecond: second, waiting, curve };
}

const nothing: Counts = [0, 0, 0, 0];
const columnOf = { 'product-viewed': 0, 'product-clicked': 1, 'product-added': 2, 'order-completed': 3 } as const;

/** One batch being taken in: copies what it touches, once. */
class Draft {
  readonly #state: BroadcastState;
  readonly #opened = new Map<
    number,
    { ids: Set<string>; products: Map<string, Counts>; joined: number; left: number; sampled: number }
  >();
  readonly #totals: Map<string, Counts>;
  readonly #lastMs: Map<string, number>;
  readonly #tables: Map<string, TableTrack>;
  readonly #curve: Map<number, number>;
  #comments: RecentComment[] = [];
  #orders: number;
  #paidFen: number;
  #late: number;
  #newestMs: number;

  constructor(state: BroadcastState) {
    this.#state = state;
    this.#totals = new Map(state.totals);
    this.#lastMs = new Map(state.lastMsByProduct);
    this.#tables = new Map(state.tables);
    this.#curve = new Map(state.curve);
    this.#orders = state.orders;
    this.#paidFen = state.paidFen;
    this.#late = state.late;
    this.#newestMs = state.newestMs;
  }

  take(event: LiveEvent, atMs: number): void {
    if (event.name === 'product-counted') return this.#takeTable(event, atMs);
    const second = Math.floor(atMs / 1000);
    if (second <= this.#state.settledSecond) return this.#takeLate(event, atMs);
    const open = this.#open(second);
    const key = liveEventKey(event);
    if (open.ids.has(key)) return;
    open.ids.add(key);
    this.#total(event, atMs);
    if (event.name in columnOf && event.item !== '')
      open.products.set(event.item, plus(open.products.get(event.item), event));
    else if (event.name === 'viewer-joined') open.joined += event.count;
    else if (event.name === 'viewer-left') open.left += event.count;
    else if (event.name === 'audience-sampled') open.sampled = event.value;
  }

  finish(): BroadcastState {
    const waiting = new Map(this.#state.waiting);
    for (const [second, open] of this.#opened) waiting.set(second, open);
    return {
      ...this.#state,
      waiting,
      totals: this.#totals,
      lastMsByProduct: this.#lastMs,
      tables: this.#tables,
      curve: this.#curve,
      comments:
        this.#comments.length === 0
          ? this.#state.comments
          : newestComments([...this.#state.comments, ...this.#comments]),
      orders: this.#orders,
      paidFen: this.#paidFen,
      late: this.#late,
      newestMs: this.#newestMs,
    };
  }

  /** A pasted comment or a table's viewer count is welcome at any age; anything else came too late for the rates. */
  #takeLate(event: LiveEvent, atMs: number): void {
    if (event.name === 'audience-sampled') this.#curve.set(Math.floor(atMs / curveStepMs), event.value);
    else if (event.name !== 'comment-posted') this.#late += 1;
    this.#total(event, atMs);
  }

  #takeTable(event: LiveEvent, atMs: number): void {
    if (!event.counted) return;
    const before = this.#tables.get(event.item);
    const after = advanceTable(before, event.counted, Math.floor(atMs / 1000), roomRate(this.#state.room));
    if (after === before) return;
    this.#tables.set(event.item, after);
    this.#newestMs = Math.max(this.#newestMs, atMs);
  }

  #total(event: LiveEvent, atMs: number): void {
    this.#newestMs = Math.max(this.#newestMs, atMs);
    if (event.name === 'comment-posted') {
      this.#comments.push({ id: `${event.source}/${event.id}`, nickname: event.nickname, text: event.text, atMs });
    }
    if (event.name === 'order-completed') {
      this.#orders += event.count;
      this.#paidFen += event.amountFen;
    }
    if (event.name in columnOf && event.item !== '') {
      this.#totals.set(event.item, plus(this.#totals.get(event.item), event));
      this.#lastMs.set(event.item, Math.max(this.#lastMs.get(event.item) ?? 0, atMs));
    }
  }

  #open(second: number) {
    const already = this.#opened.get(second);
    if (already) return already;
    const before = this.#state.waiting.get(second);
    const open = {
      ids: new Set(before?.ids),
      products: new Map(before?.products),
      joined: before?.joined ?? 0,
      left: before?.left ?? 0,
      sampled: before?.sampled ?? -1,
    };
    this.#opened.set(second, open);
    return open;
  }
}

function plus(counts: Counts = nothing, event: LiveEvent): Counts {
  const column = columnOf[event.name as keyof typeof columnOf];
  return counts.map((value, index) => (index === column ? value + event.count : value)) as unknown as Counts;
}

/** Ordered by time, then id; so the order of arrival leaves no trace. */
function newestComments(comments: readonly RecentComment[]): readonly RecentComment[] {
  const byId = new Map(comments.map((comment) => [comment.id, comment]));
  return [...byId.values()].sort((a, b) => a.atMs - b.atMs || (a.id < b.id ? -1 : 1)).slice(-commentsKept);
}
