import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { evaluate } from '#sync-server/commands/evaluate/timing.ts';
import { BadInput } from '#sync-server/commands/evaluate/evaluate-task.ts';
import { firstDay, historiesOf, plantShop } from '#tests/core/insight/repurchase/planted-shop.ts';

const folder = mkdtempSync(join(tmpdir(), 'larder-timing-'));
afterAll(() => rmSync(folder, { recursive: true }));
const write = (name: string, lines: readonly string[]): void =>
  writeFileSync(join(folder, name), `${lines.join('\n')}\n`);

const asOf = 250;
const shop = plantShop({ seed: 9, customers: 120, days: 320 });
const events = shop.customers.flatMap((purchases, c) =>
  purchases.map(({ product, day, quantity }) => ({
    customer: `c${c}`,
    item: `p${product}`,
    day: day - firstDay,
    quantity,
  })),
);
const known = historiesOf(shop, firstDay + asOf);
const pairs = Array.from({ length: known.pairs }, (_, pair) => ({
  name: `pair-${pair}`,
  customer: `c${known.customer[pair]}`,
  item: `p${known.product[pair]}`,
  days: [...known.day.subarray(known.start[pair], known.start[pair + 1])].map((day) => day - firstDay),
})).filter(({ days }) => days.length >= 3);

const writeParts = (name: string, until: number): void => {
  write(`${name}.input.csv`, [
    'pair,customer,item,asof',
    ...pairs.map((pair) => `${pair.name},${pair.customer},${pair.item},${asOf}`),
  ]);
  write(`${name}.events.csv`, [
    'customer,item,day,qty',
    ...events
      .filter(({ day }) => day <= until)
      .map(({ customer, item, day, quantity }) => `${customer},${item},${day},${quantity}`),
  ]);
};

const read = (name: string): string[][] =>
  readFileSync(join(folder, name), 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split(','));

test('every pair is answered, chances rise with the horizon, and later purchases change nothing', async () => {
  writeParts('t2', asOf);
  writeParts('leak', 320);
  await evaluate({ in: folder, name: 't2', out: join(folder, 't2.csv') });
  await evaluate({ in: folder, name: 'leak', out: join(folder, 'leak.csv') });
  const [header, ...rows] = read('t2.csv');
  expect(header).toEqual(['pair', 'pred_gap', 'p7', 'p14', 'p30']);
  expect(rows.map(([pair]) => pair)).toEqual(pairs.map(({ name }) => name));
  for (const [, gap, p7 = '', p14 = '', p30 = ''] of rows) {
    expect(Number(gap)).toBeGreaterThanOrEqual(1);
    expect(0 <= +p7 && +p7 <= +p14 && +p14 <= +p30 && +p30 <= 1).toBe(true);
  }
  expect(read('leak.csv')).toEqual([header, ...rows]);
});

test('histories alone are answered right after their last purchase, as often as such draws come back', async () => {
  // One origin of each pair, drawn evenly among the third and later purchases that leave 60 days.
  const drawn = pairs
    .map((pair, n) => {
      const origins = pair.days.map((_, at) => at + 1).filter((at) => at >= 3 && (pair.days[at - 1] ?? 0) <= asOf - 60);
      return { ...pair, count: origins[(n * 7919) % Math.max(1, origins.length)] ?? 0 };
    })
    .filter(({ count }) => count > 0);
  write('t1.input.csv', [
    'pair,customer,item,days,qty',
    ...drawn.map(({ name, customer, item, days, count }) => {
      const some = days.slice(0, count);
      return `${name},${customer},${item},${some.join(' ')},${some.map(() => 1).join(' ')}`;
    }),
  ]);
  await evaluate({ in: folder, name: 't1', out: join(folder, 't1.csv') });
  const chance = new Map(read('t1.csv').map(([pair = '', , , , p30 = '']) => [pair, Number(p30)]));
  const mean = drawn.reduce((sum, { name }) => sum + (chance.get(name) ?? 0), 0) / drawn.length;
  const came = drawn.filter(({ days, count }) => (days[count] ?? Infinity) - (days[count - 1] ?? 0) <= 30);
  expect(Math.abs(mean - came.length / drawn.length)).toBeLessThan(0.06);
});

test('bad input is named', async () => {
  await expect(evaluate({ in: folder, name: 'nothing', out: join(folder, 'x.csv') })).rejects.toThrow(BadInput);
  await expect(evaluate({ in: folder, out: join(folder, 'x.csv') })).rejects.toThrow('--name');
  write('odd.input.csv', ['pair,customer,item,days,qty', 'a,b,c,1 x,1 1']);
  await expect(evaluate({ in: folder, name: 'odd', out: join(folder, 'x.csv') })).rejects.toThrow('not a whole number');
});
