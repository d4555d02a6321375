/** The plan of one broadcast as another: its cards and its run of show, nothing of what happened. Answers the new id. */
import { type Campaign, addCampaign } from '#core/campaigns/campaign-list.doc.ts';
import { copyPlan, copyRunOfShow } from '#core/campaigns/copy-campaign.doc.ts';
import { createId } from './create-id.ts';
import type { Workspace } from './workspace.ts';

const patienceMs = 3000;

export const planAgain = async (
  workspace: Workspace,
  from: Campaign,
  { title, startMs }: { readonly title: string; readonly startMs: number },
): Promise<string> => {
  const id = createId('c');
  const open = (path: string) => workspace.open(path);
  const settings = open('settings');
  const [oldPlan, oldShow] = [open(`campaign/${from.id}`), open(`show/${from.id}`)];
  const [newPlan, newShow] = [open(`campaign/${id}`), open(`show/${id}`)];
  const documents = [settings, oldPlan, oldShow, newPlan, newShow];
  await Promise.all(documents.map(({ loaded }) => loaded));
  addCampaign(settings.doc, { id, title, startMs, plannedMinutes: from.plannedMinutes });
  // The old plan may not be on this device yet; without a network we copy what is.
  const patience = new Promise<void>((resolve) => setTimeout(resolve, patienceMs));
  await Promise.race([Promise.all([oldPlan.synced, oldShow.synced]), patience]);
  copyPlan(oldPlan.doc, newPlan.doc, startMs - from.startMs);
  copyRunOfShow(oldShow.doc, newShow.doc);
  for (const document of documents) document.close();
  return id;
};
