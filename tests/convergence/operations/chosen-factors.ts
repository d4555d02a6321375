import { chooseFactors, readChosenFactors } from '#core/insight/repurchase/chosen-factors.doc.ts';
import { type OperationTable, operation } from '../operation-table.ts';

const scopes = [{ kind: 'shop' }, { kind: 'category', name: 'milk' }, { kind: 'product', key: 'p1' }] as const;

export const table: OperationTable = {
  name: 'chosen factors',
  covers: ['core/insight/repurchase/chosen-factors.doc.ts'],
  read: readChosenFactors,
  operations: [
    operation(
      'choose',
      (dice) => ({ scope: dice.below(scopes.length), stockUp: dice.below(11) / 10, isSummer: dice.chance(0.4) }),
      (doc, { scope, stockUp, isSummer }) => {
        const season = Array.from({ length: 12 }, (_, month) => (isSummer && month > 4 && month < 8 ? 0.8 : 1));
        chooseFactors(doc, scopes[scope] ?? scopes[0], { stockUp, ...(isSummer && { season }) });
      },
    ),
    operation(
      'go back',
      (dice) => (dice.chance(0.3) ? dice.below(scopes.length) : null),
      (doc, scope) => void chooseFactors(doc, scopes[scope] ?? scopes[0], null),
    ),
  ],
};
