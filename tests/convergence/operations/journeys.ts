import { followUpSteps } from '#core/journeys/follow-up.ts';
import { beginTemplate, dropTemplate, messageTextOf, readTemplates } from '#core/journeys/journeys.doc.ts';
import { type OperationTable, operation } from '../operation-table.ts';
import { applyTextEdit, chooseTextEdit } from '../text-edit.ts';

export const table: OperationTable = {
  name: 'journeys',
  covers: ['core/journeys/journeys.doc.ts'],
  read: (doc) => readTemplates(doc, 'friday'),
  operations: [
    operation(
      'begin',
      (dice) => dice.pick(followUpSteps),
      (doc, step) => void beginTemplate(doc, 'friday', step),
    ),
    operation(
      'drop',
      (dice) => (dice.chance(0.2) ? dice.pick(followUpSteps) : null),
      (doc, step) => void dropTemplate(doc, 'friday', step),
    ),
    operation(
      'type',
      (dice, doc) => {
        const step = dice.pick(followUpSteps);
        return { step, edit: chooseTextEdit(dice, messageTextOf(doc, 'friday', step).length) };
      },
      (doc, { step, edit }) => applyTextEdit(messageTextOf(doc, 'friday', step), edit),
    ),
  ],
};
