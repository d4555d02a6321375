/** The plan of one broadcast as another that begins now: its cards and its run of show, nothing of what happened. */
import { type Campaign, addCampaign } from '#core/campaigns/campaign-list.doc.ts';
import { copyPlan, copyRunOfShow } from '#core/campaigns/copy-campaign.doc.ts';
import type { Workspace } from '#web/workspace/workspace.ts';

export const planAgain = async (workspace: Workspace, from: Campaign, id: string): Promise<void> => {
  const startMs = workspace.nowMs();
  const paths = ['settings', `campaign/${from.id}`, `campaign/${id}`, `show/${from.id}`, `show/${id}`];
  const documents = paths.map((path) => workspace.open(path));
  await Promise.all(documents.map(({ loaded }) => loaded));
  const [settings, oldPlan, newPlan, oldShow, newShow] = documents.map(({ doc }) => doc);
  if (settings && oldPlan && newPlan && oldShow && newShow) {
    copyPlan(oldPlan, newPlan, startMs - from.startMs);
    copyRunOfShow(oldShow, newShow);
    addCampaign(settings, { ...from, id, startMs });
  }
  for (const document of documents) document.close();
};
