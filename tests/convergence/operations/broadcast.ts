import { expect } from 'vitest';
import { arrivalLimit, commentLimit, readBroadcast, writeSecond } from '#core/live/broadcast.doc.ts';
import { forgetNicknames } from '#core/live/forget-nicknames.doc.ts';
import type { LiveSecond } from '#core/live/live-second.ts';
import { type OperationTable, operation } from '../operation-table.ts';

const aSecond = (atMs: number): LiveSecond => ({
  atMs,
  newestMs: atMs,
  viewers: atMs % 400,
  orders: 2,
  paidFen: 11_800,
  views60: 80,
  clicks60: 6,
  late: 0,
  products: [],
  curve: [],
  drop: null,
});

/** One writes in truth; the rig lets all write, as when a server takes over from a device. */
export const table: OperationTable = {
  name: 'broadcast',
  covers: ['core/live/broadcast.doc.ts', 'core/live/forget-nicknames.doc.ts'],
  read: readBroadcast,
  check: (doc) => expect(readBroadcast(doc).skipped).toBe(0),
  operations: [
    operation(
      'second',
      (dice) => ({ atMs: dice.below(100_000), arrivals: dice.below(3), comments: dice.below(4), id: dice.id('e') }),
      (doc, { atMs, arrivals, comments, id }) => {
        const before = readBroadcast(doc);
        writeSecond(doc, {
          second: aSecond(atMs),
          arrivals: Array.from({ length: arrivals }, (_, at) => ({
            id: `${id}a${at}`,
            nickname: id.length % 2 === 0 ? '小陈' : '小周',
            arrival: 'vip' as const,
            line: 'welcome-back' as const,
            atMs,
          })),
          comments: Array.from({ length: comments }, (_, at) => ({
            id: `${id}c${at}`,
            nickname: '小陈',
            text: '怎么保存',
            atMs,
          })),
        });
        const after = readBroadcast(doc);
        expect(after.arrivals.length).toBeLessThanOrEqual(Math.max(arrivalLimit, before.arrivals.length));
        expect(after.comments.length).toBeLessThanOrEqual(Math.max(commentLimit, before.comments.length));
      },
    ),
    operation(
      'forget',
      (dice) => (dice.chance(0.1) ? ['小周'] : null),
      (doc, nicknames) => {
        forgetNicknames(doc, new Set(nicknames));
        expect(readBroadcast(doc).arrivals.filter(({ nickname }) => nicknames.includes(nickname))).toEqual([]);
      },
    ),
  ],
};
