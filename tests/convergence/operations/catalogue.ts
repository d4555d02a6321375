import type * as Y from 'yjs';
import {
  addProductsFromOrders,
  confirmTag,
  mergeProducts,
  readCatalogue,
  removeTag,
  separateProduct,
  setProductFields,
} from '#core/catalogue/catalogue.doc.ts';
import type { Product } from '#core/catalogue/product.ts';
import type { ProductId } from '#core/units/ids.ts';
import { type Dice, type OperationTable, operation } from '../operation-table.ts';

const items = ['milk', 'beef', 'flour', 'oats', '番茄', 'tea'] as const;
const tags = ['烘焙爱好者', '孕妈关注', 'light'] as const;

const aProduct = (dice: Dice, doc: Y.Doc): Product | null => {
  const { products } = readCatalogue(doc);
  return products.length > 0 ? dice.pick(products) : null;
};
/** Merged products can be named too. */
const anId = (dice: Dice, doc: Y.Doc): ProductId | null => {
  const product = aProduct(dice, doc);
  return product && dice.pick([product.id, ...product.mergedFrom]);
};

export const table: OperationTable = {
  name: 'catalogue',
  covers: ['core/catalogue/catalogue.doc.ts'],
  read: readCatalogue,
  operations: [
    operation(
      'add',
      (dice) => {
        const first = dice.pick(items);
        return {
          name: `${first} ${dice.below(3)}`,
          items: [first, dice.pick(items)],
          facts: { origin: dice.pick(['北', '南']) },
        };
      },
      (doc, { name, items: [first = 'milk', ...rest], facts }) =>
        void addProductsFromOrders(doc, [{ name, items: [first, ...rest], facts }]),
    ),
    operation(
      'merge',
      (dice, doc) => {
        const [target, source] = [anId(dice, doc), anId(dice, doc)];
        return target && source ? { target, source } : null;
      },
      (doc, { target, source }) => void mergeProducts(doc, target as ProductId, source as ProductId),
    ),
    operation('separate', anId, (doc, id) => void separateProduct(doc, id)),
    operation(
      'fields',
      (dice, doc) => {
        const id = anId(dice, doc);
        const fields = dice.pick([
          { name: dice.pick(['鲜牛奶', '鲜牛奶 950ml', 'milk']) },
          { priceFen: dice.below(9000) },
          { category: dice.pick(['乳品', '']) },
          { facts: { origin: dice.pick(['', '呼伦贝尔', '呼伦贝尔牧场']) } },
          { storage: dice.pick(['chilled', 'frozen'] as const), shelfLifeDays: dice.below(90) },
        ]);
        return id && { id, fields };
      },
      (doc, { id, fields }) => void setProductFields(doc, id as ProductId, fields),
    ),
    ...[confirmTag, removeTag].map((mark, at) =>
      operation(
        `tag-${at}`,
        (dice, doc) => {
          const id = anId(dice, doc);
          return id && { id, tag: dice.pick(tags) };
        },
        (doc, { id, tag }) => void mark(doc, id as ProductId, tag),
      ),
    ),
  ],
};
