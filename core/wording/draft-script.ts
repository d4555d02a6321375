/** A first script for a product: every starter line whose fields the card has, and that passes the check. One line each. */
import type { Product } from '../catalogue/product.ts';
import { checkLine, verdictOf } from './check-line.ts';
import { deriveProductKind } from './derive-product-kind.ts';
import { fieldsFromProduct, fillTemplate } from './fill-template.ts';
import { scriptTemplates } from './script-templates.data.ts';

export const draftScript = (product: Product): readonly string[] => {
  const fields = fieldsFromProduct(product);
  const kind = deriveProductKind(product);
  return scriptTemplates.flatMap((template) => {
    const line = fillTemplate(template, fields);
    return line.ok && verdictOf(checkLine(line.value, kind)) !== 'block' ? [line.value] : [];
  });
};
