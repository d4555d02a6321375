import { addImport, readImports, setImportWithdrawn } from '#core/datasets/imports.doc.ts';
import type { ImportId } from '#core/units/ids.ts';
import { type OperationTable, operation } from '../operation-table.ts';

export const table: OperationTable = {
  name: 'imports',
  covers: ['core/datasets/imports.doc.ts'],
  read: readImports,
  operations: [
    operation(
      'add',
      (dice) => ({ id: dice.chance(0.2) ? 'same' : dice.id('i'), atMs: dice.below(9), lines: dice.below(99) }),
      (doc, { id, atMs, lines }) =>
        addImport(doc, {
          id: id as ImportId,
          fileName: 'orders.csv',
          fileHash: 'h',
          source: 'generic',
          mapping: { order: '订单号' },
          atMs,
          member: 'xu',
          lines,
          rejected: 0,
          chunks: 1,
        }),
    ),
    operation(
      'withdraw',
      (dice, doc) => {
        const { imports } = readImports(doc);
        const importId: string = imports.length > 0 ? dice.pick(imports).id : 'unknown';
        return { importId, withdrawn: dice.chance(0.5), atMs: dice.below(99), member: 'xu' };
      },
      setImportWithdrawn,
    ),
  ],
};
