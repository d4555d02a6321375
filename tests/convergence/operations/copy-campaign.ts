import * as Y from 'yjs';
import { addCard, readCampaign } from '#core/campaigns/campaign.doc.ts';
import { copyPlan, copyRunOfShow } from '#core/campaigns/copy-campaign.doc.ts';
import { addRunOfShowItem } from '#core/campaigns/run-of-show.doc.ts';
import { readShow } from '#core/campaigns/show.doc.ts';
import { type OperationTable, operation } from '../operation-table.ts';

const source = new Y.Doc();
for (const id of ['a', 'b', 'c']) {
  addCard(source, { id, title: id, deadlineMs: 10, checklist: [{ id: 'k', text: 'x' }] });
  addRunOfShowItem(source, { id, kind: 'talk', title: id, script: 'x' });
}

export const table: OperationTable = {
  name: 'copy-campaign',
  covers: ['core/campaigns/copy-campaign.doc.ts'],
  read: (doc) => ({ plan: readCampaign(doc), show: readShow(doc) }),
  operations: [
    operation(
      'copy-plan',
      (dice) => dice.below(100),
      (doc, shiftMs) => copyPlan(source, doc, shiftMs),
    ),
    operation(
      'copy-run-of-show',
      () => true,
      (doc) => copyRunOfShow(source, doc),
    ),
    operation('add', (dice) => ({ id: dice.id('n'), title: 'new' }), addCard),
  ],
};
