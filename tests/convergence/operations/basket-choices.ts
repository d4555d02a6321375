import { chooseBasket, readBasketChoices } from '#core/insight/basket/choices.doc.ts';
import { type OperationTable, operation } from '../operation-table.ts';

export const table: OperationTable = {
  name: 'basket choices',
  covers: ['core/insight/basket/choices.doc.ts'],
  read: readBasketChoices,
  operations: [
    operation(
      'choose',
      (dice, doc) => ({
        ...readBasketChoices(doc),
        ...(dice.chance(0.5) ? { thenDays: dice.below(400) } : { fewestOrders: dice.below(50) }),
      }),
      (doc, choices) => void chooseBasket(doc, choices),
    ),
  ],
};
