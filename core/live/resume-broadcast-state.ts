/**
 * The state of a broadcast whose conductor was away: sums, counts and the audience curve go on from the second last
 * shown, so no total ever falls. Rates begin anew from the room's usual rate, because what they decayed from is gone;
 * they are warm again after about three minutes.
 */
import { type BroadcastState, startBroadcastState } from './broadcast-state.ts';
import { type LiveSecond, curveStepMs } from './live-second.ts';

export const resumeBroadcastState = (nowMs: number, shown: LiveSecond): BroadcastState => {
  const own = shown.products.filter(({ feed }) => feed === 'events');
  const lastStep = Math.floor(shown.atMs / curveStepMs);
  const curve = shown.curve
    .map((viewers, at): [number, number] => [lastStep - (shown.curve.length - 1 - at), viewers])
    .filter(([, viewers]) => viewers >= 0);
  return {
    ...startBroadcastState(nowMs),
    orders: shown.orders,
    paidFen: shown.paidFen,
    late: shown.late,
    newestMs: shown.newestMs,
    totals: new Map(own.map(({ product, session }) => [product, session])),
    lastMsByProduct: new Map(own.map(({ product, lastMs }) => [product, lastMs])),
    curve: new Map(curve),
  };
};
