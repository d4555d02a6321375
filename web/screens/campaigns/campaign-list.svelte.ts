/** The list of campaigns as its screen holds it. */
import {
  type Campaign,
  addCampaign,
  campaignListType,
  changeCampaign,
  readCampaignList,
} from '#core/campaigns/campaign-list.doc.ts';
import { createId } from '#web/workspace/create-id.ts';
import { docSignal } from '#web/workspace/doc-signal.svelte.ts';
import { planAgain } from '#web/workspace/plan-again.ts';
import { tickingNow } from '#web/workspace/ticking-now.svelte.ts';
import type { OpenDocument, Workspace } from '#web/workspace/workspace.ts';

const hourMs = 3_600_000;

export class CampaignList {
  readonly #workspace: Workspace;
  readonly #settings: OpenDocument;
  readonly #list;
  readonly #now;
  isLoaded = $state(false);

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
    this.#settings = workspace.open('settings');
    this.#list = docSignal([campaignListType(this.#settings.doc)], () => readCampaignList(this.#settings.doc));
    this.#now = tickingNow(() => workspace.nowMs(), 60_000);
    void this.#settings.loaded.then(() => (this.isLoaded = true));
  }

  get canEdit(): boolean {
    return this.#settings.access === 'write';
  }

  readonly #open = $derived.by(() => this.#list.current.campaigns.filter(({ archived }) => !archived));
  /** The next one first. */
  readonly upcoming = $derived.by(() => this.#open.filter((each) => !this.#isOver(each)).reverse());
  readonly past = $derived.by(() => this.#open.filter((each) => this.#isOver(each)));
  readonly archived = $derived.by(() => this.#list.current.campaigns.filter(({ archived }) => archived));
  readonly isEmpty = $derived.by(() => this.#list.current.campaigns.length === 0);

  #isOver(campaign: Campaign): boolean {
    if (campaign.phase !== 'before') return campaign.phase === 'after';
    return campaign.startMs + campaign.plannedMinutes * 60_000 < this.#now.current;
  }

  create(title: string, startMs: number, plannedMinutes: number): string {
    const id = createId('c');
    addCampaign(this.#settings.doc, { id, title, startMs, plannedMinutes });
    return id;
  }

  /** The same plan a week after the old one, or a day from now when that has passed. */
  duplicate(from: Campaign, title: string): Promise<string> {
    const weekLater = from.startMs + 7 * 24 * hourMs;
    const now = this.#workspace.nowMs();
    const startMs = weekLater > now ? weekLater : Math.ceil(now / hourMs) * hourMs + 24 * hourMs;
    return planAgain(this.#workspace, from, { title, startMs });
  }

  archive(id: string, archived: boolean): void {
    changeCampaign(this.#settings.doc, id, { archived });
  }

  close(): void {
    this.#settings.close();
  }
}
