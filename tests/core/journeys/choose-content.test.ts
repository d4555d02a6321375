import { expect, it } from 'vitest';
import type { Fact } from '#core/datasets/fact.ts';
import { fitPreference } from '#core/insight/preference/fit-preference.ts';
import { readPreferences } from '#core/insight/preference/preference-history.ts';
import { agrees, aPlan, aRhythm, aShop, aStay, anEvent, groupOf, showDay, shown } from '#tests/makers/follow-up.ts';
import type { BusinessDay } from '#core/units/business-day.ts';
import { defaultParameters } from '#core/insight/profile/parameters.ts';

/** Twelve of fifteen opened are of one kind, weeks before the broadcast. */
const opens = (customer: number, name: 'knowledge-opened' | 'story-opened', times = 15): Fact[] =>
  Array.from({ length: times }, (_, at) =>
    anEvent(customer, at % 5 === 4 ? 'promotion-opened' : name, -30_000 - at * 60),
  );

it('[FUP20] one’s own acts choose, else those of the shop, and nobody’s where even the shop has too little', () => {
  const facts = [...shown(), ...agrees(1, 2, 3), ...[1, 2, 3].flatMap((who) => aStay(who, 0, 50))];
  const told = [...facts, ...opens(1, 'story-opened'), ...opens(2, 'knowledge-opened', 60)];
  const ledger = aShop(told);
  const histories = [1, 2, 3].map((_, dense) => readPreferences(ledger, dense, showDay as BusinessDay, ''));
  const fitted = { ...fitPreference(histories) };
  const preference = { ...fitted, contents: { ...fitted.contents, strength: 8, segments: {} } };
  const chosen = (given: Parameters<typeof aPlan>[0], changes: Parameters<typeof aPlan>[1] = {}) =>
    groupOf(aPlan(given, changes), 'follow-up/watched')
      .people.map(({ alias, content: { kind, voice, own, hits } }) => [alias, kind, voice, own, hits])
      .sort();
  expect(chosen(ledger, { preference })).toEqual([
    ['C1', 'story', 'own', 15, 12],
    ['C2', 'knowledge', 'own', 60, 48],
    ['C3', 'knowledge', 'shop', 0, 0],
  ]);
  expect(chosen(facts, { preference: defaultParameters.preference })).toEqual(
    ['C1', 'C2', 'C3'].map((alias) => [alias, '', 'insufficient-evidence', 0, 0]),
  );
});

it('[FUP20] a clip of the person’s kind is taken before another of the product, and any before none', () => {
  const ledger = aShop([...agrees(1, 2), ...aRhythm(1, 9, 8), ...aRhythm(2, 9, 8), ...opens(1, 'story-opened')]);
  ledger.setCatalogue([{ id: 'p-milk', name: '鲜奶', items: ['milk'], category: '', tags: [], mergedFrom: [] }]);
  const clips = [
    { id: 'plain', productId: 'p-milk', content: '' as const },
    { id: 'story', productId: 'p-milk', content: 'story' as const },
    { id: 'beef', productId: 'p-beef', content: 'story' as const },
  ];
  const { people } = groupOf(aPlan(ledger, { clips, sold: ['p-milk'] }), 'follow-up/missed');
  expect(people.map(({ alias, clip }) => [alias, clip]).sort()).toEqual([
    ['C1', 'story'],
    ['C2', 'plain'],
  ]);
});
