/**
 * Copies the plan of one campaign into the empty documents of another: cards unticked and not ready, deadlines and run
 * of show shifted with the start, scripts as they stand. Nothing of what happened (on air, marks, suggestions, pushed
 * lines, remarks) comes along. Ids are kept and what is already there is skipped, so a replay changes nothing.
 */
import type * as Y from 'yjs';
import { addCard, readCampaign } from './campaign.doc.ts';
import { addRunOfShowItem } from './run-of-show.doc.ts';
import { readRunOfShow } from './show.doc.ts';

const origin = 'copy-campaign';

export const copyPlan = (from: Y.Doc, to: Y.Doc, shiftMs: number, by: unknown = origin): void => {
  to.transact(() => {
    for (const card of readCampaign(from).cards) {
      const deadlineMs = card.deadlineMs === null ? null : card.deadlineMs + shiftMs;
      const checklist = card.checklist.map(({ id, text }) => ({ id, text }));
      addCard(to, { ...card, column: 'not-ready', deadlineMs, checklist }, by);
    }
  }, by);
};

export const copyRunOfShow = (from: Y.Doc, to: Y.Doc, by: unknown = origin): void => {
  to.transact(() => {
    for (const item of readRunOfShow(from).items) addRunOfShowItem(to, { ...item, beforeItemId: null }, by);
  }, by);
};
