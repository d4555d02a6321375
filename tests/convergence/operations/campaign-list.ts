import type * as Y from 'yjs';
import {
  addCampaign,
  campaignTitle,
  changeCampaign,
  phases,
  readCampaignList,
} from '#core/campaigns/campaign-list.doc.ts';
import { type Dice, type OperationTable, operation } from '../operation-table.ts';
import { applyTextEdit, chooseTextEdit } from '../text-edit.ts';

const aCampaign = (dice: Dice, doc: Y.Doc) => {
  const { campaigns } = readCampaignList(doc);
  return campaigns.length > 0 ? dice.pick(campaigns) : null;
};

export const table: OperationTable = {
  name: 'campaign-list',
  covers: ['core/campaigns/campaign-list.doc.ts'],
  read: readCampaignList,
  operations: [
    operation(
      'add',
      (dice) => ({ id: dice.chance(0.1) ? 'friday' : dice.id('c'), title: '周五专场', startMs: dice.below(5) }),
      addCampaign,
    ),
    operation(
      'change',
      (dice, doc) => {
        const campaign = aCampaign(dice, doc);
        const change = dice.pick([
          { phase: dice.pick(phases) },
          { archived: dice.chance(0.5) },
          { startMs: dice.below(5) },
        ]);
        return campaign && { id: campaign.id, change };
      },
      (doc, { id, change }) => void changeCampaign(doc, id, change),
    ),
    operation(
      'rename',
      (dice, doc) => {
        const campaign = aCampaign(dice, doc);
        return campaign && { id: campaign.id, edit: chooseTextEdit(dice, campaign.title.length) };
      },
      (doc, { id, edit }) => applyTextEdit(campaignTitle(doc, id), edit),
    ),
  ],
};
