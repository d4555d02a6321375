/** Answers of the outcomes topic: labels derived from the ledger as it stands, and their recording as facts. */
import { type Label, labelsOfCustomer, newOutcomes, outcomesOfLabels } from '#core/outcomes/derive-outcomes.ts';
import { sumResults } from '#core/outcomes/sum-results.ts';
import type { EngineContext, Handlers } from './engine-context.ts';
import type { OutcomeLine, OutcomesRequests } from './outcomes.messages.ts';

export const outcomesHandlers = (context: EngineContext): Handlers<OutcomesRequests> => {
  const { ledger } = context;
  return {
    'outcomes.ofCustomer': ({ customer }) => {
      const dense = ledger.denseCustomer(customer);
      return dense < 0 ? [] : labelsOfCustomer(ledger, dense, context.nowMs()).map((label) => lineOf(context, label));
    },
    'outcomes.ofCampaign': ({ campaign }) => {
      const people = new Set(
        ledger.decisionsOfCampaign(campaign).map(({ customer }) => ledger.denseCustomer(customer)),
      );
      people.delete(-1);
      const labels = [...people].flatMap((dense) => labelsOfCustomer(ledger, dense, context.nowMs()));
      return sumResults(labels.filter(({ decision }) => decision.campaign === campaign));
    },
    'outcomes.record': async () => {
      const people = new Set(
        ledger.campaigns.flatMap((campaign) =>
          ledger.decisionsOfCampaign(campaign).map(({ customer }) => ledger.denseCustomer(customer)),
        ),
      );
      people.delete(-1);
      const fresh = [...people].flatMap((dense) => {
        const derived = outcomesOfLabels(labelsOfCustomer(ledger, dense, context.nowMs()), (order) =>
          ledger.orderName(order),
        );
        return newOutcomes(ledger.outcomesOfCustomer(dense), derived);
      });
      if (fresh.length > 0) await context.append(fresh);
      return { added: fresh.length };
    },
  };
};

function lineOf({ ledger }: EngineContext, { decision, fromMs, untilMs, isMature, purchase }: Label): OutcomeLine {
  const product = decision.item === '' ? -1 : ledger.denseProduct(decision.item);
  return {
    decision: decision.decision,
    campaign: decision.campaign,
    rule: decision.rule,
    product: product < 0 ? '' : ledger.product(product).name,
    coupon: decision.coupon,
    confirmedMs: fromMs,
    arm: decision.arm,
    isMature,
    matureMs: untilMs,
    purchase: purchase ? { atMs: purchase.atMs, netFen: purchase.netFen, isReversed: purchase.isReversed } : null,
  };
}
