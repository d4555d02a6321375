/** The ledger: packing order lines into chunks, taking them, reading every customer, taking a thousand more. */
import { readFileSync } from 'node:fs';
import { ChunkCutter, type PlannedChunk } from '#core/datasets/chunk-cutter.ts';
import { createLedger } from '#core/datasets/create-ledger.ts';
import type { FactColumns } from '#core/datasets/fact-columns.ts';
import type { GrowingLedger } from '#core/datasets/ledger-building.ts';
import { msFromDay } from '#core/units/business-day.ts';
import { createNodePlatform } from '#sync-server/storage/node-platform.ts';
import { type Bench, type BenchChoice, measure, peakMiB } from './bench-line.ts';

type Lines = FactColumns<'order-line'>;
const runs = 3;

export const bench: Bench = async (choice) => {
  if (choice.data !== null) return benchLines(choice, readLines(`${choice.data}.csv`));
  for (const rows of [100_000, 1_000_000]) await benchLines(choice, makeLines(rows));
};

async function benchLines({ print }: BenchChoice, lines: Lines): Promise<void> {
  const say = (name: string, ms: number): void =>
    print({ name, lines: lines.rows, ms, runs, peakMiB: peakMiB(), where: 'node' });
  const tell = (name: string, value: number, unit: string): void =>
    print({
      name,
      lines: lines.rows,
      ms: 0,
      runs: 1,
      peakMiB: 0,
      where: 'node',
      value: Math.round(value * 10) / 10,
      unit,
    });
  let chunks: readonly PlannedChunk[] = [];
  const cut = (): void => {
    const cutter = new ChunkCutter();
    chunks = [...cutter.addColumns(lines), ...cutter.finish()];
  };
  say('facts/pack', await measure(runs, cut));
  let ledger: GrowingLedger = createLedger();
  const fill = (): void => {
    ledger = createLedger();
    chunks.forEach(({ packed }, at) => take(ledger, packed, at));
  };
  say('facts/ledger', await measure(runs, fill));
  const readAll = (): void => {
    let seen = 0;
    for (let customer = 0; customer < ledger.customerCount; customer++) seen += ledger.linesOfCustomer(customer).length;
    if (seen !== lines.rows) throw new Error(`read ${seen} of ${lines.rows} lines`);
  };
  say('facts/lines-of-all', await measure(runs, readAll));
  const withdraw = (): void => {
    ledger.setWithdrawnImports(['i-1']);
    ledger.setWithdrawnImports([]);
  };
  say('facts/withdraw-and-redo-half', await measure(runs, withdraw));
  let next = chunks.length;
  const late = Array.from({ length: runs }, (_, run) => packLate(lines, run));
  say('facts/thousand-more', await measure(runs, () => take(ledger, late[next - chunks.length]!, next++)));
  const platform = createNodePlatform(new Uint8Array(32));
  const stored = await Promise.all(chunks.map(({ packed }) => platform.deflate(packed)));
  tell('facts/packed', sumOf(chunks.map(({ packed }) => packed.length)) / lines.rows, 'bytes a line');
  tell('facts/stored', sumOf(stored.map(({ length }) => length)) / lines.rows, 'bytes a line');
  tell('facts/ledger-memory', ledger.byteLength / 2 ** 20, 'MiB');
}

function take(ledger: GrowingLedger, packed: Uint8Array, at: number): void {
  const id = `chunk-${String(at).padStart(6, '0')}`;
  const taken = ledger.takeChunk({ id, importId: `i-${at % 2}`, importMs: 1 } as never, packed);
  if (!taken.ok) throw new Error(taken.error.kind);
}

/** A thousand lines like the file's last, of new orders. */
function packLate({ rows, columns }: Lines, run: number): Uint8Array {
  const from = rows - 1000;
  const late = Object.fromEntries(
    Object.entries(columns).map(([name, values]) => [
      name,
      Array.from({ length: 1000 }, (_, at) => (values as ArrayLike<unknown>)[from + at]),
    ]),
  );
  late.order = late.order!.map((order) => `${String(order)}-late-${run}`);
  const cutter = new ChunkCutter();
  const planned = [
    ...cutter.addColumns({ kind: 'order-line', rows: 1000, columns: late as never }),
    ...cutter.finish(),
  ];
  return planned.sort((a, b) => b.packed.length - a.packed.length)[0]!.packed;
}

/** A shop of its own: orders of one to four lines over two years, some customers much busier than others. */
function makeLines(rows: number): Lines {
  let state = 20_261_122;
  const dice = (): number => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
  const customers = Math.max(100, rows / 10);
  const columns = emptyColumns();
  const start = msFromDay(20_000);
  for (let row = 0, order = 0; row < rows; order++) {
    const id = Math.floor(customers * dice() ** 2);
    const atMs = start + Math.floor((730 * 86_400_000 * row) / rows);
    for (let line = 1 + Math.floor(dice() * 4); line > 0 && row < rows; line--, row++)
      addLine(columns, row, {
        order: `3${String(712_345_600_000 + order * 37)}`,
        customer: id,
        item: Math.floor(2000 * dice() ** 3),
        atMs,
        paidFen: 500 + Math.floor(dice() * 200) * 10,
        quantity: 1 + Math.floor(dice() * 3),
      });
  }
  return { kind: 'order-line', rows, columns: columns as never };
}

/** `customer_id,order_id,ts,sku,category,qty,amount,channel` */
function readLines(path: string): Lines {
  const rows = readFileSync(path, 'utf8').trimEnd().split('\n').slice(1);
  const columns = emptyColumns();
  const numberByCustomer = new Map<string, number>();
  rows.forEach((row, at) => {
    const [customer = '', order = '', ts = '', sku = '', , quantity = '', amount = '', channel = ''] = row.split(',');
    const number = numberByCustomer.get(customer) ?? numberByCustomer.size;
    numberByCustomer.set(customer, number);
    const atMs = Number.isNaN(Number(ts)) ? Date.parse(ts) : Number(ts) * (Number(ts) < 1e11 ? 1000 : 1);
    addLine(columns, at, {
      order,
      customer: number,
      item: 0,
      atMs,
      paidFen: Math.round(Number(amount) * 100),
      quantity: Number(quantity),
    });
    columns.item![at] = sku;
    columns.channel![at] = channel;
  });
  return { kind: 'order-line', rows: rows.length, columns: columns as never };
}

function emptyColumns(): Record<string, unknown[]> {
  const names = [
    'shop',
    'order',
    'item',
    'nth',
    'itemName',
    'customer',
    'atMs',
    'quantityMilli',
    'paidFen',
    'status',
    'channel',
    'isGift',
    'exportMs',
  ];
  return Object.fromEntries(names.map((name) => [name, []]));
}

interface Line {
  readonly order: string;
  readonly customer: number;
  readonly item: number;
  readonly atMs: number;
  readonly paidFen: number;
  readonly quantity: number;
}

function addLine(
  columns: Record<string, unknown[]>,
  row: number,
  { order, customer, item, atMs, paidFen, quantity }: Line,
): void {
  // Ids as random as the real ones: equal words would pack too well.
  const word = Math.imul(customer + 1, 0x9e3779b1) >>> 0;
  const id = word.toString(16).padStart(8, '0') + (Math.imul(word, 0x85ebca6b) >>> 0).toString(16).padStart(8, '0');
  const isSame = row > 0 && columns.order![row - 1] === order;
  const values = {
    shop: 'shop',
    order,
    item: `sku-${item}`,
    nth: isSame ? (columns.nth![row - 1] as number) + 1 : 0,
    itemName: `Product ${item}`,
    customer: id,
    atMs,
    quantityMilli: quantity * 1000,
    paidFen,
    status: 'done',
    channel: 'live',
    isGift: false,
    exportMs: 0,
  };
  for (const [name, value] of Object.entries(values)) columns[name]![row] = value;
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
