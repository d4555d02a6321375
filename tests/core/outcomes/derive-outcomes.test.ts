import { describe, expect, it } from 'vitest';
import type { Decision, Fact } from '#core/datasets/fact.ts';
import {
  labelMs,
  labelsOfCustomer,
  newOutcomes,
  outcomeOfLabel,
  outcomesOfLabels,
} from '#core/outcomes/derive-outcomes.ts';
import { sumResults } from '#core/outcomes/sum-results.ts';
import type { CampaignId, ImportId } from '#core/units/ids.ts';
import { takeFacts } from '#tests/makers/demo-ledger.ts';
import { aCustomerId, aDecision, aRefund, anOrderLine, atDay } from '#tests/makers/facts.ts';
import { aShop } from '#tests/makers/follow-up.ts';

const aSent = (fields: Partial<Decision> = {}): Decision =>
  aDecision({ rule: 'follow-up/watched', campaign: 'c' as CampaignId, state: 'confirmed', version: 2, ...fields });
const labels = (facts: readonly Fact[], nowDay = 20, customer = 1) => {
  const ledger = aShop(facts);
  return labelsOfCustomer(ledger, ledger.denseCustomer(aCustomerId(customer)), atDay(nowDay));
};
const purchaseOf = (facts: readonly Fact[], nowDay = 20) => {
  const purchase = labels(facts, nowDay)[0]?.purchase;
  return purchase ? { atMs: purchase.atMs, netFen: purchase.netFen, isReversed: purchase.isReversed } : null;
};

describe('labels', () => {
  it('[OTC1] only what was confirmed, and hold-outs', () => {
    const bought = anOrderLine({ atMs: atDay(2) });
    expect(labels([bought, aSent({ state: 'handed-over' })])).toEqual([]);
    expect(labels([bought, aSent({ state: 'planned' })])).toEqual([]);
    expect(labels([bought, aSent({ state: 'planned', arm: 'hold-out' })])).toHaveLength(1);
    expect(labels([bought, aSent()])).toHaveLength(1);
  });
  it('[OTC2] the first paid order within seven days, with its net amount', () => {
    const facts = [
      aSent(),
      anOrderLine({ order: 'before', atMs: atDay(-1) }),
      anOrderLine({ order: 'first', atMs: atDay(3), paidFen: 700 }),
      anOrderLine({ order: 'first', item: 'beef', atMs: atDay(3), paidFen: 300 }),
      anOrderLine({ order: 'second', atMs: atDay(4) }),
    ];
    expect(purchaseOf(facts)).toEqual({ atMs: atDay(3), netFen: 1000, isReversed: false });
    expect(purchaseOf([aSent(), anOrderLine({ atMs: atDay(0) + labelMs })])).not.toBeNull();
    expect(purchaseOf([aSent(), anOrderLine({ atMs: atDay(0) + labelMs + 1 })])).toBeNull();
  });
  it('[OTC3] a full refund reverses, a partial one lowers', () => {
    const facts = [aSent(), anOrderLine({ atMs: atDay(2), paidFen: 1000 })];
    expect(purchaseOf([...facts, aRefund({ refundFen: 400 })])).toMatchObject({ netFen: 600, isReversed: false });
    expect(purchaseOf([...facts, aRefund({ refundFen: 1000, atMs: atDay(5) })])).toMatchObject({
      netFen: 0,
      isReversed: true,
    });
    expect(purchaseOf([aSent(), anOrderLine({ atMs: atDay(2), status: 'refunded' })])).toMatchObject({
      netFen: 0,
      isReversed: true,
    });
  });
  it('[OTC4] deriving again changes nothing; only what changed is recorded', () => {
    const ledger = aShop([aSent(), anOrderLine({ atMs: atDay(2), paidFen: 1000 })]);
    const derive = () => outcomesOfLabels(labelsOfCustomer(ledger, 0, atDay(20)), (order) => ledger.orderName(order));
    const fresh = () => newOutcomes(ledger.outcomesOfCustomer(0), derive());
    expect(fresh()).toEqual([
      {
        kind: 'outcome',
        decision: 'd-1',
        customer: aCustomerId(1),
        outcome: 'repurchased',
        atMs: atDay(2),
        order: 'o-1',
        netFen: 1000,
        version: 1,
      },
    ]);
    takeFacts(ledger, fresh(), 'outcomes');
    expect(fresh()).toEqual([]);
    takeFacts(ledger, [aRefund({ refundFen: 1000 })], 'refund');
    expect(fresh().map(({ outcome, netFen, version }) => ({ outcome, netFen, version }))).toEqual([
      { outcome: 'repurchased', netFen: 0, version: 2 },
      { outcome: 'reversed', netFen: 0, version: 1 },
    ]);
    takeFacts(ledger, fresh(), 'outcomes-2');
    expect(fresh()).toEqual([]);
    expect(ledger.outcomesOfCustomer(0)).toHaveLength(2);
  });
  it('[OTC5] an order that arrives late counts by when it happened', () => {
    const ledger = aShop([aSent(), anOrderLine({ order: 'old', atMs: atDay(-20) })]);
    expect(labelsOfCustomer(ledger, 0, atDay(30))[0]?.purchase).toBeNull();
    takeFacts(ledger, [anOrderLine({ order: 'late', atMs: atDay(6) })], 'late');
    expect(labelsOfCustomer(ledger, 0, atDay(30))[0]?.purchase).toMatchObject({ atMs: atDay(6) });
  });
  it('[OTC6] one order counts once a rule, for the newest decision before it', () => {
    const facts = [
      aSent({ decision: 'old', atMs: atDay(0) }),
      aSent({ decision: 'new', atMs: atDay(2) }),
      anOrderLine({ atMs: atDay(3) }),
    ];
    expect(labels(facts).map(({ decision, purchase }) => [decision.decision, purchase !== null])).toEqual([
      ['new', true],
      ['old', false],
    ]);
    const two = [aSent(), aSent({ decision: 'other', rule: 'follow-up/ordered' }), anOrderLine({ atMs: atDay(3) })];
    expect(labels(two).every(({ purchase }) => purchase !== null)).toBe(true);
  });
  it('[OTC11] a label comes to one thing: bought, and after the refund reversed only', () => {
    const sent = [aSent(), anOrderLine({ atMs: atDay(2), paidFen: 1000 })];
    expect(labels([aSent()]).map(outcomeOfLabel)).toEqual([null]);
    expect(labels(sent).map(outcomeOfLabel)).toEqual(['repurchased']);
    expect(labels([...sent, aRefund({ refundFen: 400 })]).map(outcomeOfLabel)).toEqual(['repurchased']);
    expect(labels([...sent, aRefund({ refundFen: 1000 })]).map(outcomeOfLabel)).toEqual(['reversed']);
  });
  it('[OTC12] an undone import takes its outcomes back, redone it brings them again', () => {
    const ledger = aShop([aSent()]);
    const imported = 'imp' as ImportId;
    takeFacts(ledger, [anOrderLine({ atMs: atDay(2), paidFen: 1000 })], 'orders', 1, imported);
    const record = (id: string) => {
      const derived = outcomesOfLabels(labelsOfCustomer(ledger, 0, atDay(20)), (order) => ledger.orderName(order));
      const fresh = newOutcomes(ledger.outcomesOfCustomer(0), derived);
      takeFacts(ledger, fresh, id);
      return fresh.map(({ outcome, order, netFen, version }) => ({ outcome, order, netFen, version }));
    };
    expect(record('first')).toEqual([{ outcome: 'repurchased', order: 'o-1', netFen: 1000, version: 1 }]);
    ledger.setWithdrawnImports([imported]);
    expect(record('undone')).toEqual([{ outcome: 'repurchased', order: '', netFen: 0, version: 2 }]);
    expect(record('again')).toEqual([]);
    ledger.setWithdrawnImports([]);
    expect(record('redone')).toEqual([{ outcome: 'repurchased', order: 'o-1', netFen: 1000, version: 3 }]);
  });
  it('[OTC9] gifts, unpaid and closed lines make no outcome', () => {
    expect(purchaseOf([aSent(), anOrderLine({ atMs: atDay(2), isGift: true })])).toBeNull();
    expect(purchaseOf([aSent(), anOrderLine({ atMs: atDay(2), status: 'closed' })])).toBeNull();
    expect(purchaseOf([aSent(), anOrderLine({ atMs: atDay(2), status: 'created' })])).toBeNull();
  });
});

describe('results of a group', () => {
  it('[OTC7] numerator, denominator, what is open and until when', () => {
    const facts = [
      aSent({ decision: 'a', customer: aCustomerId(1), atMs: atDay(0) }),
      aSent({ decision: 'b', customer: aCustomerId(2), atMs: atDay(0) }),
      aSent({ decision: 'c', customer: aCustomerId(3), atMs: atDay(4) }),
      anOrderLine({ order: '1', customer: aCustomerId(1), atMs: atDay(2), paidFen: 500 }),
      anOrderLine({ order: '3', customer: aCustomerId(3), atMs: atDay(5) }),
    ];
    const all = [1, 2, 3].flatMap((customer) => labels(facts, 8, customer));
    expect(sumResults(all)).toEqual([
      {
        rule: 'follow-up/watched',
        act: { people: 3, mature: 2, repurchased: 1, reversed: 0, netFen: 500, earlyPurchases: 1, earlyReversals: 0 },
        holdOut: { people: 0, mature: 0, repurchased: 0, reversed: 0, netFen: 0, earlyPurchases: 0, earlyReversals: 0 },
        openUntilMs: atDay(4) + labelMs,
      },
    ]);
  });
  it('[OTC11] what was fully refunded is bought so far by nobody, while its window is open too', () => {
    const facts = [
      aSent({ decision: 'a', customer: aCustomerId(1), atMs: atDay(0) }),
      aSent({ decision: 'b', customer: aCustomerId(2), atMs: atDay(0) }),
      anOrderLine({ order: '1', customer: aCustomerId(1), atMs: atDay(1), paidFen: 500 }),
      anOrderLine({ order: '2', customer: aCustomerId(2), atMs: atDay(1), paidFen: 700 }),
      aRefund({ order: '2', refundFen: 700 }),
    ];
    const [result] = sumResults([1, 2].flatMap((customer) => labels(facts, 3, customer)));
    expect(result?.act).toMatchObject({ mature: 0, earlyPurchases: 1, earlyReversals: 1 });
  });
  it('[OTC8] the hold-out is counted beside them from when it was recorded', () => {
    const facts = [
      aSent({ decision: 'a', customer: aCustomerId(1), atMs: atDay(0) }),
      aSent({ decision: 'h', customer: aCustomerId(2), atMs: atDay(0), arm: 'hold-out', state: 'planned', version: 1 }),
      anOrderLine({ order: '2', customer: aCustomerId(2), atMs: atDay(1) }),
    ];
    const [result] = sumResults([1, 2].flatMap((customer) => labels(facts, 20, customer)));
    expect(result).toMatchObject({
      act: { mature: 1, repurchased: 0 },
      holdOut: { mature: 1, repurchased: 1 },
      openUntilMs: null,
    });
  });
});
