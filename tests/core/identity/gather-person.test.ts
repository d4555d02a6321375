import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gatherPerson, type PersonLink } from '#core/identity/gather-person.ts';
import { IdentityGraph } from '#core/identity/identity-graph.ts';
import { aCustomerId } from '#tests/makers/facts.ts';

test('[IDN8] a person is gathered as the graph joins them', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(7), fc.nat(9)), { maxLength: 20 }), fc.nat(9), (pairs, start) => {
      const graph = new IdentityGraph();
      for (const [key, customer] of pairs) graph.connect(key, customer);
      graph.settle(
        (a, b) => a - b,
        () => {},
      );
      const links = pairs.map(([key, customer]): PersonLink => ({
        keyKind: 'openid',
        key: `k${key}`,
        customer: aCustomerId(customer),
      }));
      const person = gatherPerson(links, aCustomerId(start));
      const members = graph.members(graph.canonical(start));
      expect([...person.customers].sort()).toEqual(members.map(aCustomerId).sort());
      const keys = new Set(pairs.filter(([, customer]) => members.includes(customer)).map(([key]) => `k${key}`));
      expect(new Set(person.keys.map(({ key }) => key))).toEqual(keys);
    }),
    { seed: 3, numRuns: 200 },
  );
});

test('[IDN8] a masked phone is no key of a person', () => {
  const link = (customer: number): PersonLink => ({
    keyKind: 'masked-phone',
    key: '138****0000',
    customer: aCustomerId(customer),
  });
  expect(gatherPerson([link(1), link(2)], aCustomerId(1))).toEqual({ customers: new Set([aCustomerId(1)]), keys: [] });
});
