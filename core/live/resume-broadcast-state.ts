/**
 * The state of a broadcast whose conductor was away: sums, counts and the audience curve go on from the second last
 * shown, so no total ever falls; the time away is a gap in the curve, and the viewers last shown
 * stand until the next count. Rates begin anew from the room's usual rate, because what they decayed from is gone;
 * they are warm again after about three minutes.
 */
import { type BroadcastState, startBroadcastState } from './broadcast-state.ts';
import { type LiveSecond, curveLength, curveStepMs } from './live-second.ts';

export const resumeBroadcastState = (nowMs: number, shown: LiveSecond): BroadcastState => {
  const own = shown.products.filter(({ feed }) => feed === 'events');
  const lastStep = Math.floor(shown.atMs / curveStepMs);
  const curve = new Map(shown.curve.map((viewers, at) => [lastStep - (shown.curve.length - 1 - at), viewers]));
  const nowStep = Math.floor(nowMs / curveStepMs);
  for (let step = Math.max(lastStep, nowStep - curveLength) + 1; step <= nowStep; step++) curve.set(step, -1);
  const begun = startBroadcastState(nowMs);
  return {
    ...begun,
    audience: { ...begun.audience, viewers: shown.viewers },
    orders: shown.orders,
    paidFen: shown.paidFen,
    late: shown.late,
    newestMs: shown.newestMs,
    totals: new Map(own.map(({ product, session }) => [product, session])),
    lastMsByProduct: new Map(own.map(({ product, lastMs }) => [product, lastMs])),
    curve,
  };
};
