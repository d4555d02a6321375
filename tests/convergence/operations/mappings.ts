import { defaultAnswers } from '#core/intake/mapping.ts';
import { mappingsOf, readMapping, rememberMapping } from '#core/intake/mappings.doc.ts';
import { type OperationTable, operation } from '../operation-table.ts';

export const table: OperationTable = {
  name: 'mappings',
  covers: ['core/intake/mappings.doc.ts'],
  read: (doc) => [...mappingsOf(doc).keys()].sort().map((signature) => [signature, readMapping(doc, signature)]),
  operations: [
    operation(
      'remember',
      (dice) => ({
        signature: dice.pick(['a', 'b', 'c']),
        shop: dice.pick(['one', 'two']),
        atMs: dice.below(99),
        isFen: dice.chance(0.5),
      }),
      (doc, { signature, shop, atMs, isFen }) =>
        rememberMapping(doc, signature, {
          mapping: { format: 'generic', columns: [], answers: { ...defaultAnswers, fenPerUnit: isFen ? 1 : 100 } },
          answered: ['money'],
          fileName: 'orders.csv',
          shop,
          atMs,
        }),
    ),
  ],
};
