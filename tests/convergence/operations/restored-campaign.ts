import * as Y from 'yjs';
import { addCard, readCampaign } from '#core/campaigns/campaign.doc.ts';
import { columns } from '#core/campaigns/campaign.ts';
import { objectKindsOf } from '#core/workspace/history/object-kinds.ts';
import { restoreObjects } from '#core/workspace/history/restore-objects.doc.ts';
import { type OperationTable, operation } from '../operation-table.ts';
import { table as campaign } from './campaign.ts';

const kinds = objectKindsOf('campaign/1');

/** Cards are led back to a version while others go on with them. */
export const table: OperationTable = {
  ...campaign,
  name: 'restored campaign',
  covers: ['core/workspace/history/restore-objects.doc.ts'],
  operations: [
    ...campaign.operations,
    operation(
      'restore',
      (dice, doc) => {
        const ids = readCampaign(doc).cards.map(({ id }) => id);
        const was = ids.filter(() => dice.chance(0.6)).map((id) => ({ id, title: `邀请 ${dice.below(9)}` }));
        return dice.chance(0.2) ? { was: [...was, { id: dice.id('r'), title: '备货' }], ids } : null;
      },
      (doc, { was, ids }) => {
        const then = new Y.Doc();
        then.clientID = 1;
        for (const { id, title } of was) addCard(then, { id, title, column: columns[0] });
        const objects = new Set([...ids, ...was.map(({ id }) => id)]);
        if (kinds)
          restoreObjects(
            doc,
            then,
            kinds,
            [...objects].map((id) => ({ collection: 'cards', id })),
          );
        then.destroy();
      },
    ),
  ],
};
