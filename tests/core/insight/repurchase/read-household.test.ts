import { expect, test } from 'vitest';
import type { Product } from '#core/catalogue/product.ts';
import { createLedger } from '#core/datasets/create-ledger.ts';
import type { Fact } from '#core/datasets/fact.ts';
import { predictRunOut } from '#core/insight/repurchase/predict-run-out.ts';
import { isBirthMonth, readHousehold } from '#core/insight/repurchase/read-household.ts';
import { dayFromCivil, dayFromMs } from '#core/units/business-day.ts';
import { aChild, aCustomerId, anIdentityLink, anOrderLine, atDay } from '#tests/makers/facts.ts';
import { takeFacts } from '#tests/makers/demo-ledger.ts';

const aProduct = (item: string, name: string, packMilli: number | null, packUnit: Product['packUnit'] = 'g') =>
  ({ id: `p-${item}`, name, items: [item], category: '', tags: [], mergedFrom: [], packMilli, packUnit }) as never;
const catalogue: readonly Product[] = [
  aProduct('large', '婴儿配方奶粉 1段', 800_000),
  aProduct('small', 'Infant formula, small', 400, 'kg'),
  aProduct('milk', '鲜牛奶', 1_000_000, 'ml'),
  aProduct('adult', '中老年奶粉', 700_000),
];
const asOfDay = dayFromMs(atDay(200));
const aLedger = (...facts: readonly Fact[]) => {
  const ledger = createLedger();
  ledger.setCatalogue(catalogue);
  takeFacts(ledger, facts, 'f');
  return ledger;
};
const household = (...facts: readonly Fact[]) => readHousehold(aLedger(...facts), 0, catalogue, asOfDay);

test('[RUN5] tins come from the catalogue, other sizes as parts of the last', () => {
  expect(household(anOrderLine({ item: 'milk' }))).toBeNull();
  const bought = household(
    anOrderLine({ order: 'o-1', item: 'small', quantityMilli: 2000, atMs: atDay(1) }),
    anOrderLine({ order: 'o-2', item: 'large', quantityMilli: 2000, atMs: atDay(20) }),
    anOrderLine({ order: 'o-3', item: 'large', isGift: true, atMs: atDay(30) }),
    anOrderLine({ order: 'o-4', item: 'milk', atMs: atDay(31) }),
    anOrderLine({ order: 'o-6', item: 'adult', atMs: atDay(32) }),
    anOrderLine({ order: 'o-5', item: 'large', atMs: atDay(201) }),
  );
  expect(bought).toEqual({
    birthDay: null,
    feeding: 'formula',
    tinGrams: 800,
    purchases: [
      { day: dayFromMs(atDay(1)), tins: 1 },
      { day: dayFromMs(atDay(20)), tins: 2 },
    ],
  });
});

test('[RUN6] the last word counts, for the whole person, and can be taken back', () => {
  const line = anOrderLine({ item: 'large', atMs: atDay(100) });
  const same = [1, 2].map((n) => anIdentityLink({ customer: aCustomerId(n), keyKind: 'openid', key: 'o' }));
  const told = [
    aChild({ birthMonth: '2025-12', atMs: atDay(101) }),
    aChild({ customer: aCustomerId(2), birthMonth: '2026-01', feeding: 'mixed', atMs: atDay(102) }),
  ];
  const found = household(line, ...same, ...told)!;
  expect(found).toMatchObject({ birthDay: dayFromCivil(2026, 1, 15), feeding: 'mixed' });
  expect(predictRunOut(found).kind).toBe('run-out');
  const back = household(line, ...same, ...told, aChild({ birthMonth: '', atMs: atDay(103) }))!;
  expect(predictRunOut(back)).toEqual({ kind: 'insufficient-evidence', missing: ['birth-day'] });
});

test('[RUN7] a month of birth is a month, recent and not to come', () => {
  const today = dayFromCivil(2026, 11, 22);
  const told = ['2026-11', '2021-12', '2026-12', '2021-10', '2026-13', '2026-3', 'March', ''];
  expect(told.map((text) => isBirthMonth(text, today))).toEqual([true, true, false, false, false, false, false, false]);
});
