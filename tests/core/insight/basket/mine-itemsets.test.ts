import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fewestBaskets } from '#core/insight/basket/baskets.ts';
import { deriveRules } from '#core/insight/basket/derive-rules.ts';
import { itemsOfNode, mineItemsets } from '#core/insight/basket/mine-itemsets.ts';
import { aBasketTable, aCornerShop, countEverySubset, countsOf } from './basket-makers.ts';

const sorted = (counts: Map<string, number>): [string, number][] => [...counts].sort(([a], [b]) => (a < b ? -1 : 1));

const manyBaskets = fc.array(fc.uniqueArray(fc.nat({ max: 11 }), { maxLength: 9 }), { maxLength: 60 });

test('[BSK1] finds what counting every subset finds, with the same counts', () => {
  fc.assert(
    fc.property(manyBaskets, fc.integer({ min: 1, max: 8 }), (baskets, fewest) => {
      expect(sorted(countsOf(mineItemsets(aBasketTable(baskets), fewest)))).toEqual(
        sorted(countEverySubset(baskets, fewest)),
      );
    }),
    { seed: 20, numRuns: 300 },
  );
});

test('[BSK1] longer sets can be left out', () => {
  const all = countsOf(mineItemsets(aBasketTable(aCornerShop()), 5));
  const short = countsOf(mineItemsets(aBasketTable(aCornerShop()), 5, 2));
  expect(sorted(short)).toEqual(sorted(all).filter(([items]) => items.split(' ').length <= 2));
  expect(Math.max(...[...all.keys()].map((items) => items.split(' ').length))).toBeGreaterThan(2);
});

test('[BSK2] a share of the baskets is rounded up, not past itself', () => {
  expect(fewestBaskets(0.07, 100)).toBe(7);
  expect(fewestBaskets(0.001, 9835)).toBe(10);
  expect(fewestBaskets(0.001, 9000)).toBe(9);
  expect(fewestBaskets(0.29, 100)).toBe(29);
  expect(fewestBaskets(0, 100)).toBe(1);
  for (let count = 1; count < 3000; count++) expect(fewestBaskets(0.01, count)).toBe(Math.floor((count + 99) / 100));
});

test('[BSK3] the order of baskets and items changes nothing', () => {
  const baskets = aCornerShop();
  const turned = baskets.map((basket) => [...basket].reverse()).reverse();
  expect(sorted(countsOf(mineItemsets(aBasketTable(turned), 4)))).toEqual(
    sorted(countsOf(mineItemsets(aBasketTable(baskets), 4))),
  );
});

test('[BSK4] rules are those of counting by hand', () => {
  fc.assert(
    fc.property(
      manyBaskets,
      fc.integer({ min: 1, max: 6 }),
      fc.integer({ min: 0, max: 100 }),
      (baskets, fewest, percent) => {
        const share = percent / 100;
        const sets = mineItemsets(aBasketTable(baskets), fewest);
        const rules = deriveRules(sets, share);
        const found = Array.from({ length: rules.count }, (_, at) => {
          const left = itemsOfNode(sets, rules.left[at] ?? -1).sort((a, b) => a - b);
          const right = sets.item[sets.rank[rules.right[at] ?? -1] ?? -1];
          return `${left.join(' ')} → ${right}`;
        });
        const counts = countEverySubset(baskets, fewest);
        const expected = [...counts].flatMap(([items, both]) => {
          const all = items.split(' ');
          return all.length < 2
            ? []
            : all
                .map((right) => ({ right, left: all.filter((item) => item !== right).join(' ') }))
                .filter(({ left }) => both / (counts.get(left) ?? 0) >= share - 1e-12)
                .map(({ left, right }) => `${left} → ${right}`);
        });
        expect(found.sort()).toEqual(expected.sort());
      },
    ),
    { seed: 21, numRuns: 200 },
  );
});

/** Twenty baskets and what Python 3 (itertools.combinations, Counter) counts in them. */
const table = `bread milk
bread butter jam
milk
bread butter milk
tea sugar
tea sugar milk
bread butter
tea
bread jam
butter milk
bread butter jam milk
tea sugar lemon
coffee sugar
coffee sugar milk
bread milk sugar
coffee
tea lemon
bread butter sugar milk
jam
tea sugar lemon milk`;

test('[BSK1, BSK4] a table of a corner shop', () => {
  const baskets = table.split('\n').map((line) => line.split(' '));
  const names = [...new Set(baskets.flat())];
  const sets = mineItemsets(aBasketTable(baskets.map((basket) => basket.map((name) => names.indexOf(name)))), 3);
  const nameOf = (node: number): string =>
    itemsOfNode(sets, node)
      .map((item) => names[item] ?? '')
      .sort()
      .join(' ');
  const found = Array.from({ length: sets.count }, (_, node) => `${nameOf(node)} ${sets.support[node]}`);
  expect(found.sort()).toEqual([
    'bread 8',
    'bread butter 5',
    'bread butter milk 3',
    'bread jam 3',
    'bread milk 5',
    'butter 6',
    'butter milk 4',
    'coffee 3',
    'jam 4',
    'lemon 3',
    'lemon tea 3',
    'milk 10',
    'milk sugar 5',
    'sugar 8',
    'sugar tea 4',
    'tea 6',
  ]);
  const rules = deriveRules(sets, 0.6);
  const written = Array.from(rules.left, (left, at) => `${nameOf(left)} > ${nameOf(rules.right[at] ?? 0)}`);
  expect(written.sort()).toEqual([
    'bread > butter',
    'bread > milk',
    'bread butter > milk',
    'bread milk > butter',
    'butter > bread',
    'butter > milk',
    'butter milk > bread',
    'jam > bread',
    'lemon > tea',
    'sugar > milk',
    'tea > sugar',
  ]);
});

const folder = new URL('../../../../../shared/data/', import.meta.url);
const readBaskets = (text: string): number[][] =>
  text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => line.trim().split(/\s+/).map(Number));

describe.skipIf(!existsSync(folder))('reference counts (needs the reference data beside the checkout)', () => {
  test('[BSK1, BSK4] Groceries: the published number of rules', () => {
    const groceries = aBasketTable(readBaskets(readFileSync(new URL('groceries/baskets.txt', folder), 'utf8')));
    const count = (support: number, confidence: number): number =>
      deriveRules(mineItemsets(groceries, fewestBaskets(support, groceries.count)), confidence).count;
    expect(mineItemsets(groceries, 10).count).toBe(13_492);
    expect([count(0.001, 0.5), count(0.001, 0.8), count(0.006, 0.25), count(0.01, 0.5)]).toEqual([5668, 410, 463, 15]);
  });

  test('[BSK1, BSK4] FIMI retail at 0.1 %', () => {
    const retail = aBasketTable(
      readBaskets(gunzipSync(readFileSync(new URL('fimi-retail/retail.dat.gz', folder))).toString()),
    );
    const sets = mineItemsets(retail, fewestBaskets(0.001, retail.count));
    expect(Array.from({ length: 5 }, (_, at) => sets.size.filter((size) => size === at + 1).length)).toEqual([
      2117, 3260, 1794, 382, 36,
    ]);
    expect([deriveRules(sets, 0.5).count, deriveRules(sets, 0.1).count]).toEqual([5731, 8249]);
  });
});
