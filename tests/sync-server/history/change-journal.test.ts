import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ChangeJournal } from '#sync-server/history/change-journal.ts';
import { Versions } from '#sync-server/history/versions.ts';
import { type MemoryStorage, createMemoryStorage } from '#sync-server/storage/memory-storage.ts';

const room = 'w/campaign/c1';
const wang = { id: 'wang', name: 'Wang' };
const card = (id: string, act: 'added' | 'changed' | 'removed' = 'changed') => ({ collection: 'cards', id, act });

let storage: MemoryStorage;
let nowMs: number;
let reports: string[];
let journal: ChangeJournal;
beforeEach(() => {
  storage = createMemoryStorage();
  nowMs = 1_000_000;
  reports = [];
  journal = new ChangeJournal({
    records: storage.records,
    versions: new Versions({ storage }),
    rooms: () => ({ read: () => Promise.reject(new Error('no room')) }),
    nowMs: () => nowMs,
    report: (kind, detail) => void reports.push(`${kind} ${detail}`),
    mostStretches: 5,
  });
});
afterEach(() => journal.flush());
const objectsOf = async () =>
  (await journal.list(room)).map(({ objects }) => objects.map(({ id, act }) => `${id} ${act}`));

test('[VER4] a stretch sums up: what came and went was never there, what was added stays added', async () => {
  const told = [card('a', 'added'), card('b'), card('a'), card('c', 'removed'), card('c', 'added'), card('d', 'added')];
  for (const each of told) journal.note(room, [{ member: wang, touched: [each] }], 1);
  journal.note(room, [{ member: wang, touched: [card('d', 'removed')] }], 1);
  expect(await objectsOf()).toEqual([['a added', 'b changed', 'c changed']]);
  journal.note(room, [{ member: wang, touched: [card('a', 'removed'), card('b', 'removed')] }], 1);
  expect(await objectsOf()).toEqual([['b removed', 'c changed']]);
});

test('[VER5] old stretches go, and what is told within two seconds is written by itself', async () => {
  vi.useFakeTimers();
  try {
    for (let at = 0; at < 8; at += 1) {
      journal.note(room, [{ member: wang, touched: [card(`k${at}`)] }], 1);
      await vi.advanceTimersByTimeAsync(2000);
      nowMs += 600_000;
    }
    const found = await storage.records.list('changes', `${room}/`);
    expect(found.map(({ value }) => (value as { objects: { id: string }[] }).objects[0]?.id)).toEqual(
      [3, 4, 5, 6, 7].map((at) => `k${at}`),
    );
    await storage.records.removeExpired(nowMs + 184 * 86_400_000);
    expect(await storage.records.list('changes')).toEqual([]);
  } finally {
    vi.useRealTimers();
  }
});

test('[VER5] while storage takes nothing the telling waits, and harms nobody', async () => {
  storage.failWrites(new Error('disk full'));
  journal.note(room, [{ member: wang, touched: [card('a')] }], 1);
  await journal.flush();
  expect(reports).toEqual(['history Error: disk full']);
  storage.failWrites(null);
  expect(await objectsOf()).toEqual([['a changed']]);
});

test('[VER10] nothing is told of a workspace that is gone', async () => {
  journal.note(room, [{ member: wang, touched: [card('a')] }], 1);
  journal.forgetWorkspace('w');
  await journal.flush();
  expect(await storage.records.list('changes')).toEqual([]);
});
