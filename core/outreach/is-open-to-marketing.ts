/** Whether marketing may go to this person through this channel: granted on it and, one to one, refused on none of that kind. */
import type { Ledger } from '../datasets/ledger-columns.ts';
import { byHand } from './check-reach.ts';

export const isOpenToMarketing = (ledger: Pick<Ledger, 'consent'>, customer: number, channel: string): boolean => {
  const stateOn = (one: string) => ledger.consent(customer, one, 'marketing').state;
  const isOneToOne = byHand.some((one) => one === channel);
  return stateOn(channel) === 'granted' && !(isOneToOne && byHand.some((one) => stateOn(one) === 'refused'));
};
