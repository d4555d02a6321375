/**
 * What the demo's team already did after its past broadcasts: follow-up decisions, most of them confirmed. The evening
 * before the day asked about is left half done, so that there is work on the first day. Times are ms.
 */
import type { Behaviour, Decision } from '../datasets/fact.ts';
import { type FollowUpRule, decisionId, followUpRuleVersion } from '../journeys/decision-id.ts';
import { holdOutShare } from '../journeys/hold-out.ts';
import { assignArm } from '../segments/assign-arm.ts';
import { dayFromMs } from '../units/business-day.ts';
import type { CustomerId } from '../units/ids.ts';
import type { DemoBroadcast } from './broadcasts.ts';
import type { Dice } from './create-dice.ts';
import type { LiveOrder } from './create-orders.ts';
import { demoProducts } from './products.data.ts';

const minute = 60_000;

export const createDecisions = (
  broadcast: DemoBroadcast,
  behaviour: readonly Behaviour[],
  live: readonly LiveOrder[],
  reachable: ReadonlySet<CustomerId>,
  asOfDay: number,
  dice: Dice,
): Decision[] => {
  const isFresh = broadcast.day === asOfDay - 1;
  const decisions: Decision[] = [];
  const decide = (
    rule: FollowUpRule,
    customer: CustomerId,
    step: string,
    item: string,
    coupon: string,
    reason: string,
    state: Decision['state'],
    atMs: number,
  ): void => {
    const arm = assignArm(`${broadcast.id}/${rule}`, customer, rule === 'follow-up/ordered' ? 0 : holdOutShare);
    decisions.push({
      kind: 'decision',
      decision: decisionId(broadcast.id, rule, customer, step),
      customer,
      campaign: broadcast.id,
      rule,
      ruleVersion: followUpRuleVersion,
      asOfDay: dayFromMs(broadcast.endMs),
      parameterVersion: 0,
      arm,
      channel: arm === 'act' ? 'wecom-1v1' : '',
      item,
      coupon,
      reason,
      state: arm === 'act' ? state : 'planned',
      version: arm === 'act' ? (state === 'confirmed' ? 3 : 2) : 1,
      byMember: 'xu-ning',
      atMs,
    });
  };
  const bought = new Set<CustomerId>();
  for (const order of live) {
    if (order.broadcast !== broadcast || bought.has(order.household.id)) continue;
    bought.add(order.household.id);
    const item = demoProducts[order.products[0] ?? -1]?.items[0] ?? '';
    decide(
      'follow-up/ordered',
      order.household.id,
      'confirm',
      item,
      '',
      'orders=1',
      'confirmed',
      order.atMs + dice.whole(20, 240) * 1000,
    );
  }
  for (const [customer, watched] of watchedLongest(broadcast, behaviour)) {
    if (bought.has(customer) || !reachable.has(customer)) continue;
    const state = !isFresh || dice.chance(0.72) ? 'confirmed' : dice.chance(0.55) ? 'handed-over' : null;
    if (!state) continue;
    const reason = `seconds=${watched.seconds};productSeconds=${watched.productSeconds};visits=${watched.visits}`;
    decide(
      'follow-up/watched',
      customer,
      '',
      watched.item,
      '85',
      reason,
      state,
      broadcast.endMs + dice.whole(4, 56) * minute,
    );
  }
  return decisions;
};

interface Watched {
  seconds: number;
  item: string;
  productSeconds: number;
  visits: number;
}

function watchedLongest(broadcast: DemoBroadcast, behaviour: readonly Behaviour[]): Map<CustomerId, Watched> {
  const watched = new Map<CustomerId, Watched>();
  for (const event of behaviour) {
    if (event.campaign !== broadcast.id || event.customer === '') continue;
    let entry = watched.get(event.customer);
    if (!entry) watched.set(event.customer, (entry = { seconds: 0, item: '', productSeconds: 0, visits: 0 }));
    if (event.name === 'viewer-left') entry.seconds += event.value;
    if (event.name !== 'product-viewed') continue;
    if (event.value > entry.productSeconds)
      Object.assign(entry, { item: event.item, productSeconds: event.value, visits: 1 });
  }
  return watched;
}
