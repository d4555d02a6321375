import { expect } from 'vitest';
import { endBroadcast, setCurrentItem, setPrompter, startBroadcast } from '#core/campaigns/on-air.doc.ts';
import {
  addRunOfShowItem,
  changeRunOfShowItem,
  itemScript,
  itemTitle,
  moveRunOfShowItem,
  removeRunOfShowItem,
} from '#core/campaigns/run-of-show.doc.ts';
import { itemKinds } from '#core/campaigns/run-of-show.ts';
import { readShow } from '#core/campaigns/show.doc.ts';
import {
  addMark,
  removeMark,
  addSuggestion,
  answerPushedLine,
  notePushedReached,
  answerSuggestion,
  pushLine,
} from '#core/campaigns/suggestions.doc.ts';
import type * as Y from 'yjs';
import { type Dice, type OperationTable, operation } from '../operation-table.ts';
import { applyTextEdit, chooseTextEdit } from '../text-edit.ts';

const anItem = (dice: Dice, doc: Y.Doc): string | null => {
  const { items } = readShow(doc);
  return items.length > 0 ? dice.pick(items).id : null;
};
const aPlace = (dice: Dice, doc: Y.Doc): string | null => (dice.chance(0.2) ? null : anItem(dice, doc));

export const table: OperationTable = {
  name: 'show',
  covers: [
    'core/campaigns/show.doc.ts',
    'core/campaigns/run-of-show.doc.ts',
    'core/campaigns/on-air.doc.ts',
    'core/campaigns/suggestions.doc.ts',
  ],
  read: readShow,
  check: (doc) => {
    const show = readShow(doc);
    expect(new Set(show.items.map(({ id }) => id)).size).toBe(show.items.length);
    expect(show.skipped).toBe(0);
  },
  operations: [
    operation(
      'add',
      (dice, doc) => ({
        // Two people may add the same item: a replayed command, a copied campaign.
        id: dice.chance(0.1) ? 'opening' : dice.id('i'),
        kind: dice.pick(itemKinds),
        title: dice.pick(['牛腩', 'Opening']),
        beforeItemId: aPlace(dice, doc),
      }),
      addRunOfShowItem,
    ),
    operation(
      'move',
      (dice, doc) => {
        const itemId = anItem(dice, doc);
        return itemId === null ? null : { itemId, beforeItemId: aPlace(dice, doc) };
      },
      moveRunOfShowItem,
    ),
    operation(
      'change',
      (dice, doc) => {
        const id = anItem(dice, doc);
        const change = dice.pick([
          { minutes: dice.below(20) },
          { owner: dice.pick(['李禾', '何苗', '']) },
          { locked: dice.chance(0.2) },
          { priceFen: dice.below(9000) },
        ]);
        return id === null ? null : { id, change };
      },
      (doc, { id, change }) => void changeRunOfShowItem(doc, id, change),
    ),
    operation('remove', (dice, doc) => (dice.chance(0.3) ? anItem(dice, doc) : null), removeRunOfShowItem),
    operation(
      'type',
      (dice, doc) => {
        const item = readShow(doc).items.find(({ id }) => id === anItem(dice, doc));
        return item ? { id: item.id, edit: chooseTextEdit(dice, item.script.length) } : null;
      },
      (doc, { id, edit }) => applyTextEdit(itemScript(doc, id), edit),
    ),
    operation(
      'rename',
      (dice, doc) => {
        const item = readShow(doc).items.find(({ id }) => id === anItem(dice, doc));
        return item ? { id: item.id, edit: chooseTextEdit(dice, item.title.length) } : null;
      },
      (doc, { id, edit }) => applyTextEdit(itemTitle(doc, id), edit),
    ),
    operation('start', (dice) => (dice.chance(0.1) ? dice.below(1000) : null), startBroadcast),
    operation('end', (dice) => (dice.chance(0.02) ? 1000 + dice.below(1000) : null), endBroadcast),
    operation(
      'show',
      (dice, doc) => {
        const id = anItem(dice, doc);
        return id === null ? null : { id, atMs: dice.below(2000) };
      },
      (doc, { id, atMs }) => void setCurrentItem(doc, id, atMs),
    ),
    operation(
      'prompt',
      (dice, doc) => ({ itemId: anItem(dice, doc) ?? '', line: dice.below(9), isRunning: dice.chance(0.5) }),
      setPrompter,
    ),
    operation(
      'push',
      (dice) => ({
        id: dice.id('p'),
        text: '冷藏',
        sourceFact: '',
        from: '许宁',
        askers: dice.below(9),
        atMs: dice.below(99),
      }),
      pushLine,
    ),
    operation('reach', (dice) => dice.below(99), notePushedReached),
    operation(
      'answer-line',
      (dice, doc) => {
        const { pushed } = readShow(doc);
        return pushed.length > 0
          ? { id: dice.pick(pushed).id, state: dice.pick(['said', 'later', 'dismissed'] as const) }
          : null;
      },
      answerPushedLine,
    ),
    operation(
      'suggest',
      (dice, doc) => {
        const itemId = anItem(dice, doc);
        return itemId === null
          ? null
          : {
              id: dice.id('s'),
              itemId,
              beforeItemId: aPlace(dice, doc),
              evidence: { clicks: dice.below(50) },
              atMs: dice.below(99),
            };
      },
      addSuggestion,
    ),
    operation(
      'answer-suggestion',
      (dice, doc) => {
        const { suggestions } = readShow(doc);
        return suggestions.length > 0
          ? { id: dice.pick(suggestions).id, state: dice.pick(['accepted', 'dismissed'] as const), byMember: 'xu' }
          : null;
      },
      answerSuggestion,
    ),
    operation(
      'mark',
      (dice, doc) => ({
        id: dice.id('m'),
        kind: 'highlight',
        itemId: anItem(dice, doc) ?? '',
        atMs: dice.below(99),
        byMember: 'xu',
      }),
      addMark,
    ),
    operation(
      'take-back-mark',
      (dice, doc) => {
        const { marks } = readShow(doc);
        return marks.length > 0 ? dice.pick(marks).id : null;
      },
      removeMark,
    ),
  ],
};
