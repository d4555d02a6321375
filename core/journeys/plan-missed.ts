/**
 * Did not watch and will probably buy: within 24 hours a clip and where to find the product. The probability is that
 * of buying one of the products the broadcast sold within seven days, from the own history or a blend with it; most
 * probable first. A clip is one of that product, of the person's
 * kind of content before any other, else none.
 */
import { chanceAt, dayAt } from '#core/insight/repurchase/pair-columns.ts';
import { evidences } from '../insight/profile/belief-columns.ts';
import type { Dwell } from './derive-dwell.ts';
import type { FollowUpGroup } from './follow-up.ts';
import type { BroadcastOrder } from './plan-follow-up.ts';
import type { PlanSheet } from './plan-sheet.ts';
import { boughtSince } from './plan-watched.ts';

const hourMs = 3_600_000;
/** From here on it is high potential. */
export const highPotential = 0.4;
export const missedLimit = 1000;

interface Hope {
  readonly customer: number;
  readonly pair: number;
  readonly within7: number;
}

export const planMissed = (
  sheet: PlanSheet,
  dwells: ReadonlyMap<number, Dwell>,
  ordered: ReadonlyMap<number, BroadcastOrder>,
): FollowUpGroup => {
  const { beliefs, broadcast, clips, ledger } = sheet.input;
  const deadlineMs = broadcast.endMs + 24 * hourMs;
  const bought = boughtSince(sheet, broadcast.startMs);
  for (const { customer, pair, within7 } of hopes(sheet, dwells, ordered)) {
    if (bought.has(customer) && !sheet.isHandled(customer, 'clip')) {
      sheet.leaveOut('bought-meanwhile');
      continue;
    }
    const product = beliefs.pairProduct[pair] ?? -1;
    const productId = ledger.product(product).productId;
    sheet.add({
      customer,
      step: 'clip',
      purpose: 'marketing',
      product,
      coupon: '',
      clips: clips.filter((clip) => clip.productId === productId && productId !== ''),
      reason: {
        within7,
        purchases: beliefs.pairPurchases[pair] ?? 0,
        medianDay: Math.floor(dayAt(beliefs.pairP50, pair)),
      },
      fromMs: broadcast.endMs,
      deadlineMs,
      actedMs: null,
    });
  }
  return sheet.group(deadlineMs);
};

/** One hope a customer, the most probable of what was sold; those above the line, at most the limit. */
function hopes(
  sheet: PlanSheet,
  dwells: ReadonlyMap<number, Dwell>,
  ordered: ReadonlyMap<number, BroadcastOrder>,
): Hope[] {
  const { beliefs, ledger, sold } = sheet.input;
  const products = new Set(sold.map((id) => ledger.denseProduct(id)).filter((product) => product >= 0));
  const found: Hope[] = [];
  for (let customer = 0; customer < beliefs.customerCount; customer++) {
    if (beliefs.isPresent[customer] !== 1 || dwells.has(customer) || ordered.has(customer)) continue;
    let best: Hope | null = null;
    const until = beliefs.pairEnd[customer] ?? 0;
    for (let pair = beliefs.pairStart[customer] ?? 0; pair < until; pair++) {
      const evidence = evidences[beliefs.pairEvidence[pair] ?? 3];
      if ((evidence !== 'own' && evidence !== 'blend') || !products.has(beliefs.pairProduct[pair] ?? -1)) continue;
      const within7 = chanceAt(beliefs.pairWithin7, pair);
      if (within7 >= highPotential && within7 > (best?.within7 ?? 0)) best = { customer, pair, within7 };
    }
    if (best) found.push(best);
  }
  found.sort(
    (a, b) => b.within7 - a.within7 || (ledger.customer(a.customer).id < ledger.customer(b.customer).id ? -1 : 1),
  );
  return found.slice(0, missedLimit);
}
