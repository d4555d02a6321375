import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { seededRandom } from '#core/statistics/seeded-random.ts';
import { OrderLineReader } from '#sync-server/commands/evaluate/order-line-reader.ts';
import { evaluate } from '#sync-server/commands/evaluate/rfm.ts';

const folder = mkdtempSync(join(tmpdir(), 'larder-rfm-'));
afterAll(() => rmSync(folder, { recursive: true }));
const header = 'customer_id,order_id,ts,sku,category,qty,amount,channel';
const file = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const rfmOf = async (lines: readonly string[], asof = '2025-12-31', end = '\n'): Promise<string[]> => {
  const out = join(folder, 'rfm.csv');
  await evaluate({ in: file('lines.csv', [header, ...lines, ''].join(end)), out, asof });
  return readFileSync(out, 'utf8').trimEnd().split('\n');
};
const at = (iso: string): number => Date.parse(iso) / 1000;

/** The plainest reading of the rule, row by row. */
function oracle(lines: readonly string[], asofDay: number): string[] {
  const people = new Map<string, { orders: Set<string>; fen: number; last: number }>();
  for (const line of lines) {
    const [customer = '', order = '', ts = '', , , , amount = ''] = line.split(',');
    const day = Math.floor((Number(ts) + 28_800) / 86_400);
    if (day > asofDay) continue;
    const own = people.get(customer) ?? { orders: new Set(), fen: 0, last: -1 };
    people.set(customer, own);
    own.orders.add(order);
    own.fen += Number(amount);
    own.last = Math.max(own.last, day);
  }
  const rows = [...people]
    .map(([id, { orders, fen, last }]) => [Number(id), asofDay - last, orders.size, fen] as const)
    .sort((a, b) => a[0] - b[0]);
  const scoreOf = (column: 1 | 2 | 3, value: number): number => {
    const sorted = rows.map((row) => row[column]).sort((a, b) => a - b);
    const cuts = [0.2, 0.4, 0.6, 0.8].map((share) =>
      sorted.find((_, place) => (place + 1) / sorted.length >= share - 1e-9),
    );
    return 1 + cuts.filter((cut) => (cut ?? 0) < value).length;
  };
  return rows.map((row) => [...row, 6 - scoreOf(1, row[1]), scoreOf(2, row[2]), scoreOf(3, row[3])].join(','));
}

test('scores equal the plain reading of the rule, whatever order the lines stand in', async () => {
  const random = seededRandom(4);
  const pick = (below: number): number => Math.floor(random() * below);
  const start = at('2025-10-01T00:00:00Z');
  const lines = Array.from({ length: 900 }, (_, n) => {
    const order = pick(500);
    const ts = start + pick(100 * 86_400);
    return `${1 + (order % 97)},${order},${ts},S${n % 7},milk,1,${100 + pick(60) * 50},live`;
  });
  const found = await rfmOf(lines);
  expect(found[0]).toBe('customer_id,recency_days,orders,amount_fen,r,f,m');
  expect(found.slice(1)).toEqual(oracle(lines, Math.floor((at('2025-12-31T00:00:00+08:00') + 28_800) / 86_400)));
  expect(await rfmOf([...lines].reverse(), '2025-12-31', '\r\n')).toEqual(found);
});

test('days end at midnight in Shanghai; who has bought only later is not there', async () => {
  const lines = [
    `7,1,${at('2025-12-31T23:59:59+08:00')},S,milk,1,100,live`,
    `8,2,${at('2026-01-01T00:00:00+08:00')},S,milk,1,100,live`,
    `10,3,${at('2025-12-30T00:00:00+08:00')},S,milk,1,250,live`,
  ];
  expect((await rfmOf(lines)).slice(1)).toEqual(['7,0,1,100,5,1,1', '10,1,1,250,3,1,3']);
});

test('the file may be cut into pieces anywhere', () => {
  const bytes = Buffer.from(`\uFEFF${header}\n"a",1,5,S1,milk,2,-30,live\nb,2,6,S2,oil,1,40,pos`);
  for (let cut = 1; cut < bytes.length; cut++) {
    const reader = new OrderLineReader('lines.csv', true);
    reader.take(bytes.subarray(0, cut));
    reader.take(bytes.subarray(cut));
    reader.finish();
    expect([reader.count, reader.customers.text(0), reader.customers.text(1)]).toEqual([2, 'a', 'b']);
    expect([...reader.amount.subarray(0, 2)]).toEqual([-30, 40]);
    expect([reader.skus.text(1), reader.categories.text(1), reader.channels.text(1)]).toEqual(['S2', 'oil', 'pos']);
    expect([...reader.quantity.subarray(0, 2)]).toEqual([2, 1]);
  }
});

test('what cannot be read is refused with its line', async () => {
  await expect(rfmOf(['1,2,x,S,milk,1,100,live'])).rejects.toThrow(/lines\.csv, line 2: .*ts/);
  await expect(rfmOf(['1,2,5,S,milk,1,10.5,live'])).rejects.toThrow(/line 2: .*amount/);
  await expect(rfmOf(['1,2,5'])).rejects.toThrow(/line 2: has too few cells/);
  await expect(rfmOf([',2,5,S,milk,1,100,live'])).rejects.toThrow(/customer_id/);
  await expect(rfmOf([], 'tomorrow')).rejects.toThrow(/--asof/);
  const out = join(folder, 'none.csv');
  await expect(evaluate({ in: file('a.csv', 'x,y\n1,2\n'), out, asof: '2025-12-31' })).rejects.toThrow(/no column/);
  await expect(evaluate({ in: file('b.csv', ''), out, asof: '2025-12-31' })).rejects.toThrow(/is empty/);
  await expect(evaluate({ in: join(folder, 'missing.csv'), out, asof: '2025-12-31' })).rejects.toThrow(/cannot read/);
});
