/**
 * A table of order lines → RFM of every customer with an order on a business day (Asia/Shanghai, to its end): days since
 * the last order, orders, net amount, and scores by the shop's own quintiles. Sorted by customer id, as numbers when all
 * ids are numbers.
 */
import { createReadStream, createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { deriveRfm } from '#core/insight/rfm/derive-rfm.ts';
import { defaultThresholds } from '#core/insight/rfm/thresholds.ts';
import { dayFromIso, dayFromMs } from '#core/units/business-day.ts';
import { BadInput, type EvaluateOptions } from './evaluate-task.ts';
import { OrderLineReader } from './order-line-reader.ts';

const quantile = { mode: 'quantile' } as const;
const quintiles = { ...defaultThresholds, recency: quantile, frequency: quantile, money: quantile };

export const evaluate = async ({ in: path, out, asof }: EvaluateOptions): Promise<void> => {
  const asOfDay = dayOption(asof);
  const lines = await readOrderLines(path);
  const { count, customer, order, seconds, amount } = lines;
  const day = new Int32Array(count);
  for (let row = 0; row < count; row++) day[row] = dayFromMs((seconds[row] as number) * 1000);
  const { amounts, columns } = deriveRfm(
    {
      orderLines: {
        count,
        live: new Uint8Array(count).fill(1),
        customer,
        order,
        product: new Int32Array(0),
        day,
        paidFen: amount,
        refundFen: new Float64Array(count),
        flags: new Uint8Array(count),
      },
      customerCount: lines.customers.count,
      orderCount: lines.orders.count,
    },
    asOfDay,
    quintiles,
  );
  const ids = Array.from({ length: lines.customers.count }, (_, c) => lines.customers.text(c));
  await writeRows(out, sortedCustomers(ids, amounts.orders), (c) => {
    const recencyDays = asOfDay - (amounts.lastDay[c] as number);
    const scores = `${columns.recencyScore[c]},${columns.frequencyScore[c]},${columns.moneyScore[c]}`;
    return `${ids[c]},${recencyDays},${amounts.orders[c]},${amounts.netFen[c]},${scores}\n`;
  });
};

const readOrderLines = async (path: string): Promise<OrderLineReader> => {
  const reader = new OrderLineReader(path);
  try {
    for await (const bytes of createReadStream(path, { highWaterMark: 1 << 22 })) reader.take(bytes as Uint8Array);
  } catch (error) {
    if (error instanceof BadInput) throw error;
    throw new BadInput(`cannot read ${path}: ${(error as Error).message}`);
  }
  return reader.finish();
};

function dayOption(text = ''): number {
  const day = dayFromIso(text);
  if (day === null) throw new BadInput('--asof must be a day such as 2025-12-31');
  return day;
}

/** Customers with an order, by id. */
function sortedCustomers(ids: readonly string[], orders: Int32Array): Int32Array {
  const found = Int32Array.from(ids.keys()).filter((c) => (orders[c] as number) > 0);
  const numbers = Float64Array.from(ids, (id) => (/^-?\d{1,15}$/.test(id) ? Number(id) : Number.NaN));
  if (found.every((c) => !Number.isNaN(numbers[c]))) return found.sort((a, b) => numbers[a]! - numbers[b]!);
  return found.sort((a, b) => (ids[a]! < ids[b]! ? -1 : 1));
}

async function writeRows(path: string, customers: Int32Array, rowOf: (customer: number) => string): Promise<void> {
  const file = createWriteStream(path);
  const failed = once(file, 'error').then(([error]) => {
    throw new BadInput(`cannot write ${path}: ${(error as Error).message}`);
  });
  const written = (async () => {
    let text = 'customer_id,recency_days,orders,amount_fen,r,f,m\n';
    for (const c of customers) {
      text += rowOf(c);
      if (text.length < 1 << 20) continue;
      if (!file.write(text)) await once(file, 'drain');
      text = '';
    }
    file.end(text);
    await once(file, 'finish');
  })();
  await Promise.race([written, failed]);
}
