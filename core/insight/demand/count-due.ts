/**
 * How many people are due for a product in each week, from purchases of earlier weeks alone: everybody who bought it
 * before counts with the chance that somebody returns so many weeks after the last time. That chance is the product's
 * own share of returns among those who had waited as long, held at the shop's share as if by 20 more people (a discrete
 * hazard with shrinkage). After half a year nobody is due. By series and week; in people.
 */
import { type Ledger, notAPurchase } from '#core/datasets/ledger-columns.ts';
import type { BusinessDay } from '../../units/business-day.ts';

const longestWait = 26;
const shopWeight = 20;

export const countDue = (ledger: Ledger, seriesOf: Int32Array, weeks: number, firstDay: BusinessDay): Float64Array => {
  const series = seriesOf.reduce((most, s) => Math.max(most, s + 1), 0);
  const waiting = new Int32Array(series * weeks * (longestWait + 1));
  const returned = new Int32Array(series * (longestWait + 1));
  const wait = (s: number, from: number, to: number): void => {
    const last = Math.min(to, from + longestWait, weeks - 1);
    for (let week = from + 1; week <= last; week++) waiting[(s * weeks + week) * (longestWait + 1) + week - from]!++;
  };
  eachReturn(ledger, seriesOf, series, weeks, firstDay, (s, from, to) => {
    wait(s, from, to);
    if (to < weeks && to - from <= longestWait) returned[s * (longestWait + 1) + to - from]!++;
  });
  return dueOf(waiting, returned, series, weeks);
};

/** For each purchase the week of the next one by the same customer, `weeks` when there is none yet. */
function eachReturn(
  ledger: Ledger,
  seriesOf: Int32Array,
  series: number,
  weeks: number,
  firstDay: BusinessDay,
  take: (series: number, from: number, to: number) => void,
): void {
  const { product, day, flags } = ledger.orderLines;
  const lastWeek = new Int32Array(series).fill(-1);
  const bought = new Int32Array(series);
  for (let customer = 0; customer < ledger.customerCount; customer++) {
    if (ledger.canonical(customer) !== customer) continue;
    let size = 0;
    for (const row of ledger.linesOfCustomer(customer)) {
      const s = seriesOf[product[row]!]!;
      const week = Math.floor((day[row]! - firstDay) / 7);
      if (s < 0 || week < 0 || week >= weeks - 1 || (flags[row]! & notAPurchase) !== 0) continue;
      const before = lastWeek[s]!;
      if (before < 0) bought[size++] = s;
      else if (week > before) take(s, before, week);
      lastWeek[s] = week;
    }
    for (let at = 0; at < size; at++) {
      take(bought[at]!, lastWeek[bought[at]!]!, weeks);
      lastWeek[bought[at]!] = -1;
    }
  }
}

function dueOf(waiting: Int32Array, returned: Int32Array, series: number, weeks: number): Float64Array {
  const width = longestWait + 1;
  const waited = new Float64Array(series * width);
  const shopWaited = new Float64Array(width);
  const shopReturned = new Float64Array(width);
  for (let s = 0; s < series; s++)
    for (let k = 1; k < width; k++) {
      // Who waits in the coming week has not answered yet.
      for (let week = 0; week < weeks - 1; week++) waited[s * width + k]! += waiting[(s * weeks + week) * width + k]!;
      shopWaited[k]! += waited[s * width + k]!;
      shopReturned[k]! += returned[s * width + k]!;
    }
  const due = new Float64Array(series * weeks);
  for (let s = 0; s < series; s++)
    for (let k = 1; k < width; k++) {
      const usual = shopWaited[k]! > 0 ? shopReturned[k]! / shopWaited[k]! : 0;
      const chance = (returned[s * width + k]! + shopWeight * usual) / (waited[s * width + k]! + shopWeight);
      for (let week = 0; week < weeks; week++)
        due[s * weeks + week]! += chance * waiting[(s * weeks + week) * width + k]!;
    }
  return due;
}
