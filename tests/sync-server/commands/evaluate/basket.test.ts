import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { evaluate } from '#sync-server/commands/evaluate/basket.ts';
import { BadInput } from '#sync-server/commands/evaluate/evaluate-task.ts';

const folder = mkdtempSync(join(tmpdir(), 'larder-basket-'));
afterAll(() => rmSync(folder, { recursive: true }));

const listsOf = async (lines: readonly string[], header = 'customer,seq,items'): Promise<Map<string, string[]>> => {
  writeFileSync(join(folder, 'x.baskets.csv'), [header, ...lines, ''].join('\n'));
  const out = join(folder, 'out.csv');
  await evaluate({ in: folder, name: 'x', out });
  const [head, ...rows] = readFileSync(out, 'utf8').trimEnd().split('\n');
  expect(head).toBe('customer,items');
  return new Map(rows.map((row) => [row.split(',')[0]!, row.split(',')[1]!.split(' ')]));
};

test('everybody of the file gets a list without doubles, own habits first, in whatever order the lines came', async () => {
  const lines = Array.from({ length: 40 }, (_, c) => [
    `c${c},0,a b x${c % 4}`,
    `c${c},1,a`,
    `c${c},2,a ${c % 2 === 0 ? 'b' : 'y'}`,
  ]).flat();
  const lists = await listsOf(lines);
  expect(lists.size).toBe(40);
  for (const list of lists.values()) expect(new Set(list).size).toBe(list.length);
  expect(lists.get('c0')![0]).toBe('a');
  expect(lists.get('c0')).toContain('y');
  expect(lists.get('c1')![0]).toBe('a');
  expect((await listsOf(lines.toReversed())).get('c0')).toEqual(lists.get('c0'));
});

test('a file without its columns, or without a number where one belongs, is named', async () => {
  await expect(listsOf(['c,1'], 'customer,seq')).rejects.toThrow(BadInput);
  await expect(listsOf(['c,one,a'])).rejects.toThrow(/x\.baskets\.csv/);
});
