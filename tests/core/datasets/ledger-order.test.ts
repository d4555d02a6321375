import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createLedger } from '#core/datasets/create-ledger.ts';
import { decisionStates, type Fact, orderStatuses } from '#core/datasets/fact.ts';
import { kindCodes } from '#core/datasets/fact-schema.ts';
import { packFacts } from '#core/datasets/pack-facts.ts';
import {
  aBehaviour,
  aConsent,
  aCustomerId,
  aDecision,
  anAlias,
  anIdentityLink,
  anOrderLine,
  anOutcome,
  aRefund,
  aTagMark,
  atDay,
} from '#tests/makers/facts.ts';
import { readFresh, type OracleChunk } from './ledger-oracle.ts';
import { readLedger } from './read-ledger.ts';

// Few values each, so that facts collide as often as they can.
const few = <Value>(...values: Value[]) => fc.constantFrom(...values);
const customer = few(1, 2, 3, 4, 5).map(aCustomerId);
const key = {
  shop: few('s', 't'),
  order: few('a', 'b', 'c'),
  item: few('milk', 'bread'),
  nth: few(0, 0, 1),
  exportMs: few(0, 5),
};
const atMs = few(0, 1, 40).map(atDay);

const fact: fc.Arbitrary<Fact> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .record({
        ...key,
        customer,
        atMs,
        paidFen: few(0, 500, 1000),
        status: few(...orderStatuses),
        isGift: fc.boolean(),
        channel: few('live', 'pos'),
      })
      .map(anOrderLine),
  },
  {
    weight: 3,
    arbitrary: fc.record({ ...key, refund: few('r-1', 'r-2', 'total'), refundFen: few(100, 400, 5000) }).map(aRefund),
  },
  {
    weight: 4,
    arbitrary: fc
      .record({
        keyKind: few('phone' as const, 'openid' as const, 'masked-phone' as const),
        key: few('x', 'y', 'z'),
        customer,
      })
      .map(anIdentityLink),
  },
  fc
    .record({
      id: few('e-1', 'e-2', 'e-3'),
      customer: fc.oneof(customer, fc.constant('' as const)),
      atMs,
      value: few(1, 2),
    })
    .map(aBehaviour),
  fc
    .record({ decision: few('d-1', 'd-2'), customer, state: few(...decisionStates), version: few(1, 2), atMs })
    .map(aDecision),
  fc.record({ decision: few('d-1', 'd-2'), customer, version: few(1, 2), netFen: few(1, 2) }).map(anOutcome),
  fc.record({ customer, alias: few('lin', 'wang'), byPerson: fc.boolean(), atMs }).map(anAlias),
  fc
    .record({ customer, state: few('granted' as const, 'refused' as const), source: few('message', 'import:1'), atMs })
    .map(aConsent),
  fc
    .record({ customer, tag: few('a', 'b'), state: few('on' as const, 'off' as const, 'none' as const), atMs })
    .map(aTagMark),
);

/** A chunk holds facts of one kind; the facts of one draw are grouped. */
const chunks = fc
  .array(
    fc.record({
      facts: fc.array(fact, { minLength: 1, maxLength: 12 }),
      importId: few('', 'i-1', 'i-2', 'i-3'),
      importMs: few(1, 2, 3),
    }),
    { maxLength: 6 },
  )
  .map((draws) =>
    draws.flatMap(({ facts, importId, importMs }, draw) =>
      kindCodes.flatMap((kind): OracleChunk[] => {
        const own = facts.filter((one) => one.kind === kind);
        return own.length === 0 ? [] : [{ id: `${draw}-${kind}`, importId, importMs, facts: own }];
      }),
    ),
  );

type Step =
  | { readonly do: 'take' | 'drop'; readonly chunk: number }
  | { readonly do: 'withdraw'; readonly imports: readonly string[] }
  | { readonly do: 'exclude'; readonly ids: readonly string[] }
  | { readonly do: 'catalogue'; readonly items: readonly string[] };

const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.record({ do: few('take' as const), chunk: fc.nat(30) }) },
    { weight: 2, arbitrary: fc.record({ do: few('drop' as const), chunk: fc.nat(30) }) },
    { weight: 2, arbitrary: fc.record({ do: few('withdraw' as const), imports: fc.subarray(['i-1', 'i-2', 'i-3']) }) },
    {
      weight: 2,
      arbitrary: fc.record({ do: few('exclude' as const), ids: fc.subarray([1, 3, 4, 9].map(aCustomerId)) }),
    },
    { weight: 1, arbitrary: fc.record({ do: few('catalogue' as const), items: fc.subarray(['milk', 'bread']) }) },
  ),
  { maxLength: 40 },
);

test(
  '[LED1, LED14, IDN5] whatever happened in whatever order, the ledger says what a fresh reading says',
  { timeout: 120_000 },
  () => {
    fc.assert(
      fc.property(chunks, steps, (drawn, plan) => {
        const ledger = createLedger();
        const present = new Set<number>();
        let withdrawn: readonly string[] = [];
        let excluded: readonly string[] = [];
        const catalogue = (items: readonly string[]) =>
          ledger.setCatalogue(
            items.length === 0 ? [] : [{ id: 'p', name: 'P', items, category: '', tags: [], mergedFrom: [] }],
          );
        const check = (): void => {
          const counting = drawn.filter(({ importId }, at) => present.has(at) && !withdrawn.includes(importId));
          expect(readLedger(ledger)).toEqual(readFresh(counting, excluded));
        };
        plan.forEach((step, at) => {
          if (step.do === 'withdraw') ledger.setWithdrawnImports((withdrawn = step.imports));
          else if (step.do === 'exclude') ledger.setExcluded((excluded = step.ids));
          else if (step.do === 'catalogue') catalogue(step.items);
          else if (drawn.length > 0) {
            const chunk = step.chunk % drawn.length;
            const { facts, ...origin } = drawn[chunk]!;
            if (step.do === 'drop') {
              ledger.dropChunk(origin.id);
              present.delete(chunk);
            } else {
              expect(ledger.takeChunk(origin as never, packFacts(facts[0]!.kind, facts as never)).ok).toBe(true);
              present.add(chunk);
            }
          }
          if (at % 7 === 6) {
            catalogue([]);
            check();
          }
        });
        catalogue([]);
        check();
      }),
      { seed: 20_261_122, numRuns: 400 },
    );
  },
);

test('[LED10] customers whose reading changed are among those a change names', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(chunks, (drawn) => {
      const ledger = createLedger();
      for (const { facts, ...origin } of drawn) {
        const before = new Map(readLedger(ledger).map((one) => [one.id, JSON.stringify(one)]));
        const version = ledger.version;
        ledger.takeChunk(origin as never, packFacts(facts[0]!.kind, facts as never));
        const named = new Set([...ledger.changedSince(version)].map((dense) => ledger.customer(dense).id));
        const after = new Map(readLedger(ledger).map((one) => [one.id, JSON.stringify(one)]));
        for (const id of new Set([...before.keys(), ...after.keys()]))
          if (before.get(id) !== after.get(id)) expect([...named]).toContain(id);
      }
    }),
    { seed: 5, numRuns: 100 },
  );
});
