/**
 * Everybody by the probability that their next basket holds one product, the same number as in their own list
 * (`rank-next-products.ts`). Read a block of customers at a time, giving way in between with the share done, so that a
 * large shop neither fills the memory nor stops the worker. Ties by the customer's id; without a basket nobody is listed.
 */
import type { Ledger } from '#core/datasets/ledger-columns.ts';
import type { BusinessDay } from '../../units/business-day.ts';
import { type BasketHistories, readBasketHistories } from './basket-histories.ts';
import type { BuyerFacts, NextProductsRanker, NextReason } from './next-products-ranker.ts';

export interface Buyer {
  /** Dense customer. */
  readonly customer: number;
  readonly probability: number;
  readonly hasBought: boolean;
}

const blockSize = 2000;

export function* rankBuyers(
  ranker: NextProductsRanker,
  ledger: Ledger,
  asOfDay: BusinessDay,
  product: number,
): Generator<number, readonly Buyer[]> {
  const customers = Int32Array.from({ length: ledger.customerCount }, (_, c) => c).filter(
    (c) => ledger.canonical(c) === c,
  );
  const found: Buyer[] = [];
  for (let from = 0; from < customers.length; from += blockSize) {
    const block = customers.subarray(from, from + blockSize);
    const histories = readBasketHistories(ledger, block, asOfDay);
    ranker.probabilities(histories, product).forEach((probability, place) => {
      const hasBought = isHeld(histories, place, product);
      if (probability > 0) found.push({ customer: block[place]!, probability, hasBought });
    });
    yield Math.min(1, (from + blockSize) / customers.length);
  }
  const id = ({ customer }: Buyer): string => ledger.customer(customer).id;
  return found.sort((a, b) => b.probability - a.probability || (id(a) < id(b) ? -1 : 1));
}

/** Why one customer stands where they stand: a habit says that they have bought it before. */
export const explainBuyer = (
  ranker: NextProductsRanker,
  ledger: Ledger,
  asOfDay: BusinessDay,
  product: number,
  customer: number,
): { readonly reason: NextReason; readonly facts: BuyerFacts } => {
  ranker.probabilities(readBasketHistories(ledger, Int32Array.of(customer), asOfDay), product);
  return { reason: ranker.reasonOf(product), facts: ranker.factsOf(product) };
};

function isHeld({ basketStart, itemStart, item }: BasketHistories, place: number, product: number): boolean {
  const from = itemStart[basketStart[place]!]!;
  return item.subarray(from, itemStart[basketStart[place + 1]!]!).includes(product);
}
