import { expect, test } from 'vitest';
import { type BroadcastState, applyLiveEvents, startBroadcastState } from '#core/live/broadcast-state.ts';
import type { LiveEvent, LiveEventName } from '#core/live/live-event.ts';
import { packSecond, unpackSecond } from '#core/live/live-second.ts';
import { readSecond } from '#core/live/read-second.ts';
import { resumeBroadcastState } from '#core/live/resume-broadcast-state.ts';
import { aLiveEvent, seededRandom } from '#tests/makers/live-events.ts';

const startMs = 1_800_000_000_000;
const names: readonly LiveEventName[] = [
  'product-viewed',
  'product-clicked',
  'product-added',
  'order-completed',
  'viewer-joined',
  'viewer-left',
  'comment-posted',
  'audience-sampled',
];

const someEvents = (count: number, seed: number, seconds: number): LiveEvent[] => {
  const random = seededRandom(seed);
  return Array.from({ length: count }, (_, index) =>
    aLiveEvent({
      id: `e${index}`,
      name: names[Math.floor(random() * names.length)] ?? 'product-viewed',
      atMs: startMs + Math.floor(random() * seconds * 1000),
      item: ['milk', 'beef', 'oats'][Math.floor(random() * 3)] ?? '',
      text: `t${index}`,
      value: 500 + index,
      amountFen: 100,
    }),
  );
};

const shuffled = <Value>(values: readonly Value[], seed: number): Value[] => {
  const random = seededRandom(seed);
  return values
    .map((value) => ({ value, at: random() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ value }) => value);
};

/** Two samples in one second: the one with the later time must win in any order, so tests keep one a second. */
const oneSampleASecond = (events: readonly LiveEvent[]): LiveEvent[] => {
  const taken = new Set<number>();
  return events.filter((event) => {
    const second = Math.floor(event.atMs / 1000);
    if (event.name !== 'audience-sampled') return true;
    if (taken.has(second)) return false;
    taken.add(second);
    return true;
  });
};

const take = (events: readonly LiveEvent[], nowMs: number, batch = 7): BroadcastState => {
  let state = startBroadcastState(startMs);
  for (let at = 0; at < events.length; at += batch) state = applyLiveEvents(state, events.slice(at, at + batch), nowMs);
  return state;
};

test('[BRD1] any order within a minute gives the same state and the same second', () => {
  const nowMs = startMs + 58_000;
  const events = oneSampleASecond(someEvents(400, 1, 58));
  const want = readSecond(take(events, nowMs), nowMs, []);
  for (let seed = 2; seed < 8; seed++)
    expect(readSecond(take(shuffled(events, seed), nowMs, seed), nowMs, [])).toEqual(want);
  expect(want.products.map((row) => row.session[0]).reduce((a, b) => a + b)).toBe(
    events.filter((event) => event.name === 'product-viewed').length,
  );
});

test('[BRD2] the same event counts once', () => {
  const nowMs = startMs + 30_000;
  const events = oneSampleASecond(someEvents(100, 3, 30));
  expect(readSecond(take([...events, ...events], nowMs), nowMs, [])).toEqual(
    readSecond(take(events, nowMs), nowMs, []),
  );
});

test('[BRD3] what comes too late counts in the totals and as late, not in the rates', () => {
  let state = applyLiveEvents(
    startBroadcastState(startMs),
    [aLiveEvent({ id: 'a', atMs: startMs + 100_000 })],
    startMs + 100_000,
  );
  state = applyLiveEvents(state, [aLiveEvent({ id: 'b', atMs: startMs + 30_000 })], startMs + 100_000);
  const second = readSecond(state, startMs + 100_000, []);
  expect(second.late).toBe(1);
  expect(second.products[0]?.session[0]).toBe(2);
  expect(second.products[0]?.last60[0]).toBe(1);
});

test('[BRD4] every row brings raw counts of three windows and the time of its newest event', () => {
  const events = [5, 15, 40, 50].map((at, index) => aLiveEvent({ id: `v${index}`, atMs: startMs + at * 1000 }));
  const second = readSecond(take(events, startMs + 55_000), startMs + 55_000, []);
  expect(second.products[0]).toMatchObject({
    product: 'milk',
    last10: [1, 0, 0, 0],
    last60: [4, 0, 0, 0],
    session: [4, 0, 0, 0],
    lastMs: startMs + 50_000,
  });
});

test('[BRD5, BRD10] a product known from pasted totals alone has its heat from the table', () => {
  const counted = (views: number, clicks: number, atMs: number) =>
    aLiveEvent({
      id: `t${views}`,
      source: 'pasted-table',
      name: 'product-counted',
      atMs,
      counted: { counts: [views, clicks, 0, 0], spanSeconds: 0 },
    });
  let state = applyLiveEvents(startBroadcastState(startMs), [counted(1000, 50, startMs + 1000)], startMs + 1000);
  state = applyLiveEvents(state, [counted(2000, 150, startMs + 120_000)], startMs + 120_000);
  state = applyLiveEvents(state, [counted(2000, 150, startMs + 120_000)], startMs + 130_000);
  const row = readSecond(state, startMs + 130_000, []).products[0];
  expect(row).toMatchObject({
    feed: 'table',
    last60: [1000, 100, 0, 0],
    session: [2000, 150, 0, 0],
    isEnough: true,
    lastMs: startMs + 120_000,
  });
  expect(row?.mean).toBeGreaterThan(0.07);
  const restarted = applyLiveEvents(state, [counted(10, 1, startMs + 240_000)], startMs + 240_000);
  expect(readSecond(restarted, startMs + 240_000, []).products[0]?.last60).toEqual([10, 1, 0, 0]);
});

test('[BRD6] memory stays flat', () => {
  let state = startBroadcastState(startMs);
  const random = seededRandom(5);
  for (let second = 0; second < 4000; second++) {
    const nowMs = startMs + second * 1000;
    const events = Array.from({ length: 5 }, (_, index) =>
      aLiveEvent({
        id: `${second}-${index}`,
        name: index === 0 ? 'comment-posted' : 'product-viewed',
        atMs: nowMs,
        text: 'x',
        item: `p${Math.floor(random() * 9)}`,
      }),
    );
    state = applyLiveEvents(state, events, nowMs);
  }
  expect(state.waiting.size).toBeLessThanOrEqual(61);
  expect(state.comments.length).toBe(60);
  expect(state.curve.size).toBeLessThanOrEqual(92);
  expect([...state.tracks.values()].every((track) => track.young.length <= 32)).toBe(true);
});

test('[BRD7] what is shown equals what settles', () => {
  const events = oneSampleASecond(someEvents(300, 9, 50));
  const nowMs = startMs + 50_000;
  const shown = readSecond(take(events, nowMs), nowMs, []);
  const settled = applyLiveEvents(take(events, nowMs), [], nowMs + 60_000);
  expect(settled.waiting.size).toBe(0);
  expect(settled.audience.viewers).toBe(shown.viewers);
  const later = readSecond(settled, nowMs + 60_000, []);
  expect(later.products.map((row) => [row.product, row.mean, row.session])).toEqual(
    shown.products.map((row) => [row.product, row.mean, row.session]),
  );
});

test('[BRD13] time away is a gap in the curve, and the room goes on from the viewers last shown', () => {
  const counted = Array.from({ length: 13 }, (_, at) =>
    aLiveEvent({ id: `s${at}`, name: 'audience-sampled', atMs: startMs + at * 10_000, value: 500 }),
  );
  const nowMs = startMs + 125_000;
  const before = readSecond(applyLiveEvents(startBroadcastState(startMs), counted, nowMs), nowMs, []);
  const backMs = nowMs + 40_000;
  const one = (id: string, name: LiveEventName, atMs: number, value = 0): LiveEvent =>
    aLiveEvent({ id, name, atMs, value });
  let state = resumeBroadcastState(backMs, before);
  state = applyLiveEvents(state, [one('j', 'viewer-joined', backMs + 1000)], backMs + 8000);
  const after = readSecond(state, backMs + 8000, []);
  expect(after.viewers).toBe(501);
  expect(after.curve).toEqual([...before.curve, -1, -1, -1, -1, 501]);
  const counting = applyLiveEvents(state, [one('c', 'audience-sampled', backMs + 12_000, 430)], backMs + 12_000);
  const later = readSecond(counting, backMs + 20_000, []);
  expect(later.viewers).toBe(430);
  expect(later.curve.filter((viewers) => viewers >= 0 && viewers < 430)).toEqual([]);
  expect(later.curve.filter((viewers) => viewers < 0)).toHaveLength(4);
  expect(resumeBroadcastState(backMs + 25_000, later).curve.get(Math.floor(backMs / 10_000))).toBe(-1);
});

test('[BRD11] a conductor that was away goes on from the second last shown: no total falls', () => {
  const nowMs = startMs + 130_000;
  const events = oneSampleASecond(someEvents(900, 11, 120));
  const before = readSecond(applyLiveEvents(startBroadcastState(startMs), events, nowMs), nowMs, []);
  const shown = unpackSecond(packSecond(before));
  expect(shown).not.toBeNull();
  if (!shown) return;
  const laterMs = nowMs + 5000;
  const more = [aLiveEvent({ id: 'more', name: 'order-completed', atMs: laterMs, item: 'milk', amountFen: 100 })];
  const after = readSecond(applyLiveEvents(resumeBroadcastState(laterMs, shown), more, laterMs), laterMs, []);
  expect(after.orders).toBe(before.orders + 1);
  expect(after.paidFen).toBe(before.paidFen + 100);
  for (const row of before.products) {
    const now = after.products.find(({ product }) => product === row.product);
    for (const at of [0, 1, 2, 3] as const) expect(now?.session[at]).toBeGreaterThanOrEqual(row.session[at]);
  }
  expect(after.curve.filter((viewers) => viewers >= 0).length).toBeGreaterThan(5);
});
