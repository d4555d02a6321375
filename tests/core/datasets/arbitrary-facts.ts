import fc from 'fast-check';
import type { Fact, FactKind } from '#core/datasets/fact.ts';
import { type ColumnShape, factSchema } from '#core/datasets/fact-schema.ts';

const customerId = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map((value) => value.toString(16).padStart(16, '0'));

const number = fc.oneof(
  fc.integer({ min: -1000, max: 1000 }),
  fc.maxSafeInteger(),
  fc.constantFrom(
    0,
    -1,
    2 ** 53,
    -(2 ** 53),
    2 ** 32,
    2 ** 31,
    -(2 ** 31),
    0.1,
    -0.05,
    19.99,
    1e-7,
    1e300,
    1_790_000_000_000,
  ),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (Object.is(value, -0) ? 0 : value)),
);

const text = fc.oneof(
  fc.constantFrom('', '北坡食集 · 鲜牛奶', '🥛🍞', '\ud800', 'a\u0000b', 'Ünïcödé', ' '),
  fc.string({ unit: 'binary' }),
  fc.string(),
);

const valueOf = (shape: ColumnShape): fc.Arbitrary<unknown> => {
  if (shape.type === 'number') return number;
  if (shape.type === 'flag') return fc.boolean();
  if (shape.type === 'word') return fc.constantFrom(...shape.words);
  if (shape.type === 'customer') return shape.mayBeNobody ? fc.oneof(fc.constant(''), customerId) : customerId;
  return text;
};

export const arbitraryFact = (kind: FactKind): fc.Arbitrary<Fact> =>
  fc
    .record(Object.fromEntries(Object.entries(factSchema[kind]).map(([name, shape]) => [name, valueOf(shape)])))
    .map((fact) => ({ kind, ...fact }) as unknown as Fact);
