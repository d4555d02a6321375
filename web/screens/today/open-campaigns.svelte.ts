/** The campaigns around today with their plans and shows, opened as needed and closed together. */
import { readCampaign, campaignTypes } from '#core/campaigns/campaign.doc.ts';
import type { CampaignPlan } from '#core/campaigns/campaign.ts';
import { type Campaign, campaignListType, readCampaignList } from '#core/campaigns/campaign-list.doc.ts';
import type { Show } from '#core/campaigns/run-of-show.ts';
import { readShow, showTypes } from '#core/campaigns/show.doc.ts';
import { type DocSignal, docSignal } from '#web/workspace/doc-signal.svelte.ts';
import type { OpenDocument, Workspace } from '#web/workspace/workspace.ts';

export interface OpenCampaign {
  readonly campaign: Campaign;
  readonly plan: CampaignPlan;
  readonly show: Show;
}

interface Opened {
  readonly documents: readonly OpenDocument[];
  readonly plan: DocSignal<CampaignPlan>;
  readonly show: DocSignal<Show>;
}

const dayMs = 86_400_000;

export class OpenCampaigns {
  readonly #workspace: Workspace;
  readonly #settings: OpenDocument;
  readonly #list;
  readonly #nowMs: () => number;
  readonly #openedById: Record<string, Opened> = {};
  isLoaded = $state(false);

  constructor(workspace: Workspace, nowMs: () => number) {
    this.#workspace = workspace;
    this.#nowMs = nowMs;
    this.#settings = workspace.open('settings');
    this.#list = docSignal([campaignListType(this.#settings.doc)], () => readCampaignList(this.#settings.doc));
    void this.#settings.loaded.then(() => (this.isLoaded = true));
  }

  get canPlan(): boolean {
    return this.#settings.access === 'write';
  }

  readonly isEmpty = $derived.by(() => this.#list.current.campaigns.length === 0);

  /** Four days back (the 72 hours after a broadcast, and its length) to two weeks ahead; earliest first. */
  readonly around = $derived.by((): readonly OpenCampaign[] => {
    const now = this.#nowMs();
    return this.#list.current.campaigns
      .filter(({ archived, startMs }) => !archived && startMs > now - 4 * dayMs && startMs < now + 14 * dayMs)
      .reverse()
      .map((campaign) => {
        const opened = this.#open(campaign.id);
        return { campaign, plan: opened.plan.current, show: opened.show.current };
      });
  });

  /** On air, else the next to begin. */
  readonly next = $derived.by((): OpenCampaign | null => {
    const now = this.#nowMs();
    const live = this.around.find(({ show }) => show.onAir.startedMs !== null && show.onAir.endedMs === null);
    const isAhead = ({ campaign, show }: OpenCampaign): boolean =>
      campaign.phase === 'before' &&
      show.onAir.endedMs === null &&
      campaign.startMs + campaign.plannedMinutes * 60_000 > now;
    return live ?? this.around.find(isAhead) ?? null;
  });

  /** Over, and still within 72 hours; newest first. */
  readonly after = $derived.by((): readonly (OpenCampaign & { readonly endMs: number; readonly untilMs: number })[] => {
    const now = this.#nowMs();
    return this.around
      .flatMap((open) => {
        const planned = open.campaign.startMs + open.campaign.plannedMinutes * 60_000;
        const isPlannedOver = open.campaign.phase === 'after' && open.show.onAir.startedMs === null && planned <= now;
        const endMs = open.show.onAir.endedMs ?? (isPlannedOver ? planned : null);
        const untilMs = (endMs ?? 0) + 3 * dayMs;
        return endMs !== null && untilMs > now ? [{ ...open, endMs, untilMs }] : [];
      })
      .reverse();
  });

  #open(id: string): Opened {
    const known = this.#openedById[id];
    if (known) return known;
    const plan = this.#workspace.open(`campaign/${id}`);
    const show = this.#workspace.open(`show/${id}`);
    const opened = {
      documents: [plan, show],
      plan: docSignal(Object.values(campaignTypes(plan.doc)), () => readCampaign(plan.doc)),
      show: docSignal(Object.values(showTypes(show.doc)), () => readShow(show.doc)),
    };
    this.#openedById[id] = opened;
    return opened;
  }

  close(): void {
    this.#settings.close();
    for (const { documents } of Object.values(this.#openedById)) for (const document of documents) document.close();
  }
}
