/** Answers who is excluded, and how much of what they ordered counts nowhere. */
import { lineFlag, notAPurchase } from '#core/datasets/ledger-columns.ts';
import type { EngineContext, Handlers } from './engine-context.ts';
import type { ExcludedPerson, ExclusionsRequests } from './exclusions.messages.ts';

export const exclusionsHandlers = (context: EngineContext): Handlers<ExclusionsRequests> => ({
  'exclusions.people': () => {
    const { ledger } = context;
    const people = new Map<number, ExcludedPerson>();
    const newestFirst = [...context.exclusions()].sort(
      ([a, one], [b, other]) => other.atMs - one.atMs || (a < b ? -1 : 1),
    );
    for (const [id, exclusion] of newestFirst) {
      const dense = ledger.denseCustomer(id);
      const known = people.get(dense);
      if (known) people.set(dense, { ...known, ids: [...known.ids, id] });
      else if (dense >= 0)
        people.set(dense, { ...ledger.customer(dense), ...exclusion, ids: [id], ...sumOrders(context, dense) });
    }
    return [...people.values()];
  },
});

/** What would count if the person did. */
function sumOrders({ ledger }: EngineContext, dense: number): Pick<ExcludedPerson, 'orders' | 'netFen'> {
  const { flags, order, paidFen, refundFen } = ledger.orderLines;
  const orders = new Set<number>();
  let netFen = 0;
  for (const row of ledger.linesOfCustomer(dense)) {
    if ((flags[row]! & notAPurchase) !== lineFlag.test) continue;
    orders.add(order[row]!);
    netFen += paidFen[row]! - refundFen[row]!;
  }
  return { orders: orders.size, netFen };
}
