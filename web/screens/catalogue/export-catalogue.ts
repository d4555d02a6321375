import { saveCsv } from '#web/device/save-csv.ts';
import type { catalogueWords } from '#web/words/catalogue.ts';
import { plainYuan } from '#web/words/format.svelte.ts';
import type { ProductRow } from './catalogue.svelte.ts';

/** The products shown as a CSV that can be pasted back. A cell that begins like a formula is kept from running as one. */
export const exportCatalogue = (w: ReturnType<typeof catalogueWords>, rows: readonly ProductRow[]): void => {
  const lines = rows.map(({ product, sales }) => [
    product.items[0] ?? '',
    product.name,
    product.category,
    product.tags.join('、'),
    product.packMilli === null ? '' : `${product.packMilli / 1000}`,
    product.packUnit === '' ? '' : product.packUnit,
    product.storage === '' ? '' : w.storages[product.storage],
    product.shelfLifeDays === null ? '' : `${product.shelfLifeDays}`,
    product.priceFen === null ? '' : plainYuan(product.priceFen),
    sales ? plainYuan(sales.netFen) : '0',
    `${sales?.orders ?? 0}`,
  ]);
  saveCsv(`${w.fileName}.csv`, [w.csv, ...lines]);
};
