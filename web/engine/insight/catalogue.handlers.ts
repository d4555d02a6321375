/** Answers of the catalogue topic: one pass over the order lines, counted by product or by week. */
import { notAPurchase } from '#core/datasets/ledger-columns.ts';
import type { CatalogueRequests, ProductSales, WeekOfSales } from './catalogue.messages.ts';
import type { EngineContext, Handlers } from './engine-context.ts';
import { unorderedProducts } from './unordered-products.ts';

export const catalogueHandlers = (context: EngineContext): Handlers<CatalogueRequests> => ({
  'catalogue.weeks': ({ product, weeks }) => weeksOf(context, product, weeks),
  'catalogue.unordered': () => [...unorderedProducts(context)],
  'catalogue.sales': ({ days }) => {
    const { ledger } = context;
    const fromDay = days === null ? -Infinity : context.asOfDay() - days + 1;
    const { count, live, flags, day, product, order, customer, quantityMilli, paidFen, refundFen } = ledger.orderLines;
    const [lines, quantity, net] = [
      new Int32Array(ledger.productCount),
      new Float64Array(ledger.productCount),
      new Float64Array(ledger.productCount),
    ];
    const lastDay = new Int32Array(ledger.productCount).fill(-1);
    const pairs = Array.from({ length: ledger.productCount }, () => ({
      orders: new Set<number>(),
      customers: new Set<number>(),
    }));
    for (let row = 0; row < count; row++) {
      if (live[row] !== 1 || ((flags[row] ?? 0) & notAPurchase) !== 0 || (day[row] ?? 0) < fromDay) continue;
      const at = product[row] as number;
      const pair = pairs[at];
      if (!pair) continue;
      lines[at]! += 1;
      quantity[at]! += quantityMilli[row]!;
      net[at]! += paidFen[row]! - refundFen[row]!;
      if (day[row]! > lastDay[at]!) lastDay[at] = day[row]!;
      pair.orders.add(order[row]!);
      pair.customers.add(customer[row]!);
    }
    const sales: ProductSales[] = [];
    for (let at = 0; at < ledger.productCount; at++) {
      if (lines[at] === 0) continue;
      const { productId, items, name } = ledger.product(at);
      sales.push({
        productId,
        item: items[0] ?? '',
        name,
        orders: pairs[at]!.orders.size,
        customers: pairs[at]!.customers.size,
        quantityMilli: quantity[at]!,
        netFen: net[at]!,
        lastDay: lastDay[at]!,
      });
    }
    return sales.sort((a, b) => b.netFen - a.netFen || (a.item < b.item ? -1 : 1));
  },
});

const weekDays = 7;

function weeksOf(context: EngineContext, id: string, weeks: number): readonly WeekOfSales[] {
  const { ledger } = context;
  const wanted = ledger.denseProduct(id);
  if (wanted < 0) return [];
  const fromDay = context.asOfDay() - weeks * weekDays + 1;
  const { count, live, flags, day, product, order, quantityMilli, paidFen, refundFen } = ledger.orderLines;
  const tallies = Array.from({ length: weeks }, () => ({ orders: new Set<number>(), quantityMilli: 0, netFen: 0 }));
  for (let row = 0; row < count; row++) {
    if (product[row] !== wanted || live[row] !== 1 || ((flags[row] ?? 0) & notAPurchase) !== 0) continue;
    const tally = tallies[Math.floor(((day[row] ?? 0) - fromDay) / weekDays)];
    if (!tally) continue;
    tally.orders.add(order[row] ?? 0);
    tally.quantityMilli += quantityMilli[row] ?? 0;
    tally.netFen += (paidFen[row] ?? 0) - (refundFen[row] ?? 0);
  }
  return tallies.map(({ orders, ...sums }, at) => ({ fromDay: fromDay + at * weekDays, orders: orders.size, ...sums }));
}
