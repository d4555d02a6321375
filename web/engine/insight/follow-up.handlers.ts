/** Answers of the follow-up topic. A plan is kept while ledger, broadcast and minute stay the same. */
import type { Decision } from '#core/datasets/fact.ts';
import { lineFlag, notAPurchase } from '#core/datasets/ledger-columns.ts';
import { dayAt } from '#core/insight/repurchase/pair-columns.ts';
import { applyMark, type MarkMoment, type MarkState, recordHoldOut } from '#core/journeys/apply-mark.ts';
import { type Dwell, deriveDwell } from '#core/journeys/derive-dwell.ts';
import type { FollowUpPlan } from '#core/journeys/follow-up.ts';
import { holdOutShare } from '#core/journeys/hold-out.ts';
import { planFollowUp } from '#core/journeys/plan-follow-up.ts';
import { sentThisWeek } from '#core/journeys/sent-this-week.ts';
import { weeklyCap } from '#core/outreach/check-reach.ts';
import type { EngineContext, Handlers } from './engine-context.ts';
import type { FollowUpBroadcast, FollowUpEvidence, FollowUpRequests } from './follow-up.messages.ts';

const minuteMs = 60_000;

export const followUpHandlers = (context: EngineContext): Handlers<FollowUpRequests> => {
  let kept: { key: string; plan: FollowUpPlan } | null = null;
  const planOf = (broadcast: FollowUpBroadcast): FollowUpPlan => {
    const beliefs = context.beliefs();
    const nowMs = context.nowMs();
    const key = `${context.ledger.version}/${Math.floor(nowMs / minuteMs)}/${JSON.stringify(broadcast)}`;
    if (kept?.key === key) return kept.plan;
    const { window, sold, clips } = broadcast;
    const { preference } = context.parameters();
    const plan = planFollowUp({
      ledger: context.ledger,
      beliefs,
      preference,
      broadcast: window,
      sold,
      clips,
      nowMs,
      holdOutShare,
    });
    kept = { key, plan };
    return plan;
  };
  /** The marks of these messages; and, where there are any, of who deliberately gets nothing. */
  const markAll = (broadcast: FollowUpBroadcast, decisions: readonly string[], state: MarkState) => {
    const plan = planOf(broadcast);
    const moment: MarkMoment = {
      campaign: plan.campaign,
      asOfDay: context.asOfDay(),
      parameterVersion: context.parameters().version,
      byMember: context.member.id,
      nowMs: context.nowMs(),
    };
    const wanted = new Set(decisions);
    const made: Decision[] = [];
    const silent: Decision[] = [];
    for (const { people, holdOut } of plan.groups) {
      const marked = people.filter(({ decision }) => wanted.has(decision));
      const records = marked.flatMap((message) => applyMark(message, state, moment) ?? []);
      made.push(...records);
      // The first tick of a group also writes down who deliberately gets nothing.
      if (records.length > 0) silent.push(...holdOut.flatMap((message) => recordHoldOut(message, moment) ?? []));
    }
    return { made, silent };
  };
  return {
    'follow-up.plan': (broadcast) => planOf(broadcast),
    'follow-up.mark': async ({ broadcast, decisions, state }) => {
      const { made, silent } = markAll(broadcast, decisions, state);
      if (made.length > 0) await context.append([...made, ...silent]);
      return { changed: made.length };
    },
    'follow-up.hand-over': async ({ broadcast, decisions, isTrial }) => {
      const { made, silent } = markAll(broadcast, decisions, 'handed-over');
      if (!isTrial && silent.length > 0) await context.append(silent);
      return made;
    },
    'follow-up.why': ({ broadcast, customer, product }) => evidenceOf(context, broadcast, customer, product),
  };
};

function evidenceOf(
  context: EngineContext,
  broadcast: FollowUpBroadcast,
  id: string,
  product: string,
): FollowUpEvidence | null {
  const { ledger } = context;
  const customer = ledger.denseCustomer(id);
  if (customer < 0) return null;
  const dwell = deriveDwell(ledger, broadcast.window).get(customer);
  const consent = ['wecom-1v1', 'manual'].map((channel) => ledger.consent(customer, channel, 'marketing'));
  return {
    presence: dwell ? { fromMs: dwell.firstMs, untilMs: dwell.lastMs, seconds: dwell.seconds } : null,
    products: dwell ? partsOf(context, dwell, broadcast.opening ?? '') : [],
    purchases: lastPurchases(context, customer),
    consent: consent.find(({ state }) => state === 'refused') ??
      consent.find(({ state }) => state === 'granted') ?? { state: 'unknown', source: '', atMs: 0 },
    sentThisWeek: sentThisWeek(ledger, customer, context.nowMs()),
    weeklyCap,
    window: windowOf(context, customer, ledger.denseProduct(product)),
  };
}

/** The longest three of what the person stayed at; a talk before the first product is one of them. */
function partsOf(context: EngineContext, dwell: Dwell, opening: string): FollowUpEvidence['products'] {
  const talk = { name: opening, seconds: dwell.openingSeconds, visits: 1, clicks: 0 };
  const parts = dwell.products.map(({ product, ...rest }) => ({ name: nameOf(context, product), ...rest }));
  const all = opening !== '' && talk.seconds > 0 ? [...parts, talk] : parts;
  return all.sort((a, b) => b.seconds - a.seconds).slice(0, 3);
}

/** What the catalogue or an order calls it, else the platform's own key. */
function nameOf({ ledger }: EngineContext, dense: number): string {
  const { name, items } = ledger.product(dense);
  return name || (items[0] ?? '');
}

function lastPurchases(context: EngineContext, customer: number): FollowUpEvidence['purchases'] {
  const { ledger } = context;
  const { flags, product, atMs, paidFen } = ledger.orderLines;
  const rows = Array.from(ledger.linesOfCustomer(customer)).filter(
    (row) => ((flags[row] ?? 0) & (notAPurchase | lineFlag.gift)) === 0,
  );
  return rows
    .slice(-3)
    .reverse()
    .map((row) => ({ name: nameOf(context, product[row] ?? 0), atMs: atMs[row] ?? 0, paidFen: paidFen[row] ?? 0 }));
}

function windowOf(context: EngineContext, customer: number, product: number): FollowUpEvidence['window'] {
  const beliefs = context.beliefs();
  const until = beliefs.pairEnd[customer] ?? 0;
  for (let pair = beliefs.pairStart[customer] ?? 0; pair < until; pair++) {
    if (beliefs.pairProduct[pair] !== product || !Number.isFinite(dayAt(beliefs.pairP50, pair))) continue;
    return {
      p10: dayAt(beliefs.pairP10, pair),
      p50: dayAt(beliefs.pairP50, pair),
      p90: dayAt(beliefs.pairP90, pair),
      purchases: beliefs.pairPurchases[pair] ?? 0,
    };
  }
  return null;
}
