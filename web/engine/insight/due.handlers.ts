/** Answers the due calendar: one pass over all windows fills it; a cell's people are found when it is opened. */
import type { BeliefColumns } from '#core/insight/profile/belief-columns.ts';
import { isDueOn, isOverdue, markDueDays } from '#core/insight/repurchase/is-due.ts';
import { productKey } from '#core/insight/product-key.ts';
import { chanceAt, dayAt } from '#core/insight/repurchase/pair-columns.ts';
import { roundDays } from '#core/statistics/rounding.ts';
import { customerRow } from './customer-rows.ts';
import type { DueCalendar, DueCalendarProduct, DueDays, DueRequests } from './due.messages.ts';
import type { EngineContext, Handlers } from './engine-context.ts';

const mostDays = 90;

export const dueHandlers = (context: EngineContext): Handlers<DueRequests> => ({
  'due.calendar': ({ days, products }) => calendarOf(context, Math.min(mostDays, Math.max(1, days)), products),
  'due.people': ({ product, day, by, first, count }) => {
    const { ledger } = context;
    const beliefs = context.beliefs();
    const wanted = product === '' ? -1 : ledger.denseProduct(product);
    const found = product !== '' && wanted < 0 ? [] : peopleOn(beliefs, wanted, day, by);
    const rows = found.slice(Math.max(0, first), Math.max(0, first) + Math.max(0, count));
    return {
      total: found.length,
      rows: rows.map(({ customer, pair }) => customerRow(ledger, beliefs, customer, pair)),
    };
  },
});

const isOn = (beliefs: BeliefColumns, pair: number, day: number, by: keyof DueDays): boolean =>
  (by === 'open' || Math.round(dayAt(beliefs.pairP50, pair)) === day) && isDueOn(beliefs, pair, day);

interface Tally {
  readonly open: Int32Array;
  readonly likeliest: Int32Array;
  overdue: number;
  expected: number;
  people: number;
}

function calendarOf(context: EngineContext, days: number, most: number): DueCalendar {
  const beliefs = context.beliefs();
  const { asOfDay, customerCount } = beliefs;
  const tallies = new Map<number, Tally>();
  const marks = new Uint8Array(days);
  const all = { open: new Int32Array(days), likeliest: new Int32Array(days) };
  const seen = { open: new Int32Array(days).fill(-1), likeliest: new Int32Array(days).fill(-1) };
  const add = (tally: Tally, by: keyof DueDays, c: number, at: number): void => {
    tally[by][at] = (tally[by][at] ?? 0) + 1;
    if (seen[by][at] === c) return;
    seen[by][at] = c;
    all[by][at] = (all[by][at] ?? 0) + 1;
  };
  for (let c = 0; c < customerCount; c++) {
    if (beliefs.isPresent[c] !== 1) continue;
    for (let pair = beliefs.pairStart[c] ?? 0; pair < (beliefs.pairEnd[c] ?? 0); pair++) {
      if (Number.isNaN(dayAt(beliefs.pairP50, pair))) continue;
      const tally = tallyOf(tallies, beliefs.pairProduct[pair] ?? 0, days);
      tally.expected += chanceAt(beliefs.pairWithin30, pair);
      if (isOverdue(beliefs, pair)) tally.overdue++;
      if (!markDueDays(beliefs, pair, 0, marks)) continue;
      tally.people++;
      const likeliest = Math.round(dayAt(beliefs.pairP50, pair)) - asOfDay;
      for (let at = 0; at < days; at++) if (marks[at] === 1) add(tally, 'open', c, at);
      if (marks[likeliest] === 1) add(tally, 'likeliest', c, likeliest);
    }
  }
  const listed = [...tallies]
    .filter(([, { people }]) => people > 0)
    .map(([product, tally]) => calendarProduct(context, product, tally))
    .sort((a, b) => b.people - a.people || (a.product < b.product ? -1 : 1));
  return {
    firstDay: asOfDay,
    days,
    all: { open: [...all.open], likeliest: [...all.likeliest] },
    products: listed.slice(0, most),
    more: Math.max(0, listed.length - most),
  };
}

function tallyOf(tallies: Map<number, Tally>, product: number, days: number): Tally {
  const known = tallies.get(product);
  if (known) return known;
  const fresh = { open: new Int32Array(days), likeliest: new Int32Array(days), overdue: 0, expected: 0, people: 0 };
  tallies.set(product, fresh);
  return fresh;
}

function calendarProduct(context: EngineContext, dense: number, tally: Tally): DueCalendarProduct {
  const product = context.ledger.product(dense);
  return {
    product: productKey(product),
    name: product.name,
    category: product.category,
    overdue: tally.overdue,
    expected30: roundDays(tally.expected),
    people: tally.people,
    open: [...tally.open],
    likeliest: [...tally.likeliest],
  };
}

/** Each customer once, by their likeliest pair; the likeliest first, ties by number. */
function peopleOn(
  beliefs: BeliefColumns,
  product: number,
  day: number,
  by: keyof DueDays,
): { readonly customer: number; readonly pair: number }[] {
  const found: { customer: number; pair: number }[] = [];
  for (let c = 0; c < beliefs.customerCount; c++) {
    if (beliefs.isPresent[c] !== 1) continue;
    for (let pair = beliefs.pairStart[c] ?? 0; pair < (beliefs.pairEnd[c] ?? 0); pair++) {
      if (product >= 0 && beliefs.pairProduct[pair] !== product) continue;
      if (!isOn(beliefs, pair, day, by)) continue;
      found.push({ customer: c, pair });
      break;
    }
  }
  const chance = ({ pair }: { pair: number }): number => chanceAt(beliefs.pairWithin14, pair);
  return found.sort((a, b) => chance(b) - chance(a) || a.customer - b.customer);
}
