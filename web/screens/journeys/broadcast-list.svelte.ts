/** Broadcasts that have ended, newest first, with their 72 hours and how much was sent. */
import { campaignListType, readCampaignList } from '#core/campaigns/campaign-list.doc.ts';
import { readShow, showTypes } from '#core/campaigns/show.doc.ts';
import { windowMs } from '#core/journeys/broadcast-window.ts';
import { docSignal } from '#web/workspace/doc-signal.svelte.ts';
import { tickingNow } from '#web/workspace/ticking-now.svelte.ts';
import type { OpenDocument, Workspace } from '#web/workspace/workspace.ts';
import { endOfBroadcast } from './broadcast-of.ts';

export interface EndedBroadcast {
  readonly id: string;
  readonly title: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly untilMs: number;
}

interface OpenShow {
  readonly document: OpenDocument;
  readonly show: { readonly current: ReturnType<typeof readShow> };
}

/**
 * Shows of two weeks back and ahead are opened for their real end, which may come before the planned start; older
 * broadcasts are listed by their plan.
 */
const recentMs = 14 * 86_400_000;

export class BroadcastShelf {
  readonly #workspace: Workspace;
  readonly #settings: OpenDocument;
  readonly #shows: Record<string, OpenShow> = {};
  readonly #list;
  readonly #now;
  isLoaded = $state(false);

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
    this.#settings = workspace.open('settings');
    this.#list = docSignal([campaignListType(this.#settings.doc)], () => readCampaignList(this.#settings.doc));
    this.#now = tickingNow(() => workspace.nowMs());
    void this.#settings.loaded.then(() => (this.isLoaded = true));
  }

  get nowMs(): number {
    return this.#now.current;
  }

  readonly ended = $derived.by((): readonly EndedBroadcast[] =>
    this.#list.current.campaigns.flatMap((campaign) => {
      if (campaign.archived || campaign.startMs > this.nowMs + recentMs) return [];
      const onAir =
        campaign.startMs > this.nowMs - recentMs
          ? this.#showOf(campaign.id).current.onAir
          : { endedMs: null, startedMs: null, currentItemId: '', currentSinceMs: null };
      const endMs = endOfBroadcast(campaign, { onAir }, this.nowMs);
      if (endMs === null) return [];
      const startMs = Math.min(onAir.startedMs ?? campaign.startMs, endMs);
      return [{ id: campaign.id, title: campaign.title, startMs, endMs, untilMs: endMs + windowMs }];
    }),
  );
  readonly open = $derived.by(() => this.ended.filter(({ untilMs }) => untilMs > this.nowMs));
  readonly closed = $derived.by(() => this.ended.filter(({ untilMs }) => untilMs <= this.nowMs));

  close(): void {
    this.#settings.close();
    for (const { document } of Object.values(this.#shows)) document.close();
  }

  #showOf(id: string): { readonly current: ReturnType<typeof readShow> } {
    const known = this.#shows[id];
    if (known) return known.show;
    const document = this.#workspace.open(`show/${id}`);
    const show = docSignal(Object.values(showTypes(document.doc)), () => readShow(document.doc));
    this.#shows[id] = { document, show };
    return show;
  }
}
