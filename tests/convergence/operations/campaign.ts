import { expect } from 'vitest';
import type * as Y from 'yjs';
import {
  addCard,
  addChecklistItem,
  addRemark,
  cardText,
  changeCard,
  checklistText,
  moveCard,
  readCampaign,
  removeCard,
  removeChecklistItem,
  resolveRemark,
  tickChecklistItem,
} from '#core/campaigns/campaign.doc.ts';
import { type Card, columns } from '#core/campaigns/campaign.ts';
import { phases } from '#core/campaigns/campaign-list.doc.ts';
import { type Dice, type OperationTable, operation } from '../operation-table.ts';
import { applyTextEdit, chooseTextEdit } from '../text-edit.ts';

const aCard = (dice: Dice, doc: Y.Doc): Card | null => {
  const { cards } = readCampaign(doc);
  return cards.length > 0 ? dice.pick(cards) : null;
};

export const table: OperationTable = {
  name: 'campaign',
  covers: ['core/campaigns/campaign.doc.ts'],
  read: readCampaign,
  check: (doc) => {
    const { cards, skipped } = readCampaign(doc);
    expect(new Set(cards.map(({ id }) => id)).size).toBe(cards.length);
    expect(skipped).toBe(0);
  },
  operations: [
    operation('add', (dice) => ({ id: dice.id('c'), title: '邀请', column: dice.pick(columns) }), addCard),
    operation(
      'move',
      (dice, doc) => {
        const card = aCard(dice, doc);
        const before = dice.chance(0.3) ? null : (aCard(dice, doc)?.id ?? null);
        return card && { id: card.id, column: dice.pick(columns), beforeCardId: before };
      },
      moveCard,
    ),
    operation(
      'change',
      (dice, doc) => {
        const card = aCard(dice, doc);
        const change = dice.pick([
          { owner: '许宁' },
          { owner: '' },
          { deadlineMs: dice.below(999) },
          { phase: dice.pick(phases) },
        ]);
        return card && { id: card.id, change };
      },
      (doc, { id, change }) => void changeCard(doc, id, change),
    ),
    operation('remove', (dice, doc) => (dice.chance(0.2) ? (aCard(dice, doc)?.id ?? null) : null), removeCard),
    operation(
      'type',
      (dice, doc) => {
        const card = aCard(dice, doc);
        const field = dice.pick(['title', 'note'] as const);
        return card && { id: card.id, field, edit: chooseTextEdit(dice, card[field].length) };
      },
      (doc, { id, field, edit }) => applyTextEdit(cardText(doc, id, field), edit),
    ),
    operation(
      'add-line',
      (dice, doc) => {
        const card = aCard(dice, doc);
        return card && { card: card.id, id: dice.id('k'), text: '打电话' };
      },
      (doc, { card, ...line }) => void addChecklistItem(doc, card, line),
    ),
    operation(
      'tick',
      (dice, doc) => {
        const card = aCard(dice, doc);
        return card?.checklist.length
          ? { card: card.id, id: dice.pick(card.checklist).id, isDone: dice.chance(0.7) }
          : null;
      },
      (doc, { card, id, isDone }) => void tickChecklistItem(doc, card, id, isDone),
    ),
    operation(
      'type-line',
      (dice, doc) => {
        const card = aCard(dice, doc);
        const line = card?.checklist.length ? dice.pick(card.checklist) : null;
        return card && line && { card: card.id, id: line.id, edit: chooseTextEdit(dice, line.text.length) };
      },
      (doc, { card, id, edit }) => applyTextEdit(checklistText(doc, card, id), edit),
    ),
    operation(
      'remove-line',
      (dice, doc) => {
        const card = aCard(dice, doc);
        return card?.checklist.length && dice.chance(0.3) ? { card: card.id, id: dice.pick(card.checklist).id } : null;
      },
      (doc, { card, id }) => void removeChecklistItem(doc, card, id),
    ),
    operation(
      'remark',
      (dice, doc) => ({
        id: dice.id('r'),
        about: `card/${aCard(dice, doc)?.id ?? ''}`,
        quote: '',
        text: '谁跟',
        byName: '何苗',
        atMs: dice.below(99),
      }),
      addRemark,
    ),
    operation(
      'resolve',
      (dice, doc) => {
        const { remarks } = readCampaign(doc);
        return remarks.length > 0 ? { id: dice.pick(remarks).id, isResolved: dice.chance(0.8) } : null;
      },
      (doc, { id, isResolved }) => void resolveRemark(doc, id, isResolved),
    ),
  ],
};
