import { expect, test } from 'vitest';
import type { CustomerRow } from '#core/insight/profile/customer-row.ts';
import { People } from '#web/lists/people.svelte.ts';

const aRow = (id: number): CustomerRow => ({
  id: id.toString(16).padStart(16, '0'),
  alias: `C${id}`,
  maskedPhone: '',
  rfm: 'vip',
  stage: 'loyal',
  netFen: 100,
  orders: 1,
  lastDay: 20_000,
  churn60: 0.1,
  next: null,
});

test('people come a page at a time, and all of them for a file', async () => {
  const everybody = Array.from({ length: 4321 }, (_, at) => aRow(at));
  const people = new People();
  const asked: [number, number][] = [];
  people.open('VIP', (first, count) => {
    asked.push([first, count]);
    return Promise.resolve({ total: everybody.length, rows: everybody.slice(first, first + count) });
  });
  await expect.poll(() => people.rows.length).toBe(50);
  await people.more();
  expect(people.rows.map(({ alias }) => alias).slice(49, 52)).toEqual(['C49', 'C50', 'C51']);
  expect(await people.all()).toEqual(everybody);
  expect(asked.slice(0, 2)).toEqual([
    [0, 50],
    [50, 50],
  ]);
});

test('a list opened later wins over one that answers late', async () => {
  const people = new People();
  let answerFirst = (): void => undefined;
  people.open('first', () => new Promise((resolve) => (answerFirst = () => resolve({ total: 1, rows: [aRow(1)] }))));
  people.open('second', () => Promise.resolve({ total: 1, rows: [aRow(2)] }));
  await expect.poll(() => people.rows.length).toBe(1);
  answerFirst();
  await Promise.resolve();
  expect(people.rows.map(({ alias }) => alias)).toEqual(['C2']);
});

test('whoever is no longer among them goes from an open list when the facts change', async () => {
  const people = new People();
  let everybody = Array.from({ length: 70 }, (_, at) => aRow(at));
  await people.refresh();
  people.open('VIP', (first, count) =>
    Promise.resolve({ total: everybody.length, rows: everybody.slice(first, first + count) }),
  );
  await expect.poll(() => people.rows.length).toBe(50);
  await people.more();
  everybody = everybody.slice(1);
  await people.refresh();
  expect([people.total, people.rows.length, people.rows[0]?.alias]).toEqual([69, 69, 'C1']);
});

test('a list that cannot be fetched says so and can be asked again', async () => {
  const people = new People();
  let isDown = true;
  people.open('VIP', () =>
    isDown ? Promise.reject(new Error('down')) : Promise.resolve({ total: 1, rows: [aRow(1)] }),
  );
  await expect.poll(() => people.hasFailed).toBe(true);
  isDown = false;
  await people.more();
  expect([people.hasFailed, people.rows.length]).toEqual([false, 1]);
});
