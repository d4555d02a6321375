/** The demo's documents, written by the very commands that people's hands use. Names of rooms are whole. */
import type * as Y from 'yjs';
import { addCampaign, changeCampaign } from '#core/campaigns/campaign-list.doc.ts';
import { addCard } from '#core/campaigns/campaign.doc.ts';
import { endBroadcast, startBroadcast } from '#core/campaigns/on-air.doc.ts';
import { addRunOfShowItem } from '#core/campaigns/run-of-show.doc.ts';
import { addMark } from '#core/campaigns/suggestions.doc.ts';
import { addProductsFromOrders } from '#core/catalogue/catalogue.doc.ts';
import { keepClip, setClipContent, setClipWindow } from '#core/content/library.doc.ts';
import { demoTeam } from '#core/demo/campaigns.data.ts';
import type { DemoCampaign } from '#core/demo/create-campaigns.ts';
import type { DemoBrand } from '#core/demo/create-demo-brand.ts';
import { addSegment } from '#core/segments/segments.doc.ts';
import type { Rooms } from '#sync-server/rooms/rooms.ts';

const origin = 'demo';
/** Marks and clips name who made them as the team is named, not by an id. */
const assistantName = demoTeam.find(([id]) => id === 'xu-ning')?.[1] ?? '';

export const writeDemoDocuments = async (
  rooms: Pick<Rooms, 'change'>,
  workspace: string,
  brand: Omit<DemoBrand, 'facts' | 'planted'>,
): Promise<void> => {
  const change = (path: string, write: (doc: Y.Doc) => void): Promise<void> =>
    rooms.change(`${workspace}/${path}`, origin, write);
  await change('catalogue', (doc) => void addProductsFromOrders(doc, brand.products));
  await change('library', (doc) => writeClips(doc, brand));
  const firstMs = Math.min(...brand.campaigns.map(({ startMs }) => startMs));
  await change('segments', (doc) => {
    for (const segment of brand.segments) addSegment(doc, { ...segment, createdMs: firstMs }, origin);
  });
  for (const campaign of brand.campaigns) {
    await change(`campaign/${campaign.id}`, (doc) => {
      for (const card of campaign.cards) addCard(doc, card, origin);
    });
    await change(`show/${campaign.id}`, (doc) => writeShow(doc, campaign));
  }
  await change('settings', (doc) => {
    for (const campaign of brand.campaigns) {
      addCampaign(doc, campaign, origin);
      changeCampaign(doc, campaign.id, { phase: campaign.phase }, origin);
    }
  });
};

function writeShow(doc: Y.Doc, campaign: DemoCampaign): void {
  for (const item of campaign.items) addRunOfShowItem(doc, item, origin);
  if (!campaign.onAir) return;
  startBroadcast(doc, campaign.onAir.startedMs, origin);
  endBroadcast(doc, campaign.onAir.endedMs, origin);
  for (const mark of campaign.marks) addMark(doc, { ...mark, kind: 'highlight', byMember: assistantName }, origin);
}

function writeClips(doc: Y.Doc, { clips, campaigns }: Pick<DemoBrand, 'clips' | 'campaigns'>): void {
  for (const clip of clips) {
    const startedMs = campaigns.find((campaign) => campaign.id === clip.campaign)?.startMs ?? clip.fromMs;
    const kept = keepClip(doc, {
      markId: clip.id,
      campaignId: clip.campaign,
      productId: clip.productId,
      title: clip.title,
      text: clip.text,
      tags: clip.tags,
      markedMs: clip.untilMs,
      startedMs,
      byMember: assistantName,
    });
    if (!kept.ok) continue;
    setClipWindow(doc, kept.value, clip.fromMs - startedMs, clip.untilMs - startedMs);
    setClipContent(doc, kept.value, clip.content);
  }
}
