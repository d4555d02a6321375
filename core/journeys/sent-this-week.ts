/** Marketing messages this person was handed in the seven days before `nowMs`, those that `isOwn` picks not counted. */
import type { Decision } from '../datasets/fact.ts';
import type { Ledger } from '../datasets/ledger-columns.ts';
import { isHandled } from './follow-up.ts';
import { purposeOf } from './purpose-of.ts';

const weekMs = 7 * 86_400_000;

export const sentThisWeek = (
  ledger: Pick<Ledger, 'decisionsOfCustomer'>,
  customer: number,
  nowMs: number,
  isOwn: (decision: Decision) => boolean = () => false,
): number =>
  ledger.decisionsOfCustomer(customer).filter((decision) => {
    const isHanded = decision.arm === 'act' && isHandled(decision.state) && decision.atMs > nowMs - weekMs;
    return isHanded && purposeOf(decision) === 'marketing' && !isOwn(decision);
  }).length;
