import fc from 'fast-check';
import { expect, test } from 'vitest';
import { eraseRows, type Erased } from '#core/datasets/erasure/erase-rows.ts';
import type { Fact } from '#core/datasets/fact.ts';
import { packFacts } from '#core/datasets/pack-facts.ts';
import { unpackFacts } from '#core/datasets/unpack-facts.ts';
import { erasureKey, orderKey } from '#core/identity/erasure-key.ts';
import { createNodePlatform } from '#sync-server/storage/node-platform.ts';
import { aChild, aCustomerId, aRefund, anIdentityLink, anOrderLine } from '#tests/makers/facts.ts';

const platform = createNodePlatform(new Uint8Array(32).fill(3));
const nobody: Erased = { customers: new Set(), keys: new Set() };
const erase = async (facts: readonly Fact[], erased: Partial<Erased>) => {
  const chunk = await eraseRows(platform, packFacts(facts[0]!.kind, facts as never), { ...nobody, ...erased });
  if (!chunk.ok) throw new Error(chunk.error.kind);
  return chunk.value;
};
const restOf = (packed: Uint8Array): readonly Fact[] => {
  const facts = unpackFacts(packed);
  if (!facts.ok) throw new Error(facts.error.kind);
  return facts.value;
};

test('[ERA1, ERA2] rows of erased customers go, the others stay as they were', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 40 }), async (owners) => {
      const lines = owners.map((owner, at) => anOrderLine({ customer: aCustomerId(owner), order: `o${at}`, atMs: at }));
      const customers = new Set([aCustomerId(2), aCustomerId(5)]);
      const chunk = await erase(lines, { customers });
      const kept = lines.filter(({ customer }) => !customers.has(customer));
      if (kept.length === lines.length) expect(chunk).toBeNull();
      else {
        expect(restOf(chunk!.packed)).toEqual(kept);
        expect(chunk!.rows).toEqual(lines.filter(({ customer }) => customers.has(customer)));
        expect(chunk!.customers).toEqual([]);
      }
    }),
    { seed: 5, numRuns: 60 },
  );
});

test('[ERA1] what was told of a child goes with its family', async () => {
  const [own, other] = [aChild({ customer: aCustomerId(2) }), aChild({ customer: aCustomerId(3) })];
  const chunk = await erase([own, other], { customers: new Set([aCustomerId(2)]) });
  expect([restOf(chunk!.packed), chunk!.rows]).toEqual([[other], [own]]);
});

test('[ERA3] refunds of an erased order go, and the order itself under another customer id', async () => {
  const keys = new Set([await erasureKey(platform, orderKey('wx', 'o1'))]);
  const refunds = [aRefund({ shop: 'wx', order: 'o1' }), aRefund({ shop: 'wx', order: 'o2' })];
  expect(restOf((await erase(refunds, { keys }))!.packed)).toEqual([refunds[1]]);
  const lines = ['o1', 'o2', 'o1'].map((order, nth) =>
    anOrderLine({ shop: nth === 2 ? 'tb' : 'wx', order, nth, customer: aCustomerId(9) }),
  );
  const chunk = await erase(lines, { keys });
  expect(restOf(chunk!.packed)).toEqual([lines[1], lines[2]]);
  expect(chunk!.customers).toEqual([aCustomerId(9)]);
});

test('[ERA4, IDN9] a link to an erased key names a customer to erase; masked phones never do', async () => {
  const keys = new Set([
    'f'.repeat(64),
    await erasureKey(platform, { keyKind: 'openid', key: 'oABC' }),
    await erasureKey(platform, { keyKind: 'masked-phone', key: '138****0000' }),
  ]);
  expect(keys.has(await erasureKey(platform, { keyKind: 'phone', key: 'f'.repeat(64) }))).toBe(true);
  expect([...keys].join()).not.toContain('oABC');
  const links = [
    anIdentityLink({ keyKind: 'phone', key: 'f'.repeat(64), customer: aCustomerId(1) }),
    anIdentityLink({ keyKind: 'openid', key: 'oABC', customer: aCustomerId(2) }),
    anIdentityLink({ keyKind: 'masked-phone', key: '138****0000', customer: aCustomerId(3) }),
    anIdentityLink({ keyKind: 'openid', key: 'oXYZ', customer: aCustomerId(4) }),
  ];
  const chunk = await erase(links, { keys });
  expect(restOf(chunk!.packed)).toEqual(links.slice(2));
  expect(chunk!.customers).toEqual([aCustomerId(1), aCustomerId(2)]);
});
