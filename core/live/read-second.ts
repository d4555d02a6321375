/**
 * The room at one instant, from the counted state: what goes into `broadcast/<id>` each second. The waiting seconds are
 * run through the same steps that will settle them, so what is shown now and what will be settled agree.
 */
import { type BroadcastState, advanceSecond, drawViewers, roomRate } from './broadcast-state.ts';
import { startTrack } from './heat/product-track.ts';
import { rankProducts } from './heat/rank-products.ts';
import { readHeat } from './heat/read-heat.ts';
import type { TableTrack } from './heat/table-track.ts';
import { type Counts, type HeatRow, type LiveSecond, curveLength, curveStepMs } from './live-second.ts';

/** `previousOrder`: the products as they were last shown, for the hysteresis of the ranking. */
export const readSecond = (state: BroadcastState, nowMs: number, previousOrder: readonly string[]): LiveSecond => {
  const second = Math.floor(nowMs / 1000);
  let parts: Pick<BroadcastState, 'tracks' | 'room' | 'audience'> = state;
  const curve = new Map(state.curve);
  let newestViews = state.room.second;
  for (let at = state.settledSecond + 1; at <= second; at++) {
    const waiting = state.waiting.get(at);
    parts = advanceSecond(parts, at, waiting);
    if (waiting && waiting.products.size > 0) newestViews = at;
    drawViewers(curve, at, parts.audience.viewers);
  }
  const rate = roomRate(parts.room);
  const rows: HeatRow[] = [];
  for (const product of new Set([...parts.tracks.keys(), ...state.totals.keys(), ...state.tables.keys()])) {
    const session = state.totals.get(product) ?? nothing;
    const table = state.tables.get(product);
    if (table && session[0] === 0) rows.push(tableRow(product, table, rate));
    else rows.push(eventRow(state, parts, product, session, newestViews, rate, second));
  }
  const ranked = rankProducts(
    rows.map((row) => ({ ...row, views: row.session[0] })),
    previousOrder,
  ).map(({ views: _, ...row }) => row);
  const last60 = sumOf(ranked.filter((row) => row.feed === 'events').map((row) => row.last60));
  const { drop } = parts.audience;
  return {
    atMs: nowMs,
    newestMs: state.newestMs,
    viewers: parts.audience.viewers,
    orders: state.orders,
    paidFen: state.paidFen,
    views60: last60[0],
    clicks60: last60[1],
    late: state.late,
    products: ranked,
    curve: curveValues(curve, nowMs),
    drop: drop
      ? {
          atMs: drop.second * 1000,
          share: drop.share,
          fromViewers: drop.fromViewers,
          windowSeconds: drop.windowSeconds,
        }
      : null,
  };
};

const nothing: Counts = [0, 0, 0, 0];

function eventRow(
  state: BroadcastState,
  parts: Pick<BroadcastState, 'tracks'>,
  product: string,
  session: Counts,
  newestViews: number,
  rate: number,
  second: number,
): HeatRow {
  const track = parts.tracks.get(product) ?? startTrack(second);
  return {
    product,
    feed: 'events',
    ...readHeat(track, Math.max(newestViews, track.second), rate),
    surgeMs: track.surgeSecond < 0 ? 0 : track.surgeSecond * 1000,
    last10: countsSince(state, product, second - 10, second),
    last60: countsSince(state, product, second - 60, second),
    session,
    lastMs: state.lastMsByProduct.get(product) ?? 0,
  };
}

function tableRow(product: string, table: TableTrack, rate: number): HeatRow {
  return {
    product,
    feed: 'table',
    ...readHeat(table.track, table.second, rate),
    surgeMs: table.track.surgeSecond < 0 ? 0 : table.track.surgeSecond * 1000,
    last10: nothing,
    last60: table.latest,
    session: table.session,
    lastMs: table.second * 1000,
  };
}

/** Seconds after `from` up to `to`. */
function countsSince(state: BroadcastState, product: string, from: number, to: number): Counts {
  const found: Counts[] = [];
  for (let at = Math.max(from, state.settledSecond) + 1; at <= to; at++) {
    const counts = state.waiting.get(at)?.products.get(product);
    if (counts) found.push(counts);
  }
  return sumOf(found);
}

function sumOf(all: readonly Counts[]): Counts {
  return all.reduce<Counts>((a, b) => [a[0] + b[0], a[1] + b[1], a[2] + b[2], a[3] + b[3]], nothing);
}

/** The last quarter of an hour; a gap shorter than ten minutes (a table's row) carries the number before it. */
function curveValues(curve: ReadonlyMap<number, number>, nowMs: number): readonly number[] {
  const end = Math.floor(nowMs / curveStepMs);
  const values: number[] = [];
  let carried = -1;
  let carriedFor = 0;
  for (let step = end - curveLength - 60; step <= end; step++) {
    const value = curve.get(step);
    carriedFor = value === undefined ? carriedFor + 1 : 0;
    carried = value ?? (carriedFor > 60 ? -1 : carried);
    if (step > end - curveLength) values.push(carried);
  }
  const first = values.findIndex((value) => value >= 0);
  return first < 0 ? [] : values.slice(first);
}
