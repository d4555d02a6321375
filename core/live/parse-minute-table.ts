/**
 * A table copied from a platform's screen or file (tab, comma or several spaces between cells) becomes live events:
 * a row of a product becomes `product-counted`, a row of a time with viewers `audience-sampled`, with orders and sales
 * `order-completed`, summed up for that row. Columns are found by name; those nothing is counted from are told. Without
 * a time column the numbers are totals so far, at the time of pasting; with one, a row counts what happened since the
 * row before it of the same product. A row is kept back, with its line and reason, rather than guessed. Ids come from
 * the row itself, so pasting the same table again counts nothing twice.
 */
import { type Result, fail, ok } from '../result.ts';
import { dayFromMs, msFromDay, dayFromCivil } from '../units/business-day.ts';
import type { LiveEvent } from './live-event.ts';
import {
  type TableColumn,
  comma,
  countNoise,
  moneyNoise,
  headerNoise,
  numberSuffixes,
  sumRowWords,
  tableHeaders,
  timeInCell,
} from './live-table-headers.data.ts';

export interface ParsedTable {
  readonly events: readonly LiveEvent[];
  /** Rows counted; one may make two events. */
  readonly rows: number;
  readonly problems: readonly {
    readonly line: number;
    readonly kind: TableRowFailure;
  }[];
  readonly columns: readonly TableColumn[];
  /** Headers of the columns nothing is counted from, as they are written. */
  readonly ignored: readonly string[];
}

export type TableRowFailure =
  'unreadable-time' | 'unreadable-number' | 'no-product' | 'sum-row' | 'sales-without-orders';

export type TableFailure =
  { readonly kind: 'empty' } | { readonly kind: 'no-known-columns' } | { readonly kind: 'too-long' };

const rowLimit = 5000;

export const parseMinuteTable = (
  text: string,
  nowMs: number,
  source = 'pasted-table',
): Result<ParsedTable, TableFailure> => {
  const lines = text
    .split(/\r?\n/)
    .map((line, index) => ({ cells: splitCells(line), line: index + 1 }))
    .filter(({ cells }) => cells.some((cell) => cell !== ''));
  if (lines.length === 0) return fail({ kind: 'empty' });
  if (lines.length > rowLimit) return fail({ kind: 'too-long' });
  const header = lines.findIndex(({ cells }) => findColumns(cells).size >= 2);
  const columns = findColumns(lines[header]?.cells ?? []);
  const isUseful = columns.has('product')
    ? columns.has('views') && columns.has('clicks')
    : columns.has('time') && (columns.has('viewers') || columns.has('orders'));
  if (header < 0 || !isUseful) return fail({ kind: 'no-known-columns' });
  const reader = new TableReader(columns, nowMs, source);
  for (const { cells, line } of lines.slice(header + 1)) reader.take(cells, line);
  return ok({
    events: reader.events,
    rows: reader.rows,
    problems: reader.problems,
    columns: [...columns.keys()],
    ignored: ignoredHeaders(lines[header]?.cells ?? [], columns),
  });
};

class TableReader {
  readonly events: LiveEvent[] = [];
  readonly problems: { line: number; kind: TableRowFailure }[] = [];
  rows = 0;
  readonly #lastMsByProduct = new Map<string, number>();
  readonly #columns: ReadonlyMap<TableColumn, number>;
  readonly #nowMs: number;
  readonly #source: string;

  constructor(columns: ReadonlyMap<TableColumn, number>, nowMs: number, source: string) {
    this.#columns = columns;
    this.#nowMs = nowMs;
    this.#source = source;
  }

  take(cells: readonly string[], line: number): void {
    const hasTime = this.#columns.has('time');
    const atMs = hasTime ? parseTime(this.#cell(cells, 'time'), this.#nowMs) : this.#nowMs;
    if (atMs === null) return this.#refuse(line, 'unreadable-time');
    if (this.#columns.has('product')) this.#takeProduct(cells, line, atMs, hasTime);
    else this.#takeRoom(cells, line, atMs);
  }

  #takeProduct(cells: readonly string[], line: number, atMs: number, hasTime: boolean): void {
    const item = this.#cell(cells, 'product');
    if (item === '') return this.#refuse(line, 'no-product');
    if (sumRowWords.includes(item.toLowerCase())) return this.#refuse(line, 'sum-row');
    const counts = (['views', 'clicks', 'adds', 'orders'] as const).map((column) =>
      this.#columns.has(column) ? parseCount(this.#cell(cells, column)) : 0,
    );
    const [views, clicks, adds, orders] = counts;
    if (views == null || clicks == null || adds == null || orders == null)
      return this.#refuse(line, 'unreadable-number');
    const before = this.#lastMsByProduct.get(item);
    this.#lastMsByProduct.set(item, atMs);
    const spanSeconds = hasTime
      ? Math.max(1, Math.min(86_400, Math.round((before === undefined ? 60_000 : atMs - before) / 1000)))
      : 0;
    const id = hasTime ? `${item}@${atMs}` : `${item}=${views}/${clicks}/${adds}/${orders}`;
    this.rows += 1;
    this.events.push({
      ...blank,
      source: this.#source,
      id,
      name: 'product-counted',
      atMs,
      item,
      counted: { counts: [views, clicks, adds, orders], spanSeconds },
    });
  }

  /** The whole room in one row: how many watch, and what was ordered and paid in its span. */
  #takeRoom(cells: readonly string[], line: number, atMs: number): void {
    const viewers = this.#columns.has('viewers') ? parseCount(this.#cell(cells, 'viewers')) : -1;
    const orders = parseCount(this.#cell(cells, 'orders'));
    const amountFen = parseFen(this.#cell(cells, 'amount'));
    if (viewers === null || orders === null || amountFen === null) return this.#refuse(line, 'unreadable-number');
    if (orders === 0 && amountFen > 0 && this.#columns.has('orders')) return this.#refuse(line, 'sales-without-orders');
    this.rows += 1;
    const made = { ...blank, source: this.#source, atMs };
    if (viewers >= 0) this.events.push({ ...made, id: `viewers@${atMs}`, name: 'audience-sampled', value: viewers });
    if (orders > 0)
      this.events.push({ ...made, id: `orders@${atMs}`, name: 'order-completed', count: orders, amountFen });
  }

  #cell(cells: readonly string[], column: TableColumn): string {
    return cells[this.#columns.get(column) ?? -1] ?? '';
  }

  #refuse(line: number, kind: TableRowFailure): void {
    this.problems.push({ line, kind });
  }
}

const blank = {
  broadcast: '',
  item: '',
  count: 1,
  viewerKeyKind: '',
  viewerKey: '',
  nickname: '',
  text: '',
  value: 0,
  amountFen: 0,
  counted: null,
} as const;

function splitCells(line: string): string[] {
  const separator = line.includes('\t') ? /\t/ : comma.test(line) ? comma : /\s{2,}|\s*\|\s*/;
  return line.split(separator).map((cell) => cell.trim().replace(/^["']|["']$/g, ''));
}

function findColumns(cells: readonly string[]): Map<TableColumn, number> {
  const found = new Map<TableColumn, number>();
  const plain = cells.map((cell) => cell.toLowerCase().replace(headerNoise, ''));
  for (const [column, names] of Object.entries(tableHeaders) as [TableColumn, readonly string[]][]) {
    const at = names.map((name) => plain.indexOf(name)).find((index) => index >= 0);
    if (at !== undefined && ![...found.values()].includes(at)) found.set(column, at);
  }
  return found;
}

/** Sales count only beside orders; of a product's table, and comments anywhere, nothing is taken. */
function ignoredHeaders(cells: readonly string[], columns: ReadonlyMap<TableColumn, number>): readonly string[] {
  const counted: readonly TableColumn[] = columns.has('product')
    ? ['time', 'product', 'views', 'clicks', 'adds', 'orders']
    : ['time', 'viewers', 'orders', ...(columns.has('orders') ? (['amount'] as const) : [])];
  const used = new Set(counted.map((column) => columns.get(column)));
  return cells.filter((cell, index) => cell !== '' && !used.has(index));
}

/** `1,191`, `1.2万`, `-` (nothing) and empty count as numbers; anything else does not. */
const parseCount = (cell: string): number | null => parseWhole(cell.replaceAll(countNoise, ''), 1);

/** `¥1,234.50`, `1.2万`, `90元`: fen. */
const parseFen = (cell: string): number | null => parseWhole(cell.replaceAll(moneyNoise, ''), 100);

function parseWhole(text: string, unit: number): number | null {
  if (/^-{0,2}$/.test(text)) return 0;
  const found = /^(\d+(?:\.\d+)?)(\D?)$/.exec(text.toLowerCase());
  if (!found) return null;
  const factor = found[2] === '' ? 1 : numberSuffixes[found[2] ?? ''];
  const value = factor === undefined ? Number.NaN : Math.round(Number(found[1]) * factor * unit);
  return Number.isSafeInteger(value) ? value : null;
}

/** `20:40`, `20:40:10`, `20:30-20:40` (its end), `2026-11-20 20:40`, `2026/11/20 20:40`; a bare time is of the last 24 h. */
function parseTime(cell: string, nowMs: number): number | null {
  const found = timeInCell.exec(cell.trim());
  if (!found) return null;
  const [, year, month, date, hour = '0', minute = '0', second = '0'] = found;
  if (Number(hour) > 24 || Number(minute) > 59 || Number(second) > 59) return null;
  const inDay = (Number(hour) * 3600 + Number(minute) * 60 + Number(second)) * 1000;
  if (year) return msFromDay(dayFromCivil(Number(year), Number(month), Number(date))) + inDay;
  const today = msFromDay(dayFromMs(nowMs)) + inDay;
  return today <= nowMs + 60_000 ? today : today - 86_400_000;
}
