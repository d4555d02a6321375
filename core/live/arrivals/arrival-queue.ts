/**
 * Who deserves a word when they come in, without greeting the same person twice: an arrival is shown once in 30
 * minutes for a customer, and at most twelve wait at a time (VIPs push out regulars, newer push out older).
 */
import type { Arrival, ArrivalKind } from '../broadcast.doc.ts';

export interface ArrivalQueue {
  readonly shownMsByCustomer: ReadonlyMap<string, number>;
}

export const greetAgainMs = 30 * 60_000;
export const emptyArrivals: ArrivalQueue = { shownMsByCustomer: new Map() };

/** What came in this second; answers those to show, oldest first. */
export const admitArrivals = (
  queue: ArrivalQueue,
  came: readonly { readonly customer: string; readonly card: Arrival }[],
): { readonly queue: ArrivalQueue; readonly shown: readonly Arrival[] } => {
  if (came.length === 0) return { queue, shown: [] };
  const newestMs = Math.max(...came.map(({ card }) => card.atMs));
  const shownMs = new Map([...queue.shownMsByCustomer].filter(([, atMs]) => newestMs - atMs < greetAgainMs));
  const admitted: Arrival[] = [];
  for (const { customer, card } of came) {
    if (shownMs.has(customer)) continue;
    shownMs.set(customer, card.atMs);
    admitted.push(card);
  }
  const shown = admitted
    .toSorted((a, b) => weight[a.arrival] - weight[b.arrival] || b.atMs - a.atMs || (a.id < b.id ? -1 : 1))
    .slice(0, 12)
    .toSorted((a, b) => a.atMs - b.atMs || (a.id < b.id ? -1 : 1));
  return { queue: { shownMsByCustomer: shownMs }, shown };
};

const weight: Readonly<Record<ArrivalKind, number>> = { vip: 0, koc: 1, regular: 2 };
