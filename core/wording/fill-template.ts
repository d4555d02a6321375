/**
 * Fills `{name}` places of a template from fields that exist. A field that is missing or empty refuses the whole
 * sentence: a half-filled promise is worse than none. Nothing is invented, nothing is guessed.
 */
import type { Product } from '../catalogue/product.ts';
import { type Result, fail, ok } from '../result.ts';
import { fieldNames, packUnitWords, storageWords } from './product-words.data.ts';

export type TemplateFailure = { readonly kind: 'missing-field'; readonly field: string };

const place = /\{([^{}]+)\}/g;

export const fillTemplate = (
  template: string,
  fields: Readonly<Record<string, string>>,
): Result<string, TemplateFailure> => {
  for (const [, field = ''] of template.matchAll(place)) {
    if (!Object.hasOwn(fields, field) || fields[field] === '') return fail({ kind: 'missing-field', field });
  }
  return ok(template.replace(place, (_, field: string) => fields[field] ?? ''));
};

/** The fields of a product card under the names templates use, and every fact under its own key. Only what is known. */
export const fieldsFromProduct = (product: Product): Readonly<Record<string, string>> => {
  const fields: Record<string, string> = { ...product.facts, [fieldNames.name]: product.name };
  if (product.priceFen !== null) fields[fieldNames.price] = priceText(product.priceFen);
  if (product.packMilli !== null && product.packUnit !== '') {
    fields[fieldNames.pack] = `${product.packMilli / 1000}${packUnitWords[product.packUnit]}`;
  }
  if (product.storage !== '') fields[fieldNames.storage] = storageWords[product.storage];
  if (product.shelfLifeDays !== null) fields[fieldNames.shelfLife] = `${product.shelfLifeDays}${packUnitWords.day}`;
  return fields;
};

function priceText(fen: number): string {
  return `\u00a5${fen % 100 === 0 ? fen / 100 : (fen / 100).toFixed(2)}`;
}
