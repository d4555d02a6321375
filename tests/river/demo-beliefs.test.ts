import { expect, it } from 'vitest';
import { explainPreference } from '#core/insight/preference/explain-preference.ts';
import { fitPreference } from '#core/insight/preference/fit-preference.ts';
import { readPreferences } from '#core/insight/preference/preference-history.ts';
import { evidences } from '#core/insight/profile/belief-columns.ts';
import { deriveBeliefs } from '#core/insight/profile/derive-beliefs.ts';
import { fitParameters } from '#core/insight/profile/fit-parameters.ts';
import { defaultParameters } from '#core/insight/profile/parameters.ts';
import { dayAt } from '#core/insight/repurchase/pair-columns.ts';
import { labelsOfCustomer } from '#core/outcomes/derive-outcomes.ts';
import { sumResults } from '#core/outcomes/sum-results.ts';
import { msFromDay } from '#core/units/business-day.ts';
import { aDemoLedger } from '#tests/makers/demo-ledger.ts';

const asOfDay = 20_779;

const sum = (column: Uint8Array | Int32Array): number => {
  let total = 0;
  for (const value of column) total += value;
  return total;
};

it('[DEMO3, DEMO10] beliefs recover the planted cycles, with built-in and with learnt parameters; the counts are those told', () => {
  const { brand, ledger } = aDemoLedger({ seed: 'north-slope', asOfDay });
  for (const parameters of [defaultParameters, fitParameters(ledger, asOfDay)]) {
    const beliefs = deriveBeliefs(ledger, parameters, asOfDay);
    const told = { customers: sum(beliefs.isPresent), orders: sum(beliefs.orders) };
    expect(told).toEqual(brand.counts);
    const customers = new Map<number, boolean>();
    let pairs = 0;
    let inside = 0;
    let width = 0;
    for (const habit of brand.planted.habits) {
      if (habit.endDay < asOfDay) continue;
      const customer = ledger.denseCustomer(habit.customer);
      const product = ledger.denseProduct(habit.product);
      for (let pair = beliefs.pairStart[customer]!; pair < beliefs.pairEnd[customer]!; pair++) {
        if (beliefs.pairProduct[pair] !== product || evidences[beliefs.pairEvidence[pair]!] !== 'own') continue;
        const due = beliefs.pairLastDay[pair]! + habit.cycleDays;
        const isInside = due >= dayAt(beliefs.pairP10, pair) && due <= dayAt(beliefs.pairP90, pair);
        pairs++;
        inside += isInside ? 1 : 0;
        width += (dayAt(beliefs.pairP90, pair) - dayAt(beliefs.pairP10, pair)) / habit.cycleDays;
        customers.set(customer, (customers.get(customer) ?? true) && isInside);
      }
    }
    expect(customers.size).toBeGreaterThan(1500);
    expect([...customers.values()].filter(Boolean).length / customers.size).toBeGreaterThanOrEqual(0.7);
    expect(inside / pairs).toBeGreaterThanOrEqual(0.7);
    // A window that holds everything would hold the truth too: it must be narrower than one and a half cycles.
    expect(width / pairs).toBeLessThan(1.5);
  }
}, 60_000);

it('[DEMO8] [PREF10] the content somebody opens most comes out first', () => {
  const { brand, ledger } = aDemoLedger({ seed: 'north-slope', asOfDay, customers: 4000 });
  const histories = Array.from({ length: ledger.customerCount }, (_, dense) =>
    readPreferences(ledger, dense, asOfDay, 'all'),
  );
  const preference = fitPreference(histories);
  const found = [...brand.planted.contents].flatMap(([customer, kind]) => {
    const history = histories[ledger.canonical(ledger.denseCustomer(customer))]!;
    if (history.contents.length < 8) return [];
    const { voice, options } = explainPreference(history, preference).contents;
    return [voice === 'own' && options[0]?.option === kind];
  });
  expect(found.length).toBeGreaterThan(50);
  expect(found.filter(Boolean).length / found.length).toBeGreaterThanOrEqual(0.8);
});

it('[DEMO7] those written to buy more often than the hold-out', () => {
  const { ledger } = aDemoLedger({ seed: 'north-slope', asOfDay });
  const nowMs = msFromDay(asOfDay);
  const labels = Array.from({ length: ledger.customerCount }, (_, dense) =>
    labelsOfCustomer(ledger, dense, nowMs),
  ).flat();
  const watched = sumResults(labels).find(({ rule }) => rule === 'follow-up/watched')!;
  expect(watched.holdOut.mature).toBeGreaterThan(100);
  expect(watched.act.repurchased / watched.act.mature).toBeGreaterThan(
    watched.holdOut.repurchased / watched.holdOut.mature,
  );
}, 60_000);
