import type * as Y from 'yjs';
import {
  archiveClip,
  clipText,
  keepClip,
  readLibrary,
  setClipContent,
  setClipProduct,
  setClipTag,
  setClipWindow,
} from '#core/content/library.doc.ts';
import { type Dice, type OperationTable, operation } from '../operation-table.ts';
import { applyTextEdit, chooseTextEdit } from '../text-edit.ts';

const tags = ['效果-酥脆', '卖点-产地', 'how-cook'] as const;
const aClip = (dice: Dice, doc: Y.Doc) => {
  const { clips } = readLibrary(doc);
  return clips.length > 0 ? dice.pick(clips) : null;
};

export const table: OperationTable = {
  name: 'library',
  covers: ['core/content/library.doc.ts'],
  read: readLibrary,
  operations: [
    operation(
      'keep',
      (dice) => ({
        markId: dice.chance(0.3) ? 'same' : dice.id('m'),
        campaignId: 'friday',
        productId: 'milk',
        title: '酥脆一刻',
        text: '听这个声音',
        tags: [dice.pick(tags)],
        markedMs: dice.below(900_000),
        startedMs: 0,
        byMember: 'xu',
      }),
      keepClip,
    ),
    operation(
      'tag',
      (dice, doc) => {
        const clip = aClip(dice, doc);
        return clip && { id: clip.id, tag: dice.pick(tags), isOn: dice.chance(0.6) };
      },
      (doc, { id, tag, isOn }) => void setClipTag(doc, id, tag, isOn),
    ),
    operation(
      'window',
      (dice, doc) => {
        const clip = aClip(dice, doc);
        const startMs = dice.below(600_000);
        return clip && { id: clip.id, startMs, endMs: startMs + dice.below(90_000) };
      },
      (doc, { id, startMs, endMs }) => void setClipWindow(doc, id, startMs, endMs),
    ),
    operation(
      'change',
      (dice, doc) => {
        const clip = aClip(dice, doc);
        return (
          clip && {
            id: clip.id,
            productId: dice.pick(['milk', 'beef']),
            isArchived: dice.chance(0.2),
            content: dice.pick(['', 'story'] as const),
          }
        );
      },
      (doc, { id, productId, isArchived, content }) => {
        setClipProduct(doc, id, productId);
        setClipContent(doc, id, content);
        archiveClip(doc, id, isArchived);
      },
    ),
    operation(
      'type',
      (dice, doc) => {
        const clip = aClip(dice, doc);
        const field = dice.pick(['title', 'text'] as const);
        return clip && { id: clip.id, field, edit: chooseTextEdit(dice, clip[field].length) };
      },
      (doc, { id, field, edit }) => applyTextEdit(clipText(doc, id, field), edit),
    ),
  ],
};
