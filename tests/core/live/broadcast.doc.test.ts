import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { arrivalLimit, commentLimit, readBroadcast, writeSecond } from '#core/live/broadcast.doc.ts';
import { type LiveSecond, packSecond, unpackSecond } from '#core/live/live-second.ts';

const aSecond = (fields: Partial<LiveSecond> = {}): LiveSecond => ({
  atMs: 1_800_000_000_000,
  newestMs: 1_799_999_999_000,
  viewers: 1284,
  orders: 318,
  paidFen: 2_194_000,
  views60: 5000,
  clicks60: 340,
  late: 2,
  products: [
    {
      product: 'beef',
      feed: 'events',
      mean: 0.119,
      low: 0.107,
      high: 0.131,
      base: 0.058,
      trend: 1,
      isEnough: true,
      surgeMs: 1_799_999_990_000,
      last10: [9, 1, 0, 0],
      last60: [91, 10, 3, 1],
      session: [1191, 142, 40, 20],
      lastMs: 1_799_999_999_000,
    },
  ],
  curve: [1400, 1500, -1],
  drop: { atMs: 1_799_999_950_000, share: 0.21, fromViewers: 1600, windowSeconds: 20 },
  ...fields,
});

test('[BRD8] a second unpacks to what was packed; anything else is refused', () => {
  const second = aSecond();
  expect(unpackSecond(packSecond(second))).toEqual(second);
  expect(unpackSecond(packSecond(aSecond({ drop: null, products: [] })))).toEqual(
    aSecond({ drop: null, products: [] }),
  );
  fc.assert(
    fc.property(fc.jsonValue(), (value) => unpackSecond(value) === null),
    { seed: 1, numRuns: 300 },
  );
  fc.assert(
    fc.property(fc.array(fc.jsonValue(), { maxLength: 5 }), (parts) => void unpackSecond([1, ...parts])),
    { seed: 2, numRuns: 300 },
  );
});

test('[BRD9] reading writes nothing; lists are bounded and never doubled', () => {
  const doc = new Y.Doc();
  expect(readBroadcast(doc)).toEqual({ second: null, arrivals: [], comments: [], skipped: 0 });
  expect(Y.encodeStateAsUpdate(doc)).toEqual(Y.encodeStateAsUpdate(new Y.Doc()));
  const comments = Array.from({ length: 100 }, (_, index) => ({
    id: `c${index}`,
    nickname: 'n',
    text: 't',
    atMs: index,
  }));
  const arrivals = Array.from({ length: 30 }, (_, index) => ({
    id: `a${index}`,
    nickname: 'n',
    arrival: 'vip' as const,
    line: 'welcome-back' as const,
    atMs: index,
  }));
  writeSecond(doc, { second: aSecond(), arrivals, comments });
  writeSecond(doc, { second: aSecond(), arrivals: arrivals.slice(-3), comments: comments.slice(-60) });
  const view = readBroadcast(doc);
  expect(view.arrivals).toHaveLength(arrivalLimit);
  expect(view.comments.map((comment) => comment.id)).toEqual(
    comments.slice(-commentLimit).map((comment) => comment.id),
  );
  doc.getArray('comments').push([7, { id: 1 }]);
  doc.getMap('broadcast').set('second', 'nonsense');
  expect(readBroadcast(doc)).toMatchObject({ second: null, skipped: 3 });
});

test('[BRD9] ten thousand seconds leave under a kilobyte, each comment twenty bytes', () => {
  const quiet = new Y.Doc();
  const busy = new Y.Doc();
  for (let second = 0; second < 10_000; second++) {
    writeSecond(quiet, { second: aSecond({ atMs: second }), arrivals: [], comments: [] });
    const comments = [{ id: `c${second}`, nickname: 'n', text: 'hello', atMs: second }];
    writeSecond(busy, { second: aSecond({ atMs: second }), arrivals: [], comments });
  }
  expect(Y.encodeStateAsUpdate(quiet).length).toBeLessThan(1000);
  expect(Y.encodeStateAsUpdate(busy).length).toBeLessThan(200_000);
});
