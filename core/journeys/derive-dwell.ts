/**
 * Who was there, for how long, and at which product: presence of each customer crossed with what was on, in seconds.
 * A leave that is missing ends with the broadcast, a join that is missing begins with it. Where the platform reports
 * seconds for a product itself, those are taken. A product counts as visited once for each time someone came to it.
 */
import { type BehaviourName, behaviours } from '../datasets/fact.ts';
import type { Ledger } from '../datasets/ledger-columns.ts';
import type { BroadcastWindow } from './broadcast-window.ts';

export interface Dwell {
  readonly customer: number;
  readonly seconds: number;
  /** Of them before the first product came on. */
  readonly openingSeconds: number;
  readonly firstMs: number;
  readonly lastMs: number;
  /** Products by dense number, longest first; ties by number. */
  readonly products: readonly ProductDwell[];
}

export interface ProductDwell {
  readonly product: number;
  readonly seconds: number;
  readonly visits: number;
  readonly clicks: number;
}

interface Track {
  spans: [from: number, until: number][];
  openMs: number | null;
  lastMs: number;
  reported: Map<number, { seconds: number; visits: number }>;
  clicks: Map<number, number>;
}

const code = (name: BehaviourName): number => behaviours.indexOf(name);
const joined = code('viewer-joined');
const left = code('viewer-left');
const viewed = code('product-viewed');
const clicked = code('product-clicked');
const added = code('product-added');
const commented = code('comment-posted');
const shown = code('product-shown');

/** By customer, everybody with any sign of presence. */
export const deriveDwell = (ledger: Ledger, window: BroadcastWindow): ReadonlyMap<number, Dwell> => {
  const rows = rowsOf(ledger, window.campaign);
  const cues = cuesOf(ledger, window, rows);
  const tracks = new Map<number, Track>();
  for (const row of rows) follow(ledger, row, window, tracks);
  const dwells = new Map<number, Dwell>();
  for (const [customer, track] of tracks) {
    if (track.openMs !== null) track.spans.push([track.openMs, Math.max(window.endMs, track.openMs)]);
    dwells.set(customer, dwellOf(customer, track, cues, window.startMs));
  }
  return dwells;
};

/** Live rows of the broadcast in order of time; ties by row, which is the order of arrival only within one instant. */
function rowsOf(ledger: Ledger, campaign: string): number[] {
  const { count, live, campaign: campaigns, atMs } = ledger.behaviours;
  const wanted = ledger.campaigns.indexOf(campaign);
  const rows: number[] = [];
  if (wanted < 0) return rows;
  for (let row = 0; row < count; row++) if (live[row] === 1 && campaigns[row] === wanted) rows.push(row);
  return rows.sort((a, b) => (atMs[a] ?? 0) - (atMs[b] ?? 0) || a - b);
}

interface DenseCue {
  readonly product: number;
  readonly fromMs: number;
  readonly untilMs: number;
}

function cuesOf(ledger: Ledger, window: BroadcastWindow, rows: readonly number[]): DenseCue[] {
  const { name, product, atMs, value } = ledger.behaviours;
  const shownRows = rows.filter((row) => name[row] === shown);
  if (shownRows.length > 0) {
    return shownRows.map((row, at) => {
      const next = shownRows[at + 1];
      const fromMs = atMs[row] ?? 0;
      const nextMs = next === undefined ? window.endMs : (atMs[next] ?? 0);
      const seconds = value[row] ?? 0;
      // A talk or game after it is not the product's time.
      return {
        product: product[row] ?? -1,
        fromMs,
        untilMs: seconds > 0 ? Math.min(nextMs, fromMs + seconds * 1000) : nextMs,
      };
    });
  }
  return window.cues.map((cue) => ({
    product: ledger.denseProduct(cue.product),
    fromMs: cue.fromMs,
    untilMs: cue.untilMs,
  }));
}

function follow(ledger: Ledger, row: number, window: BroadcastWindow, tracks: Map<number, Track>): void {
  const columns = ledger.behaviours;
  const customer = columns.customer[row] ?? -1;
  const name = columns.name[row];
  if (customer < 0 || ![joined, left, viewed, clicked, added, commented].includes(name ?? -1)) return;
  const atMs = columns.atMs[row] ?? 0;
  let track = tracks.get(customer);
  if (!track)
    tracks.set(customer, (track = { spans: [], openMs: null, lastMs: atMs, reported: new Map(), clicks: new Map() }));
  track.lastMs = Math.max(track.lastMs, atMs);
  const product = columns.product[row] ?? -1;
  if (name === joined) track.openMs ??= atMs;
  else if (name === left) {
    track.spans.push([track.openMs ?? (track.spans.length === 0 ? window.startMs : atMs), atMs]);
    track.openMs = null;
  } else if (product >= 0 && name === viewed) {
    const known = track.reported.get(product);
    const seconds = (known?.seconds ?? 0) + (columns.value[row] ?? 0);
    track.reported.set(product, { seconds, visits: (known?.visits ?? 0) + 1 });
  } else if (product >= 0 && name !== commented) track.clicks.set(product, (track.clicks.get(product) ?? 0) + 1);
}

function dwellOf(customer: number, track: Track, cues: readonly DenseCue[], startMs: number): Dwell {
  const openedMs = cues[0]?.fromMs ?? startMs;
  let openingMs = 0;
  const found = new Map<number, { seconds: number; visits: number }>();
  let milliseconds = 0;
  for (const [from, until] of track.spans) {
    milliseconds += Math.max(0, until - from);
    openingMs += Math.max(0, Math.min(until, openedMs) - Math.max(from, startMs));
    for (const cue of cues) {
      const overlap = Math.min(until, cue.untilMs) - Math.max(from, cue.fromMs);
      if (cue.product < 0 || overlap <= 0) continue;
      const known = found.get(cue.product);
      found.set(cue.product, { seconds: (known?.seconds ?? 0) + overlap / 1000, visits: (known?.visits ?? 0) + 1 });
    }
  }
  for (const [product, reported] of track.reported) if (reported.seconds > 0) found.set(product, reported);
  for (const product of track.clicks.keys()) if (!found.has(product)) found.set(product, { seconds: 0, visits: 1 });
  const products = [...found]
    .map(([product, { seconds, visits }]) => ({
      product,
      seconds: Math.round(seconds),
      visits,
      clicks: track.clicks.get(product) ?? 0,
    }))
    .sort((a, b) => b.seconds - a.seconds || b.clicks - a.clicks || a.product - b.product);
  const firstMs = Math.min(track.spans[0]?.[0] ?? track.lastMs, track.lastMs);
  const lastMs = Math.max(track.lastMs, track.spans.at(-1)?.[1] ?? 0);
  const [seconds, openingSeconds] = [milliseconds, openingMs].map((ms) => Math.round(ms / 1000)) as [number, number];
  return { customer, seconds, openingSeconds, firstMs, lastMs, products };
}
