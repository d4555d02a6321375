/** The UCI Online Retail file (`transactions.csv.gz`) as a ledger; cancellations become refunds of what they cancel. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { type Ledger, lineFlag } from '#core/datasets/ledger-columns.ts';
import { aColumnLedger } from '#tests/makers/fake-ledger.ts';

interface Row {
  readonly customer: number;
  readonly order: number;
  readonly product: number;
  readonly atMs: number;
  readonly fen: number;
  readonly quantity: number;
  refunded: number;
}

export const readOnlineRetail = (path: string): Ledger => {
  const text = gunzipSync(readFileSync(path)).toString('utf8');
  const customers = new Map<string, number>();
  const orders = new Map<string, number>();
  const products = new Map<string, number>();
  const numberOf = (map: Map<string, number>, key: string): number => {
    const found = map.get(key);
    if (found !== undefined) return found;
    map.set(key, map.size);
    return map.size - 1;
  };
  const rows: Row[] = [];
  const open = new Map<string, Row[]>();
  for (const line of text.split('\n').slice(1)) {
    const [invoice, code, quantity, date, price, customer] = line.split(',');
    if (!invoice || !code || !customer || !date) continue;
    const units = Number(quantity);
    const key = `${customer}/${code}`;
    if (invoice.startsWith('C')) {
      cancel(open.get(key) ?? [], -units);
      continue;
    }
    if (!(units > 0) || !(Number(price) > 0)) continue;
    const row: Row = {
      customer: numberOf(customers, customer),
      order: numberOf(orders, invoice),
      product: numberOf(products, code),
      atMs: Date.parse(`${date.replace(' ', 'T')}+08:00`),
      fen: Math.round(Number(price) * units * 100),
      quantity: units,
      refunded: 0,
    };
    rows.push(row);
    const list = open.get(key);
    if (list) list.push(row);
    else open.set(key, [row]);
  }
  return aColumnLedger({
    lines: {
      count: rows.length,
      customer: Int32Array.from(rows, (row) => row.customer),
      order: Int32Array.from(rows, (row) => row.order),
      product: Int32Array.from(rows, (row) => row.product),
      atMs: Float64Array.from(rows, (row) => row.atMs),
      paidFen: Float64Array.from(rows, (row) => row.fen),
      refundFen: Float64Array.from(rows, (row) => Math.round((row.fen * row.refunded) / row.quantity)),
      channel: new Uint16Array(rows.length),
      flags: Uint8Array.from(rows, (row) =>
        row.refunded >= row.quantity ? lineFlag.refunded : row.refunded > 0 ? lineFlag.partlyRefunded : 0,
      ),
    },
    customers: [...customers.keys()].map((id) => ({ id: id.padStart(16, '0'), alias: '', maskedPhone: '' })),
    products: [...products.keys()].map((code) => ({
      productId: '',
      items: [code],
      name: code,
      category: '',
      tags: [],
    })),
    orderCount: orders.size,
  });
};

/** Newest purchases first give back what was cancelled. */
function cancel(rows: readonly Row[], units: number): void {
  let left = units;
  for (let at = rows.length - 1; at >= 0 && left > 0; at--) {
    const row = rows[at];
    if (!row) continue;
    const given = Math.min(left, row.quantity - row.refunded);
    row.refunded += given;
    left -= given;
  }
}
