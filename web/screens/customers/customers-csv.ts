/** A list of customers as CSV text: quoted where needed, and safe against formulas when opened in a spreadsheet. */
import { isoFromDay } from '#core/units/business-day.ts';
import type { CustomerRow } from '#web/engine/insight/customers.messages.ts';
import type { BeliefWords } from '#web/words/beliefs.ts';

/** So that spreadsheets read it as UTF-8. */
export const byteOrderMark = '\ufeff';

export const csvLine = (cells: readonly (string | number)[]): string => `${cells.map(cell).join(',')}\r\n`;

export const customerCells = (row: CustomerRow, words: BeliefWords): (string | number)[] => {
  const { next } = row;
  const day = (value: number): string => (Number.isFinite(value) ? isoFromDay(Math.round(value)) : '');
  return [
    row.id,
    row.alias,
    row.maskedPhone,
    words.rfm[row.rfm],
    words.stages[row.stage],
    (row.netFen / 100).toFixed(2),
    row.orders,
    row.lastDay < 0 ? '' : isoFromDay(row.lastDay),
    row.orders === 0 ? '' : row.churn60,
    next?.product ?? '',
    next ? day(next.p10) : '',
    next ? day(next.p50) : '',
    next ? day(next.p90) : '',
    next && next.evidence !== 'insufficient-evidence' ? next.within14 : '',
    next ? words.evidence[next.evidence] : '',
  ];
};

function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
