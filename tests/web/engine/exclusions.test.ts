import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { deriveBeliefs } from '#core/insight/profile/derive-beliefs.ts';
import { defaultParameters } from '#core/insight/profile/parameters.ts';
import { readExclusions, setExclusion } from '#core/identity/exclusions.doc.ts';
import { dayFromMs } from '#core/units/business-day.ts';
import { aCustomerId, anAlias, anIdentityLink, anOrderLine, aRefund, atDay } from '#tests/makers/facts.ts';
import { aLedger } from '#tests/makers/ledger.ts';
import type { EngineContext } from '#web/engine/insight/engine-context.ts';
import { exclusionsHandlers } from '#web/engine/insight/exclusions.handlers.ts';

const keeper = aCustomerId(1);
const other = aCustomerId(2);
const buyer = aCustomerId(3);

test('[IDN12] excluded people are told once each, with what of theirs counts nowhere, and count again', async () => {
  const ledger = aLedger([
    anAlias({ customer: keeper, alias: 'Lin' }),
    anOrderLine({ customer: keeper, order: 'a', paidFen: 1000 }),
    anOrderLine({ customer: other, order: 'b', paidFen: 500 }),
    anOrderLine({ customer: other, order: 'c', paidFen: 700, status: 'closed' }),
    anOrderLine({ customer: other, order: 'e', item: 'post', itemName: 'Postage', paidFen: 60 }),
    anOrderLine({ customer: buyer, order: 'd', paidFen: 900 }),
    aRefund({ order: 'a', refundFen: 200 }),
    anIdentityLink({ customer: keeper, keyKind: 'openid', key: 'k' }),
    anIdentityLink({ customer: other, keyKind: 'openid', key: 'k' }),
  ]);
  const settings = new Y.Doc();
  const topic = exclusionsHandlers({
    ledger,
    exclusions: () => readExclusions(settings),
  } as unknown as EngineContext);
  const present = (): readonly string[] => {
    ledger.setExcluded(readExclusions(settings).keys());
    const { isPresent } = deriveBeliefs(ledger, defaultParameters, dayFromMs(atDay(50)));
    return [keeper, buyer].filter((id) => isPresent[ledger.denseCustomer(id)] === 1);
  };
  expect([present(), await topic['exclusions.people'](null)]).toEqual([[keeper, buyer], []]);

  const staff = { reason: 'staff', atMs: 5, member: 'm' } as const;
  setExclusion(settings, [keeper, other, aCustomerId(9)], staff);
  expect(present()).toEqual([buyer]);
  expect(await topic['exclusions.people'](null)).toEqual([
    { id: keeper, ids: [keeper, other], alias: 'Lin', maskedPhone: '138****0000', ...staff, orders: 3, netFen: 1360 },
  ]);
  setExclusion(settings, [keeper, other], null);
  expect([present(), await topic['exclusions.people'](null)]).toEqual([[keeper, buyer], []]);
});
