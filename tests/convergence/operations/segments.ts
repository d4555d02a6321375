import type * as Y from 'yjs';
import {
  addSegment,
  archiveSegment,
  dropDraft,
  keepRule,
  readSegments,
  replaceInRule,
  segmentText,
} from '#core/segments/segments.doc.ts';
import { type Dice, type OperationTable, operation } from '../operation-table.ts';
import { applyTextEdit, chooseTextEdit } from '../text-edit.ts';

const aSegment = (dice: Dice, doc: Y.Doc) => {
  const { segments } = readSegments(doc);
  return segments.length > 0 ? dice.pick(segments) : null;
};

export const table: OperationTable = {
  name: 'segments',
  covers: ['core/segments/segments.doc.ts'],
  read: readSegments,
  operations: [
    operation(
      'add',
      (dice) => ({
        id: dice.chance(0.2) ? 'same' : dice.id('s'),
        name: '烘焙',
        rule: 'tag=烘焙爱好者 AND no purchase in 7 days',
        createdMs: dice.below(9),
      }),
      addSegment,
    ),
    operation(
      'type',
      (dice, doc) => {
        const segment = aSegment(dice, doc);
        const field = dice.pick(['name', 'rule'] as const);
        return segment && { id: segment.id, field, edit: chooseTextEdit(dice, segment[field].length) };
      },
      (doc, { id, field, edit }) => applyTextEdit(segmentText(doc, id, field), edit),
    ),
    operation(
      'correct',
      (dice, doc) => {
        const segment = aSegment(dice, doc);
        return (
          segment && { id: segment.id, start: dice.below(20), length: dice.below(5), text: dice.pick(['', 'VIP']) }
        );
      },
      (doc, { id, ...change }) => void replaceInRule(doc, id, change),
    ),
    operation(
      'keep',
      (dice, doc) => {
        const segment = aSegment(dice, doc);
        return segment && { id: segment.id, rule: segment.rule };
      },
      (doc, { id, rule }) => void keepRule(doc, id, rule),
    ),
    operation(
      'drop draft',
      (dice, doc) => {
        const segment = aSegment(dice, doc);
        return segment && { id: segment.id };
      },
      (doc, { id }) => void dropDraft(doc, id),
    ),
    operation(
      'archive',
      (dice, doc) => {
        const segment = aSegment(dice, doc);
        return segment && { id: segment.id, archived: dice.chance(0.5) };
      },
      (doc, { id, archived }) => void archiveSegment(doc, id, archived),
    ),
  ],
};
