import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Ordered, byOrder, planOrder } from '#core/campaigns/order.doc.ts';

const apply = (list: readonly Ordered[], id: string, beforeId: string | null): readonly Ordered[] => {
  const orderById = new Map(list.map((each) => [each.id, each.order]));
  for (const change of planOrder([...list].sort(byOrder), id, beforeId)) orderById.set(change.id, change.order);
  return [...orderById].map(([each, order]) => ({ id: each, order })).sort(byOrder);
};

const ids = (list: readonly Ordered[]) => list.map(({ id }) => id).join('');

test('[CMP6] equal keys are ordered by id', () => {
  expect(
    ids(
      [
        { id: 'b', order: 'a1' },
        { id: 'a', order: 'a1' },
        { id: 'c', order: 'a0' },
      ].sort(byOrder),
    ),
  ).toBe('cab');
});

test('[CMP6] a move between equal keys re-keys that run alone', () => {
  const list = [
    { id: 'a', order: 'a0' },
    { id: 'b', order: 'a1' },
    { id: 'c', order: 'a1' },
    { id: 'd', order: 'a1' },
    { id: 'e', order: 'a2' },
  ];
  expect(planOrder(list, 'e', 'c').map(({ id }) => id)).toEqual(['e', 'c', 'd']);
  expect(ids(apply(list, 'e', 'c'))).toBe('abecd');
});

test('[CMP6] a key nobody can read is given a new one with all others', () => {
  const list = [
    { id: 'a', order: '!!' },
    { id: 'b', order: 'a1' },
  ];
  expect(ids(apply(list, 'c', 'b'))).toBe('acb');
});

test('[CMP6] whatever the keys, a move puts the thing where it was asked and moves nothing else', () => {
  const entry = fc.record({
    id: fc.constantFrom(...'abcdefgh'),
    order: fc.constantFrom('a0', 'a1', 'a1V', 'a2', '~', 'Zz'),
  });
  fc.assert(
    fc.property(
      fc.uniqueArray(entry, { selector: ({ id }) => id, minLength: 2 }),
      fc.nat(),
      fc.nat(),
      (list, from, to) => {
        const sorted = [...list].sort(byOrder);
        const moved = sorted[from % sorted.length]?.id ?? '';
        const rest = sorted.filter(({ id }) => id !== moved).map(({ id }) => id);
        const at = to % (rest.length + 1);
        const before = rest[at] ?? null;
        expect(ids(apply(sorted, moved, before))).toBe([...rest.slice(0, at), moved, ...rest.slice(at)].join(''));
      },
    ),
    { seed: 9, numRuns: 500 },
  );
});
