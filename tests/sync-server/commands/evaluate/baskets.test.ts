import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { seededRandom } from '#core/statistics/seeded-random.ts';
import { evaluate as evaluateItemsets } from '#sync-server/commands/evaluate/itemsets.ts';
import { readBaskets } from '#sync-server/commands/evaluate/read-baskets.ts';
import { evaluate as evaluateRules } from '#sync-server/commands/evaluate/rules.ts';

const folder = mkdtempSync(join(tmpdir(), 'larder-baskets-'));
afterAll(() => rmSync(folder, { recursive: true }));
const write = (name: string, content: string | Uint8Array): string => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};
const out = join(folder, 'out');
const linesOf = (path: string): string[] => readFileSync(path, 'utf8').trim().split('\n');

test('one basket a line: doubles count once, lines without items are none, items may be words', () => {
  const text = '3 1 3\r\n\n  7\t007 1 \nbread 3000000000\n\n';
  for (const path of [write('plain.dat', text), write('packed.dat.gz', gzipSync(text))]) {
    const baskets = readBaskets(path);
    const named = Array.from({ length: baskets.count }, (_, at) =>
      Array.from(baskets.items.subarray(baskets.starts[at], baskets.starts[at + 1]), (item) => baskets.names[item]),
    );
    expect(named).toEqual([
      ['3', '1'],
      ['7', '007', '1'],
      ['bread', '3000000000'],
    ]);
  }
  expect(() => readBaskets(join(folder, 'nothing.dat'))).toThrow(/cannot read/);
});

const shop = write('shop.dat', ['1 2 3', '1 2', '10 2', '1 2 10', '3', '1 3 10', '1 2 3', '10', '2', '1'].join('\n'));

test('itemsets: items, then the number of baskets', async () => {
  await evaluateItemsets({ in: shop, out, support: '0.3' });
  expect(linesOf(out)).toEqual(['1 6', '2 6', '3 4', '10 4', '1 2 4', '1 3 3']);
  await evaluateItemsets({ in: shop, out, support: '0.31' });
  expect(linesOf(out)).toEqual(['1 6', '2 6', '3 4', '10 4', '1 2 4']);
});

test('itemsets: the same file whatever the order of baskets and of items within them', async () => {
  const random = seededRandom(5);
  const lines = Array.from({ length: 200 }, () =>
    ['1', '2', '10', '007', 'oat', 'flour', '30', '4'].filter(() => random() < 0.4).join(' '),
  );
  const mined = async (of: readonly string[]): Promise<string> => {
    await evaluateItemsets({ in: write('shuffled.dat', of.join('\n')), out, support: '0.01' });
    return readFileSync(out, 'utf8');
  };
  const turned = lines.map((line) => line.split(' ').reverse().join(' '));
  expect(await mined(turned.sort())).toBe(await mined(lines));
});

test('rules: one item on the right, with count, support, confidence and lift', async () => {
  await evaluateRules({ in: shop, out, support: '0.2', confidence: '0.75' });
  expect(linesOf(out)).toEqual([
    'lhs,rhs,count,support,confidence,lift',
    '2 3,1,2,0.2,1,1.6666666666666667',
    '3,1,3,0.3,0.75,1.25',
  ]);
});

test('bad input is said in one sentence', async () => {
  await expect(evaluateItemsets({ in: shop, out, support: '3' })).rejects.toThrow(
    '--support must be a share from 0 to 1',
  );
  await expect(evaluateItemsets({ in: shop, out })).rejects.toThrow('--support must be a number');
  await expect(evaluateRules({ in: shop, out, support: '0.1' })).rejects.toThrow('--confidence must be a number');
  await expect(evaluateItemsets({ in: write('empty.dat', '\n\n'), out, support: '0.1' })).rejects.toThrow('no baskets');
});
