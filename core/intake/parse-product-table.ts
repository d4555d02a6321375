/**
 * A table of products as pasted from a spreadsheet, into what it would change: each row finds its product by code, else
 * by name; a row that finds none is a new product, and rows of one product are one change, the later row's word last.
 * Cells that cannot be read are named and leave their field alone; blank cells change nothing.
 */
import type { ProductChange } from '../catalogue/catalogue.doc.ts';
import type { Product, ProductFields } from '../catalogue/product.ts';
import { productIdFromItem } from '../catalogue/product-id.ts';
import { bareName } from '../catalogue/rank-doubles.ts';
import { type Result, fail, ok } from '../result.ts';
import { cleanCell } from './clean-cell.ts';
import { normaliseHeader } from './normalise-header.ts';
import { parseAmount, scaled } from './parse-amount.ts';
import { type ProductColumn, packWords, productHeaders, spanWords, storageWords } from './product-headers.data.ts';
import { sniffDelimiter } from './sniff-delimiter.ts';
import { createRowSplitter } from './split-rows.ts';
import { splitTags } from './split-tags.ts';

export interface ProductRow {
  /** The product's first. */
  readonly line: number;
  readonly name: string;
  readonly change: ProductChange;
  readonly isNew: boolean;
  /** Cells that were not understood. */
  readonly unread: readonly { readonly column: ProductColumn; readonly cell: string }[];
}

export type ProductTableFailure = { readonly kind: 'no-header' } | { readonly kind: 'no-rows' };

export const parseProductTable = (
  text: string,
  products: readonly Product[],
): Result<readonly ProductRow[], ProductTableFailure> => {
  const rows: { cells: readonly string[]; line: number }[] = [];
  const splitter = createRowSplitter(
    sniffDelimiter(text),
    (cells, count, line) => void rows.push({ cells: cells.slice(0, count).map(cleanCell), line }),
  );
  splitter.push(text);
  splitter.end();
  const columns = (rows[0]?.cells ?? []).map((cell) => columnByName.get(normaliseHeader(cell)) ?? null);
  if (!columns.includes('item') && !columns.includes('name')) return fail({ kind: 'no-header' });
  if (rows.length < 2) return fail({ kind: 'no-rows' });
  const byItem = new Map(products.flatMap((product) => product.items.map((item) => [item, product] as const)));
  const byName = new Map(products.map((product) => [bareName(product.name), product]));
  const read = rows.slice(1).map(({ cells, line }) => {
    const cell = (column: ProductColumn): string => cells[columns.indexOf(column)] ?? '';
    return readRow(line, cell, byItem.get(cell('item')) ?? byName.get(bareName(cell('name'))) ?? null);
  });
  const byProduct = new Map<string, ProductRow>();
  for (const row of read) {
    if (!row) continue;
    const { product } = row.change;
    const before = byProduct.get(product);
    byProduct.set(product, before ? joinRows(before, row) : row);
  }
  return ok([...byProduct.values()]);
};

function joinRows(first: ProductRow, later: ProductRow): ProductRow {
  return {
    ...first,
    unread: [...first.unread, ...later.unread],
    change: {
      ...first.change,
      fields: { ...first.change.fields, ...later.change.fields },
      tags: [...new Set([...first.change.tags, ...later.change.tags])],
    },
  };
}

const columnByName = new Map(
  productHeaders.flatMap(([column, names]) => names.map((name) => [normaliseHeader(name), column] as const)),
);

function readRow(line: number, cell: (column: ProductColumn) => string, known: Product | null): ProductRow | null {
  const name = cell('name');
  const item = cell('item') || name;
  if (item === '') return null;
  const unread: { column: ProductColumn; cell: string }[] = [];
  const take = <Value>(column: ProductColumn, parse: (text: string) => Value | null): Value | undefined => {
    const text = cell(column);
    if (text === '') return undefined;
    const value = parse(text);
    if (value === null) unread.push({ column, cell: text });
    return value ?? undefined;
  };
  const pack = take('pack', (text) => parsePack(text, cell('pack-unit')));
  const storage = take(
    'storage',
    (text) => storageWords.find(([, words]) => words.some((word) => text.toLowerCase().includes(word)))?.[0] ?? null,
  );
  const shelfLifeDays = take('shelf-life', parseDays);
  const priceFen = take('price', (text) => integer(scaled(parseAmount(text), 100)));
  const category = cell('category');
  const fields: ProductFields = {
    ...(name !== '' && known ? { name } : {}),
    ...(category === '' ? {} : { category }),
    ...(pack ? { packMilli: pack.milli, packUnit: pack.unit } : {}),
    ...(storage ? { storage } : {}),
    ...(shelfLifeDays === undefined ? {} : { shelfLifeDays }),
    ...(priceFen === undefined ? {} : { priceFen }),
  };
  return {
    line,
    name: name || known?.name || item,
    isNew: known === null,
    unread,
    change: {
      product: known?.id ?? productIdFromItem(item),
      seed: known ? null : { name: name || item, items: [item] },
      fields,
      tags: splitTags(cell('tags')),
    },
  };
}

/** `2.5kg`, `950 ml`, `6杯`; a bare number takes the unit of its own column. */
function parsePack(text: string, unitCell: string): { milli: number; unit: (typeof packWords)[number][0] } | null {
  const found = /^([\d.,]+)\s*(.*)$/.exec(text.normalize('NFKC'));
  if (!found) return null;
  const word = (found[2] || unitCell).trim().toLowerCase();
  const unit = packWords.find(([, words]) => words.includes(word))?.[0];
  const milli = integer(scaled(parseAmount(found[1] ?? ''), 1000));
  return unit && milli ? { milli, unit } : null;
}

function parseDays(text: string): number | null {
  const found = /^([\d.]+)\s*(.*)$/.exec(text.normalize('NFKC').toLowerCase());
  const days = spanWords.find(([, words]) => words.includes(found?.[2]?.trim() ?? '?'))?.[0];
  return found && days ? integer(Math.round(Number(found[1]) * days)) : null;
}

function integer(value: number): number | null {
  return Number.isSafeInteger(value) && value >= 0 ? value : null;
}
