/**
 * What to show when a known customer comes in: VIP by RFM, KOC by a person's tag, or a regular of four orders and more;
 * nobody else. The card carries a nickname and one line that is safe to say aloud: no purchase, no family, no contact.
 * Whoever refused to be named, or has an open complaint, is shown without a name and with nothing to say. Null when
 * there is nothing to show.
 */
import type { Arrival, ArrivalKind, SafeLine } from '../broadcast.doc.ts';
import type { BeliefColumns } from '../../insight/profile/belief-columns.ts';
import { rfmNames } from '../../insight/profile/belief-columns.ts';
import type { Ledger } from '../../datasets/ledger-columns.ts';
import { behaviours } from '../../datasets/fact.ts';
import { advocateTags } from './advocate-tags.data.ts';

export const regularOrders = 4;
const longTimeDays = 45;
const complaintOpened = behaviours.indexOf('complaint-opened');
const complaintClosed = behaviours.indexOf('complaint-closed');

export const greetArrival = (
  ledger: Ledger,
  beliefs: BeliefColumns | null,
  dense: number,
  event: { readonly id: string; readonly nickname: string; readonly atMs: number },
): Arrival | null => {
  const arrival = kindOf(ledger, beliefs, dense);
  if (!arrival) return null;
  const { alias, id } = ledger.customer(dense);
  if (!mayBeNamed(ledger, dense)) return { id: event.id, nickname: '', arrival, line: 'unnamed', atMs: event.atMs };
  const nickname = (alias || event.nickname).slice(0, 24);
  if (nickname === '' || nickname === id) return null;
  return { id: event.id, nickname, arrival, line: lineFor(beliefs, dense, arrival), atMs: event.atMs };
};

function kindOf(ledger: Ledger, beliefs: BeliefColumns | null, dense: number): ArrivalKind | null {
  if (ledger.isExcluded(dense)) return null;
  const marks = ledger.tagMarks(dense);
  if (advocateTags.some((tag) => marks.get(tag) === 'on')) return 'koc';
  if (!beliefs || dense >= beliefs.customerCount) return null;
  if (rfmNames[beliefs.rfm[dense] ?? 0] === 'vip') return 'vip';
  return (beliefs.orders[dense] ?? 0) >= regularOrders ? 'regular' : null;
}

function mayBeNamed(ledger: Ledger, dense: number): boolean {
  if (ledger.consent(dense, 'broadcast', 'naming').state === 'refused') return false;
  return !hasOpenComplaint(ledger, dense);
}

function hasOpenComplaint(ledger: Ledger, dense: number): boolean {
  const { name } = ledger.behaviours;
  let open = 0;
  for (const row of ledger.behavioursOfCustomer(dense)) {
    if (name[row] === complaintOpened) open++;
    else if (name[row] === complaintClosed) open = Math.max(0, open - 1);
  }
  return open > 0;
}

function lineFor(beliefs: BeliefColumns | null, dense: number, arrival: ArrivalKind): SafeLine {
  if (arrival === 'koc') return 'thank-advocate';
  const lastDay = beliefs?.lastDay[dense] ?? -1;
  return beliefs && lastDay >= 0 && beliefs.asOfDay - lastDay > longTimeDays ? 'long-time-no-see' : 'welcome-back';
}
