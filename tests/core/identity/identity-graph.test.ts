import fc from 'fast-check';
import { expect, test } from 'vitest';
import { IdentityGraph } from '#core/identity/identity-graph.ts';

type Link = readonly [key: number, customer: number];
const smaller = (a: number, b: number): number => a - b;

const joined = (links: readonly Link[]): IdentityGraph => {
  const graph = new IdentityGraph();
  for (const [key, customer] of links) graph.connect(key, customer);
  graph.settle(smaller, () => undefined);
  return graph;
};

/** Who is called what, by the rule itself: share a key, share a name, until nothing changes. */
const naive = (links: readonly Link[], customer: number): number => {
  const people = new Set([customer]);
  for (let size = 0; size < people.size;) {
    size = people.size;
    const keys = new Set(links.filter(([, one]) => people.has(one)).map(([key]) => key));
    for (const [key, one] of links) if (keys.has(key)) people.add(one);
  }
  return Math.min(...people);
};

test('[IDN1, IDN2] sharing a key, or sharing with one who shares, makes one person, named by the smallest', () => {
  const graph = joined([
    [1, 30],
    [1, 20],
    [2, 20],
    [2, 10],
    [3, 40],
  ]);
  expect([10, 20, 30, 40].map((customer) => graph.canonical(customer))).toEqual([10, 10, 10, 40]);
  expect([...graph.members(10)].sort()).toEqual([10, 20, 30]);
  expect(graph.members(40)).toEqual([40]);
  expect([graph.customerOfKey(1), graph.customerOfKey(3), graph.customerOfKey(9)]).toEqual([10, 40, -1]);
});

test('[IDN4] a link taken away parts those it joined; said twice, it holds until both are taken back', () => {
  const graph = joined([
    [1, 30],
    [1, 20],
    [2, 20],
    [2, 10],
  ]);
  graph.connect(2, 10);
  graph.disconnect(2, 10);
  graph.settle(smaller, () => undefined);
  expect(graph.canonical(30)).toBe(10);
  const moved: number[][] = [];
  graph.disconnect(2, 10);
  graph.settle(smaller, (...move) => moved.push(move));
  expect([10, 20, 30].map((customer) => graph.canonical(customer))).toEqual([10, 20, 20]);
  expect(moved.sort()).toEqual([
    [20, 10, 20],
    [30, 10, 20],
  ]);
});

test('[IDN5] any order of links and removals gives the same people, and tells who moved', () => {
  const link = fc.tuple(fc.nat(5), fc.nat(9));
  const step = fc.record({ link, isRemoval: fc.boolean(), settles: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
      const graph = new IdentityGraph();
      const said: Link[] = [];
      const told = new Map<number, number>();
      const settle = (): void => {
        graph.settle(smaller, (customer, _from, to) => told.set(customer, to));
        for (let customer = 0; customer < 10; customer++) {
          expect(graph.canonical(customer)).toBe(naive(said, customer));
          expect(told.get(customer) ?? customer).toBe(graph.canonical(customer));
          const people = Array.from({ length: 10 }, (_, one) => one).filter((one) => naive(said, one) === customer);
          if (graph.canonical(customer) === customer) expect([...graph.members(customer)].sort()).toEqual(people);
        }
      };
      for (const {
        link: [key, customer],
        isRemoval,
        settles,
      } of steps) {
        const at = said.findIndex(([k, c]) => k === key && c === customer);
        if (isRemoval && at >= 0) {
          graph.disconnect(key, customer);
          said.splice(at, 1);
        } else if (!isRemoval) {
          graph.connect(key, customer);
          said.push([key, customer]);
        }
        if (settles) settle();
      }
      settle();
    }),
    { seed: 20_261_122, numRuns: 300 },
  );
});

test(
  '[IDN7] a hundred thousand ids under one key are joined and parted without looking at every pair',
  { timeout: 20_000 },
  () => {
    const many = 100_000;
    const graph = joined(Array.from({ length: many }, (_, customer) => [1, customer] as const));
    expect(graph.members(0)).toHaveLength(many);
    graph.disconnect(1, 0);
    graph.settle(smaller, () => undefined);
    expect([graph.canonical(0), graph.canonical(1), graph.members(1).length]).toEqual([0, 1, many - 1]);
  },
);
