import { brandText, readBrand, renameBrand } from '#core/workspace/brand.doc.ts';
import { type OperationTable, operation } from '../operation-table.ts';
import { applyTextEdit, chooseTextEdit } from '../text-edit.ts';

export const table: OperationTable = {
  name: 'brand',
  covers: ['core/workspace/brand.doc.ts'],
  read: readBrand,
  operations: [
    operation('rename', (dice) => dice.pick(['北坡食集', 'North Slope', '北坡']), renameBrand),
    operation(
      'type',
      (dice, doc) => chooseTextEdit(dice, brandText(doc).length),
      (doc, edit) => applyTextEdit(brandText(doc), edit),
    ),
  ],
};
