/** What `traceStages` needs of one customer, from the ledger. */
import { type Ledger, notAPurchase } from '#core/datasets/ledger-columns.ts';
import { type BusinessDay, dayFromMs } from '../../units/business-day.ts';
import { engagements } from '../engagement.ts';
import type { StageEvents } from '../lifecycle/trace-stages.ts';
import { notInCycle } from '../purchase-line.ts';

export const stageEvents = (ledger: Ledger, dense: number, asOfDay: BusinessDay): StageEvents => {
  const { order, day, flags } = ledger.orderLines;
  const firstDayOfOrder = new Map<number, BusinessDay>();
  const purchaseDays = new Set<BusinessDay>();
  const cycleDays = new Set<BusinessDay>();
  for (const row of ledger.linesOfCustomer(dense)) {
    const at = day[row] as number;
    const mark = flags[row] as number;
    if (at > asOfDay || (mark & notAPurchase) !== 0) continue;
    if (!firstDayOfOrder.has(order[row] as number)) firstDayOfOrder.set(order[row] as number, at);
    purchaseDays.add(at);
    if ((mark & notInCycle) === 0) cycleDays.add(at);
  }
  const engagedDays = new Set<BusinessDay>();
  for (const row of ledger.behavioursOfCustomer(dense)) {
    const at = dayFromMs(ledger.behaviours.atMs[row] as number);
    if (at <= asOfDay && engagements[ledger.behaviours.name[row] as number] === 1) engagedDays.add(at);
  }
  return {
    orderDays: [...firstDayOfOrder.values()],
    purchaseDays: [...purchaseDays],
    cycleDays: [...cycleDays],
    engagedDays: [...engagedDays],
  };
};
