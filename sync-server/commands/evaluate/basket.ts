/** The next basket of every customer of `<name>.baskets.csv`: products bought before and new ones, likeliest first. */
import { BasketHistoriesBuilder } from '#core/insight/next-products/basket-histories.ts';
import { fitNextProducts } from '#core/insight/next-products/fit-next-products.ts';
import { NextProductsRanker } from '#core/insight/next-products/next-products-ranker.ts';
import { partPath, readCsv, wholeNumber, writeCsv } from './csv.ts';
import type { EvaluateOptions } from './evaluate-task.ts';

const listLength = 120;
/** A file is learnt from whole; a device in the background takes fewer. */
const mostRows = 480_000;

export const evaluate = async (options: EvaluateOptions): Promise<void> => {
  const path = partPath(options, 'baskets');
  const rows = readCsv(path, ['customer', 'seq', 'items']).map(([customer = '', seq = '', items = '']) => ({
    customer,
    seq: wholeNumber(seq, path),
    items: items.split(' ').filter((item) => item !== ''),
  }));
  const names = [...new Set(rows.flatMap(({ items }) => items))].sort();
  const numbers = new Map(names.map((name, at) => [name, at]));
  const ofCustomer = Map.groupBy(rows, ({ customer }) => customer);
  const builder = new BasketHistoriesBuilder(names.length);
  for (const baskets of ofCustomer.values()) {
    builder.startCustomer();
    for (const { seq, items } of baskets.toSorted((a, b) => a.seq - b.seq))
      for (const item of items) builder.add(seq, numbers.get(item)!);
  }
  const histories = builder.finish();
  const rank = Int32Array.from(names.keys());
  const parameters = fitNextProducts(histories, rank, mostRows);
  if (parameters.customers === 0) console.error('basket: too few baskets to learn from; habit and popularity answer');
  const ranker = new NextProductsRanker(histories, rank, parameters);
  writeCsv(
    options.out,
    ['customer', 'items'],
    [...ofCustomer.keys()].map((customer, place) => [
      customer,
      ranker
        .rank(histories, place, listLength)
        .map(({ product }) => names[product])
        .join(' '),
    ]),
  );
};
