import { expect, test } from 'vitest';
import { createLedger } from '#core/datasets/create-ledger.ts';
import type { Fact, FactKind } from '#core/datasets/fact.ts';
import { packFacts } from '#core/datasets/pack-facts.ts';
import { deriveBeliefs } from '#core/insight/profile/derive-beliefs.ts';
import { defaultParameters } from '#core/insight/profile/parameters.ts';
import { greetArrival } from '#core/live/arrivals/greet-arrival.ts';
import { aBehaviour, aConsent, aCustomerId, aTagMark, anAlias, anOrderLine, atDay } from '#tests/makers/facts.ts';
import { dayFromMs } from '#core/units/business-day.ts';

const asOfDay = dayFromMs(atDay(100));

/** Customer 1 orders often and much, 2 four times, 3 once; the others once each, as a crowd to compare with. */
const greet = (customer: number, more: readonly Fact[] = [], excluded: readonly number[] = []) => {
  const orders = (id: number, days: readonly number[], paidFen: number): Fact[] =>
    days.map((day) => anOrderLine({ customer: aCustomerId(id), order: `o-${id}-${day}`, atMs: atDay(day), paidFen }));
  const facts: Fact[] = [
    ...orders(1, [20, 30, 40, 50, 60, 70, 80, 90, 98], 90_000),
    ...orders(2, [10, 20, 30, 40], 2000),
    ...orders(3, [95], 1000),
    ...Array.from({ length: 30 }, (_, index) => orders(100 + index, [index + 10], 1000)).flat(),
    ...[1, 2, 3].map((id) => anAlias({ customer: aCustomerId(id), alias: `N${id}` })),
    ...more,
  ];
  const ledger = createLedger();
  for (const [kind, ofKind] of Map.groupBy(facts, (fact) => fact.kind)) {
    const taken = ledger.takeChunk(
      { id: kind as never, importId: '', importMs: 0 },
      packFacts(kind as FactKind, ofKind as never),
    );
    if (!taken.ok) throw new Error(taken.error.kind);
  }
  ledger.setExcluded(excluded.map(aCustomerId));
  const beliefs = deriveBeliefs(ledger, defaultParameters, asOfDay);
  const dense = ledger.denseCustomer(aCustomerId(customer));
  return greetArrival(ledger, beliefs, dense, { id: 'e1', nickname: 'as-sent', atMs: 5 });
};

test('[ARR1, ARR4] VIPs, KOCs and regulars get a card of five fields; nobody else', () => {
  expect(greet(1)).toEqual({ id: 'e1', nickname: 'N1', arrival: 'vip', line: 'welcome-back', atMs: 5 });
  expect(greet(2)).toEqual({ id: 'e1', nickname: 'N2', arrival: 'regular', line: 'long-time-no-see', atMs: 5 });
  expect(greet(3)).toBeNull();
  expect(greet(3, [aTagMark({ customer: aCustomerId(3), tag: 'KOC' })])).toMatchObject({
    arrival: 'koc',
    line: 'thank-advocate',
  });
});

test('[ARR2] who refused to be named is shown without name and line', () => {
  const refusal = aConsent({ customer: aCustomerId(1), channel: 'broadcast', purpose: 'naming', state: 'refused' });
  expect(greet(1, [refusal])).toEqual({ id: 'e1', nickname: '', arrival: 'vip', line: 'unnamed', atMs: 5 });
});

test('[ARR3] an open complaint silences, a closed one does not', () => {
  const complaint = (name: 'complaint-opened' | 'complaint-closed', id: string, day: number) =>
    aBehaviour({ customer: aCustomerId(1), id, name, atMs: atDay(day) });
  expect(greet(1, [complaint('complaint-opened', 'x', 95)])).toMatchObject({ nickname: '', line: 'unnamed' });
  expect(greet(1, [complaint('complaint-opened', 'x', 95), complaint('complaint-closed', 'y', 96)])).toMatchObject({
    nickname: 'N1',
  });
});

test('[ARR7] who is excluded gets no card, whatever they were marked as', () => {
  const mark = aTagMark({ customer: aCustomerId(1), tag: 'KOC' });
  expect([greet(1, [mark])?.arrival, greet(1, [mark], [1]), greet(1, [mark], [2])?.arrival]).toEqual([
    'koc',
    null,
    'koc',
  ]);
});
