import { expect, test } from 'vitest';
import type { Fact } from '#core/datasets/fact.ts';
import { explainInterests } from '#core/insight/interests/explain-interest.ts';
import { InterestTracker } from '#core/insight/interests/interest-tracker.ts';
import { createTagIndex, findMarkedTags } from '#core/insight/interests/tag-index.ts';
import { defaultParameters } from '#core/insight/profile/parameters.ts';
import { dayFromMs } from '#core/units/business-day.ts';
import { aBehaviour, anOrderLine, aTagMark, atDay } from '#tests/makers/facts.ts';
import { aFakeLedger } from '#tests/makers/fake-ledger.ts';

const day = (n: number): number => dayFromMs(atDay(n));
const parameters = defaultParameters.interests;
const tag = 'baking';
const products = [
  { items: ['flour'], name: 'flour', tags: [tag] },
  { items: ['milk'], name: 'milk' },
];

const ask = (facts: readonly Fact[], asOf: number) => {
  const ledger = aFakeLedger(facts, products);
  const tags = createTagIndex(ledger, findMarkedTags(ledger));
  const tracker = new InterestTracker(tags, parameters);
  tracker.walk(ledger, 0, day(asOf));
  const bits = new Uint32Array(ledger.customerCount * tags.words);
  tracker.writeBits(ledger, 0, day(asOf), bits);
  const at = tags.at.get(tag) ?? -1;
  const explained = explainInterests(ledger, 0, day(asOf), tags, parameters);
  return { score: tracker.scores[at] ?? 0, isOn: (((bits[0] ?? 0) >>> at) & 1) === 1, explained, names: tags.names };
};
const event = (name: 'product-viewed' | 'product-clicked' | 'product-added', at: number, id = `${name}-${at}`) =>
  aBehaviour({ name, item: 'flour', atMs: atDay(at), id });

test('[INT1] watching < clicking < adding < buying', () => {
  const scores = [
    [event('product-viewed', 0)],
    [event('product-clicked', 0)],
    [event('product-added', 0)],
    [anOrderLine({ item: 'flour' })],
  ].map((facts) => ask(facts, 0).score);
  expect(scores).toEqual([1, 3, 5, 10]);
});

test('[INT2] a weight is halved every half-life', () => {
  expect(ask([anOrderLine({ item: 'flour' })], parameters.halfLifeDays).score).toBeCloseTo(5, 6);
});

test('[INT3] on at the upper threshold, off only below the lower', () => {
  const bought = [anOrderLine({ item: 'flour' })];
  expect(ask(bought, 0).isOn).toBe(true);
  expect(ask(bought, 60).isOn).toBe(true);
  expect(ask(bought, 80).isOn).toBe(false);
  const clicks = [event('product-clicked', 0, 'a'), event('product-clicked', 0, 'b')];
  expect(ask(clicks, 0)).toMatchObject({ score: 6, isOn: false });
});

test('[INT4, INT6] a mark wins both ways and can be given back', () => {
  const bought = anOrderLine({ item: 'flour' });
  expect(ask([bought, aTagMark({ tag, state: 'off' })], 0).isOn).toBe(false);
  expect(
    ask([bought, aTagMark({ tag, state: 'off', atMs: atDay(1) }), aTagMark({ tag, state: 'none', atMs: atDay(2) })], 2)
      .isOn,
  ).toBe(true);
  const given = ask([anOrderLine({ item: 'milk' }), aTagMark({ tag: 'friend', state: 'on' })], 0);
  expect(given.names).toEqual(['baking', 'friend']);
  expect(given.explained).toMatchObject([{ tag: 'friend', isOn: true, mark: 'on', events: [] }]);
});

test('[INT5] the three weightiest events stand behind a tag', () => {
  const facts = [
    event('product-viewed', 9),
    event('product-clicked', 8),
    event('product-added', 7),
    anOrderLine({ item: 'flour', atMs: atDay(6) }),
  ];
  const [explained] = ask(facts, 10).explained;
  expect(explained?.events.map(({ kind }) => kind)).toEqual(['buy', 'add', 'click']);
});

test('[INT7] facts after the day are not seen, and the order of facts does not matter', () => {
  const facts = [anOrderLine({ item: 'flour' }), event('product-added', 3), event('product-clicked', 50)];
  expect(ask(facts, 10).score).toBe(ask(facts.slice(0, 2), 10).score);
  expect(ask([...facts].reverse(), 60)).toEqual(ask(facts, 60));
});
