/**
 * The list of campaigns. In room `settings`, top-level `campaigns`: Y.Map id → Y.Map{ title: Y.Text, startMs,
 * plannedMinutes, phase, archived }. Version 1; owner and operator write. Two people creating at once keep both;
 * titles merge by character; the chosen values take the last writing. Nothing is ever deleted: a campaign's facts
 * point at its id, so it is archived instead.
 */
import * as Y from 'yjs';
import { type Result, fail, ok } from '../result.ts';
import { isSlug } from '../units/ids.ts';
import { nameLimits } from '../units/name-limits.ts';
import { type Entry, asEntry, newText, numberIn, oneOf, setField, sharedTextIn, textIn } from './fields.doc.ts';

export const phases = ['before', 'during', 'after'] as const;
export type Phase = (typeof phases)[number];

export interface Campaign {
  readonly id: string;
  readonly title: string;
  readonly startMs: number;
  readonly plannedMinutes: number;
  readonly phase: Phase;
  readonly archived: boolean;
}

export interface CampaignList {
  /** Newest start first; ties by id. */
  readonly campaigns: readonly Campaign[];
  readonly skipped: number;
}

export type CampaignResult = Result<
  'done' | 'unchanged',
  { readonly kind: 'unknown-campaign' | 'unusable-id' | 'title-too-long' }
>;

export const defaultPlannedMinutes = 120;
const origin = 'campaign-list';

export const campaignListType = (doc: Y.Doc): Y.Map<Entry> => doc.getMap<Entry>('campaigns');

export const readCampaignList = (doc: Y.Doc): CampaignList => {
  const campaigns: Campaign[] = [];
  let skipped = 0;
  for (const [id, value] of campaignListType(doc)) {
    const campaign = readCampaign(id, value);
    if (campaign) campaigns.push(campaign);
    else skipped++;
  }
  campaigns.sort((a, b) => b.startMs - a.startMs || (a.id < b.id ? -1 : 1));
  return Object.freeze({ campaigns: Object.freeze(campaigns), skipped });
};

function readCampaign(id: string, value: unknown): Campaign | null {
  const entry = asEntry(value);
  const startMs = entry && numberIn(entry, 'startMs');
  if (!entry || startMs === null || !isSlug(id)) return null;
  return Object.freeze({
    id,
    title: textIn(entry, 'title'),
    startMs,
    plannedMinutes: numberIn(entry, 'plannedMinutes') ?? defaultPlannedMinutes,
    phase: oneOf(entry.get('phase'), phases, 'before'),
    archived: entry.get('archived') === true,
  });
}

/** The id becomes a part of room names (`campaign/<id>`, `show/<id>`), so it must be a slug. */
export const addCampaign = (
  doc: Y.Doc,
  campaign: { readonly id: string; readonly title: string; readonly startMs: number; readonly plannedMinutes?: number },
  by: unknown = origin,
): CampaignResult => {
  if (!isSlug(campaign.id)) return fail({ kind: 'unusable-id' });
  if (campaign.title.length > nameLimits.campaign) return fail({ kind: 'title-too-long' });
  const campaigns = campaignListType(doc);
  if (campaigns.has(campaign.id)) return ok('unchanged');
  doc.transact(() => {
    const entry: Entry = new Y.Map();
    campaigns.set(campaign.id, entry);
    entry.set('title', newText(campaign.title));
    entry.set('startMs', campaign.startMs);
    entry.set('plannedMinutes', campaign.plannedMinutes ?? defaultPlannedMinutes);
    entry.set('phase', 'before');
    entry.set('archived', false);
  }, by);
  return ok('done');
};

export const changeCampaign = (
  doc: Y.Doc,
  id: string,
  change: Partial<Pick<Campaign, 'startMs' | 'plannedMinutes' | 'phase' | 'archived'>>,
  by: unknown = origin,
): CampaignResult => {
  const entry = asEntry(campaignListType(doc).get(id));
  if (!entry) return fail({ kind: 'unknown-campaign' });
  let isChanged = false;
  doc.transact(() => {
    for (const [key, value] of Object.entries(change)) if (setField(entry, key, value)) isChanged = true;
  }, by);
  return ok(isChanged ? 'done' : 'unchanged');
};

export const campaignTitle = (doc: Y.Doc, id: string): Y.Text | null =>
  sharedTextIn(asEntry(campaignListType(doc).get(id)), 'title');
