/** What every belief's test is given of one pretended today: parameters and beliefs as they would have been then. */
import { type Ledger, notAPurchase } from '#core/datasets/ledger-columns.ts';
import type { BusinessDay } from '../../units/business-day.ts';
import type { BeliefColumns } from '../profile/belief-columns.ts';
import type { Parameters } from '../profile/parameters.ts';

export interface PretendedDay {
  readonly ledger: Ledger;
  readonly origin: BusinessDay;
  /** The real last day: nothing after it has come yet. */
  readonly asOfDay: BusinessDay;
  readonly parameters: Parameters;
  readonly beliefs: BeliefColumns;
}

/** People who had bought within `activeDays` of the origin. */
export function* activeCustomers({ beliefs, origin }: PretendedDay): Generator<number> {
  for (let c = 0; c < beliefs.customerCount; c++)
    if (beliefs.isPresent[c] === 1 && beliefs.orders[c]! > 0 && origin - beliefs.lastDay[c]! <= activeDays) yield c;
}

export const activeDays = 180;

/** The first day after the origin on which a customer bought anything; Infinity without one. */
export const nextPurchaseDay = ({ ledger, origin, asOfDay }: PretendedDay, customer: number): number => {
  const { day, flags } = ledger.orderLines;
  for (const row of ledger.linesOfCustomer(customer))
    if (day[row]! > origin && day[row]! <= asOfDay && (flags[row]! & notAPurchase) === 0) return day[row]!;
  return Infinity;
};
