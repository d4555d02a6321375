/** Everything a card shows of one customer: beliefs with reasons, how to reach them, what is open, what happened. */
import { behaviours, type BehaviourName } from '#core/datasets/fact.ts';
import { type Ledger, lineFlag } from '#core/datasets/ledger-columns.ts';
import { type TestedBelief, testedBeliefs } from '#core/insight/backtest/back-test.ts';
import { readVerdicts } from '#core/insight/backtest/verdicts.doc.ts';
import { explainCustomer } from '#core/insight/profile/explain-customer.ts';
import { predictRunOut } from '#core/insight/repurchase/predict-run-out.ts';
import { readHousehold } from '#core/insight/repurchase/read-household.ts';
import { type Label, labelsOfCustomer, outcomeOfLabel } from '#core/outcomes/derive-outcomes.ts';
import { starterTags } from '#core/catalogue/tags.data.ts';
import { sentThisWeek } from '#core/journeys/sent-this-week.ts';
import { weeklyCap } from '#core/outreach/check-reach.ts';
import { isOpenToMarketing } from '#core/outreach/is-open-to-marketing.ts';
import { quietFromHour, quietUntilHour } from '#core/outreach/quiet-hours.ts';
import type { CardEvent, CardReach, CustomerCard } from './customers.messages.ts';
import type { EngineContext } from './engine-context.ts';
import type { NextLists } from './next-list.ts';

const contactChannels = ['wecom-1v1', 'community', 'service-account', 'sms'] as const;
const mostEvents = 12;
const isWakingHour = (hourOfWeek: number): boolean =>
  hourOfWeek % 24 >= quietUntilHour && hourOfWeek % 24 < quietFromHour;
const shownBehaviours: ReadonlySet<BehaviourName> = new Set<BehaviourName>([
  'viewer-joined',
  'product-viewed',
  'product-clicked',
  'product-added',
  'comment-posted',
  'clip-watched',
  'promotion-opened',
  'knowledge-opened',
  'story-opened',
  'link-clicked',
  'promise-made',
  'promise-kept',
  'complaint-opened',
  'complaint-closed',
  'opted-out',
]);

export const customerCard = async (
  context: EngineContext,
  nextLists: NextLists,
  id: string,
): Promise<CustomerCard | null> => {
  const { ledger } = context;
  const dense = ledger.denseCustomer(id);
  const beliefs = context.beliefs();
  if (dense < 0 || beliefs.isPresent[dense] !== 1) return null;
  const notUsed = await readNotUsed(context);
  const isCapReached = sentThisWeek(ledger, dense, context.nowMs()) >= weeklyCap;
  const explanation = explainCustomer(ledger, beliefs, context.parameters(), dense, {
    hour: isWakingHour,
    channel: (channel) => !isCapReached && isOpenToMarketing(ledger, dense, channel),
  });
  const labels = labelsOfCustomer(ledger, dense, context.nowMs());
  const productNames: Record<number, string> = {};
  for (const { events } of explanation.interests)
    for (const { product } of events) productNames[product] = ledger.product(product).name;
  const { alias, maskedPhone, id: ownId } = ledger.customer(dense);
  return {
    id: ownId,
    alias,
    maskedPhone,
    explanation: {
      ...explanation,
      windows: explanation.windows.map((window) => {
        const { name, category } = ledger.product(window.product);
        return { ...window, name, category };
      }),
    },
    notUsed,
    next: nextLists.list(dense),
    productNames,
    household: householdOf(context, dense),
    isCapReached,
    reach: contactChannels.map((channel) => reachOf(ledger, dense, labels, channel)),
    open: openMatters(ledger, dense),
    recent: recentEvents(ledger, dense, labels),
    tagNames: [...new Set([...beliefs.tagNames, ...starterTags.map((tag) => tag.id)])].sort(),
  };
};

async function readNotUsed(context: EngineContext): Promise<TestedBelief[]> {
  const settings = await context.open('settings');
  const verdicts = readVerdicts(settings.doc);
  settings.close();
  return testedBeliefs.filter((belief) => verdicts[belief]?.kind === 'not-better');
}

function householdOf(context: EngineContext, dense: number): CustomerCard['household'] {
  const household = readHousehold(context.ledger, dense, context.catalogue(), context.asOfDay());
  if (household === null) return null;
  return { told: context.ledger.child(dense), runOut: predictRunOut(household) };
}

function reachOf(ledger: Ledger, dense: number, labels: readonly Label[], channel: string): CardReach {
  const { state, source } = ledger.consent(dense, channel, 'marketing');
  const sent = ledger
    .decisionsOfCustomer(dense)
    .filter((decision) => decision.channel === channel && decision.arm === 'act' && decision.state === 'confirmed');
  const bought = new Set(
    labels.filter((label) => outcomeOfLabel(label) === 'repurchased').map(({ decision }) => decision.decision),
  );
  return {
    channel,
    consent: state,
    source,
    sent: sent.length,
    repurchased: sent.filter(({ decision }) => bought.has(decision)).length,
    lastSentMs: sent.reduce((latest, { atMs }) => Math.max(latest, atMs), 0),
  };
}

/** Promises and complaints are closed by a later fact about the same product. */
function openMatters(ledger: Ledger, dense: number): CustomerCard['open'] {
  const open = new Map<string, CustomerCard['open'][number]>();
  const { name, atMs, product } = ledger.behaviours;
  for (const row of ledger.behavioursOfCustomer(dense)) {
    const what = behaviours[name[row] ?? 0];
    const which = product[row] ?? -1;
    const kind =
      what === 'promise-made' || what === 'promise-kept'
        ? 'promise'
        : what === 'complaint-opened' || what === 'complaint-closed'
          ? 'complaint'
          : null;
    if (kind === null) continue;
    if (what === 'promise-made' || what === 'complaint-opened')
      open.set(`${kind}/${which}`, {
        kind,
        product: which < 0 ? '' : ledger.product(which).name,
        atMs: atMs[row] ?? 0,
      });
    else open.delete(`${kind}/${which}`);
  }
  return [...open.values()];
}

function recentEvents(ledger: Ledger, dense: number, labels: readonly Label[]): CardEvent[] {
  const events: CardEvent[] = [...recentOrders(ledger, dense)];
  const { name, atMs, product, value } = ledger.behaviours;
  for (const row of ledger.behavioursOfCustomer(dense).slice(-40)) {
    const what = behaviours[name[row] ?? 0];
    if (!what || !shownBehaviours.has(what)) continue;
    const which = product[row] ?? -1;
    events.push({
      kind: 'behaviour',
      atMs: atMs[row] ?? 0,
      name: what,
      product: which < 0 ? '' : ledger.product(which).name,
      value: value[row] ?? 0,
    });
  }
  for (const { atMs: at, rule, channel, state, arm } of ledger.decisionsOfCustomer(dense))
    if (arm === 'act') events.push({ kind: 'decision', atMs: at, rule, channel, state });
  for (const label of labels) {
    const outcome = outcomeOfLabel(label);
    if (outcome === null || label.purchase === null || label.decision.arm !== 'act') continue;
    events.push({ kind: 'outcome', atMs: label.purchase.atMs, outcome, netFen: label.purchase.netFen });
  }
  return events.sort((a, b) => b.atMs - a.atMs).slice(0, mostEvents);
}

function recentOrders(ledger: Ledger, dense: number): CardEvent[] {
  const { order, atMs, product, paidFen, refundFen, channel, flags } = ledger.orderLines;
  const byOrder = new Map<
    number,
    { atMs: number; products: string[]; netFen: number; channel: string; refunded: boolean }
  >();
  for (const row of ledger.linesOfCustomer(dense).slice(-60)) {
    if (((flags[row] ?? 0) & (lineFlag.unpaid | lineFlag.test)) !== 0) continue;
    const which = order[row] ?? 0;
    const found = byOrder.get(which) ?? {
      atMs: atMs[row] ?? 0,
      products: [],
      netFen: 0,
      channel: ledger.channels[channel[row] ?? 0] ?? '',
      refunded: true,
    };
    found.products.push(ledger.product(product[row] ?? 0).name);
    found.netFen += (paidFen[row] ?? 0) - (refundFen[row] ?? 0);
    found.refunded &&= ((flags[row] ?? 0) & lineFlag.refunded) !== 0;
    byOrder.set(which, found);
  }
  return [...byOrder.values()].map((one) => ({ kind: 'order', ...one }));
}
