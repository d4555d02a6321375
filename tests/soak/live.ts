/**
 * Eight simulated hours on air: 1,000 events a second over 40 products, counted and written each second as the server
 * does. Memory of the last quarter must lie within 5 % of the second quarter, and the work under a quarter of one core.
 */
import * as Y from 'yjs';
import { applyLiveEvents, startBroadcastState } from '#core/live/broadcast-state.ts';
import { writeSecond } from '#core/live/broadcast.doc.ts';
import type { LiveEvent } from '#core/live/live-event.ts';
import { readSecond } from '#core/live/read-second.ts';
import { aLiveEvent, seededRandom } from '#tests/makers/live-events.ts';

const hours = Number(process.argv[2] ?? 8);
const eventsASecond = 1000;
const startMs = 1_800_000_000_000;
const random = seededRandom(1);
const names = [
  'product-viewed',
  'product-viewed',
  'product-viewed',
  'product-clicked',
  'viewer-joined',
  'viewer-left',
  'comment-posted',
] as const;
const doc = new Y.Doc();
let state = startBroadcastState(startMs);
let order: readonly string[] = [];
let workMs = 0;
const heapByQuarter: number[] = [];

for (let second = 0; second < hours * 3600; second++) {
  const nowMs = startMs + second * 1000;
  const events: LiveEvent[] = [];
  for (let index = 0; index < eventsASecond; index++) {
    const name = names[Math.floor(random() * names.length)] ?? 'product-viewed';
    events.push(
      aLiveEvent({
        id: `${second}-${index}`,
        name,
        atMs: nowMs - Math.floor(random() * 5000),
        item: `p${Math.floor(random() * 40)}`,
        text: 'x',
      }),
    );
  }
  const begun = performance.now();
  state = applyLiveEvents(state, events, nowMs);
  const shown = readSecond(state, nowMs, order);
  order = shown.products.map((row) => row.product);
  writeSecond(doc, { second: shown, arrivals: [], comments: state.comments.slice(-3) });
  workMs += performance.now() - begun;
  if ((second + 1) % (hours * 900) === 0) {
    globalThis.gc?.();
    heapByQuarter.push(process.memoryUsage().heapUsed / 2 ** 20);
  }
}
const [, secondQuarter = 0, , lastQuarter = 0] = heapByQuarter;
const core = workMs / (hours * 3_600_000);
const isFlat = lastQuarter <= secondQuarter * 1.05;
const documentBytes = Y.encodeStateAsUpdate(doc).length;
console.log(
  JSON.stringify({
    name: 'live soak',
    hours,
    heapMiB: heapByQuarter.map(Math.round),
    isFlat,
    core: Math.round(core * 1000) / 1000,
    documentBytes,
  }),
);
if (!isFlat || core > 0.25) process.exit(1);
