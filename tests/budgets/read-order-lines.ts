/** Order lines as a ledger: the binary columns beside `<prefix>.json` when there are any, else seeded ones of its own. */
import { existsSync, readFileSync } from 'node:fs';
import type { Ledger, LedgerProduct } from '#core/datasets/ledger-columns.ts';
import { seededRandom } from '#core/statistics/seeded-random.ts';
import { aColumnLedger, type LineColumns } from '#tests/makers/fake-ledger.ts';

export const readOrderLines = (
  prefix: string | null,
  change?: (customers: number) => Int32Array,
  version = 1,
): Ledger => {
  const lines =
    prefix !== null && existsSync(`${prefix}.bin/customer.u32`) ? readColumns(prefix) : makeLines(10_000, 100_000);
  const customers = lines.customer.reduce((most, c) => Math.max(most, c), 0) + 1;
  const products = lines.product.reduce((most, p) => Math.max(most, p), 0) + 1;
  return aColumnLedger({
    version,
    lines,
    customers: Array.from({ length: customers }, (_, c) => ({
      id: c.toString(16).padStart(16, '0'),
      alias: '',
      maskedPhone: '',
    })),
    products: Array.from({ length: products }, (_, p): LedgerProduct => ({
      productId: `p${p}`,
      items: [`p${p}`],
      name: `product ${p}`,
      category: `category ${p % 12}`,
      tags: p % 5 === 0 ? [`tag ${p % 7}`] : [],
    })),
    orderCount: lines.order.reduce((most, order) => Math.max(most, order), 0) + 1,
    changedSince: () => change?.(customers) ?? Int32Array.from({ length: customers }, (_, c) => c),
  });
};

function readColumns(prefix: string): LineColumns {
  const bytes = (name: string): ArrayBuffer => new Uint8Array(readFileSync(`${prefix}.bin/${name}`)).buffer;
  const customer = Int32Array.from(new Uint32Array(bytes('customer.u32')));
  return {
    count: customer.length,
    customer,
    order: Int32Array.from(new Uint32Array(bytes('order.u32'))),
    product: Int32Array.from(new Uint16Array(bytes('sku.u16'))),
    atMs: Float64Array.from(new Uint32Array(bytes('ts.u32')), (seconds) => seconds * 1000),
    paidFen: Float64Array.from(new Int32Array(bytes('amount.i32'))),
    refundFen: new Float64Array(customer.length),
    channel: new Uint16Array(customer.length),
    flags: new Uint8Array(customer.length),
  };
}

function makeLines(customers: number, count: number): LineColumns {
  const random = seededRandom(1);
  const column = (make: () => number): number[] => Array.from({ length: count }, make);
  const startMs = Date.UTC(2024, 0, 1);
  const atMs = Float64Array.from(column(() => startMs + random() * 700 * 86_400_000)).sort();
  const customer = Int32Array.from(column(() => Math.floor(random() ** 2 * customers)));
  return {
    count,
    customer,
    order: Int32Array.from({ length: count }, (_, at) => at >> 1),
    product: Int32Array.from(column(() => Math.floor(random() ** 2 * 800))),
    atMs,
    paidFen: Float64Array.from(column(() => 500 + Math.floor(random() * 20_000))),
    refundFen: new Float64Array(count),
    channel: new Uint16Array(count),
    flags: new Uint8Array(count),
  };
}
