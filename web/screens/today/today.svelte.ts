/** Today as the screen holds it: campaigns around now, what the engine knows, and the one list of what to do. */
import { catalogueTypes, readCatalogue } from '#core/catalogue/catalogue.doc.ts';
import { planTimes } from '#core/campaigns/plan-times.ts';
import { type FollowUpPlan, isHandled } from '#core/journeys/follow-up.ts';
import type { CustomerOverview } from '#web/engine/insight/customers.messages.ts';
import type { FollowUpBroadcast } from '#web/engine/insight/follow-up.messages.ts';
import type { EngineClient, EngineState } from '#web/engine/insight/messages.ts';
import { ProductsInSight } from '#web/engine/insight/products-in-sight.svelte.ts';
import type { InsightRequests } from '#web/engine/insight/requests.ts';
import type { DueProduct, RiskSummary } from '#web/engine/insight/today.messages.ts';
import { docSignal } from '#web/workspace/doc-signal.svelte.ts';
import { tickingNow } from '#web/workspace/ticking-now.svelte.ts';
import type { OpenDocument, Workspace } from '#web/workspace/workspace.ts';
import { type Task, byDeadline, blockedIn, listCardTasks, listScriptTasks } from './list-tasks.ts';
import { type OpenCampaign, OpenCampaigns } from './open-campaigns.svelte.ts';

export interface TodayFigures {
  readonly due: number;
  readonly overdue: number;
  readonly hasWindows: boolean;
  readonly products: readonly DueProduct[];
  readonly risk: RiskSummary;
  readonly overview: CustomerOverview;
  readonly atMs: number;
}

export class Today {
  readonly workspace: Workspace;
  readonly campaigns: OpenCampaigns;
  readonly #engine: EngineClient<InsightRequests>;
  readonly #catalogue: OpenDocument;
  readonly #products;
  readonly #inSight: ProductsInSight;
  readonly #now;
  figures = $state.raw<TodayFigures | null>(null);
  plans = $state.raw<Readonly<Record<string, FollowUpPlan>>>({});
  hasFailed = $state(false);

  constructor(workspace: Workspace, engine: EngineClient<InsightRequests>) {
    this.workspace = workspace;
    this.#engine = engine;
    this.#inSight = new ProductsInSight(engine);
    this.#now = tickingNow(() => workspace.nowMs());
    this.campaigns = new OpenCampaigns(workspace, () => this.#now.current);
    this.#catalogue = workspace.open('catalogue');
    this.#products = docSignal(catalogueTypes(this.#catalogue.doc), () => readCatalogue(this.#catalogue.doc).products);
  }

  get nowMs(): number {
    return this.#now.current;
  }

  get engineState(): EngineState {
    return this.#engine.state;
  }

  readonly products = $derived.by(
    // eslint-disable-next-line svelte/prefer-svelte-reactivity -- replaced, never changed
    () => new Map(this.#products.current.map((product) => [product.id as string, product])),
  );

  /** People who may only write the show care for their own part of it. */
  readonly isOwnOnly = $derived.by(() => ['host', 'stockkeeper'].includes(this.workspace.member.role));

  readonly tasks = $derived.by((): readonly Task[] => {
    const cards = listCardTasks(this.campaigns.around, this.nowMs);
    const { next } = this.campaigns;
    const scripts =
      next && this.workspace.accessTo(`show/${next.campaign.id}`) === 'write'
        ? listScriptTasks(next, this.products)
        : [];
    const all = [...cards, ...scripts, ...this.#followUpTasks(), ...this.#tagTask()].sort(byDeadline);
    const { name } = this.workspace.member;
    return this.isOwnOnly ? all.filter(({ owner }) => owner === name) : all;
  });

  readonly doneCards = $derived.by(() => {
    const cards = this.campaigns.next?.plan.cards ?? [];
    return cards.filter(({ column }) => column === 'done').length;
  });

  #followUpTasks(): readonly Task[] {
    return this.campaigns.after.flatMap(({ campaign }) =>
      (this.plans[campaign.id]?.groups ?? []).flatMap(({ rule, deadlineMs, people, leftOut }): readonly Task[] => {
        const waiting = people.filter(({ state }) => state === 'planned').length;
        if (waiting === 0) return [];
        const others = leftOut.reduce((sum, { people: n }) => sum + n, 0);
        const base = { campaignId: campaign.id, campaignTitle: campaign.title, owner: '' };
        return [
          {
            ...base,
            kind: 'follow-up',
            key: `follow-up/${campaign.id}/${rule}`,
            deadlineMs,
            rule,
            people: waiting,
            leftOut: others,
          },
        ];
      }),
    );
  }

  #tagTask(): readonly Task[] {
    if (this.#catalogue.access !== 'write') return [];
    const waiting = this.#products.current.filter(
      ({ id, suggestedTags }) => suggestedTags.length > 0 && this.#inSight.has(id),
    ).length;
    const base = { campaignId: '', campaignTitle: '', owner: '', deadlineMs: null };
    return waiting > 0 ? [{ ...base, kind: 'tags', key: 'tags', count: waiting }] : [];
  }

  /** How far the preparation of the next broadcast is. */
  progressOf({ plan, show }: OpenCampaign) {
    const lines = plan.cards.flatMap(({ checklist }) => checklist);
    const sayable = show.items.filter(
      (item) => item.script.trim() !== '' && blockedIn(item, this.products).length === 0,
    );
    return {
      cards: { done: plan.cards.filter(({ column }) => column === 'done').length, all: plan.cards.length },
      scripts: { done: sayable.length, all: show.items.length },
      lines: { done: lines.filter(({ isDone }) => isDone).length, all: lines.length },
    };
  }

  handled(campaignId: string): { readonly sent: number; readonly all: number } | null {
    const plan = this.plans[campaignId];
    if (!plan) return null;
    const people = plan.groups.flatMap((group) => group.people);
    return { sent: people.filter(({ state }) => isHandled(state)).length, all: people.length };
  }

  timesOf({ campaign, show }: OpenCampaign): ReadonlyMap<string, number> {
    return planTimes(show.items, campaign.startMs, campaign.plannedMinutes, show.onAir).startMsById;
  }

  /** Asks again; call it in an effect that reads the engine's version. */
  async refresh(): Promise<void> {
    if (this.#engine.state.phase !== 'ready') return;
    try {
      const [due, risk, overview] = await Promise.all([
        this.#engine.ask('today.due', { products: 6, people: 0 }),
        this.#engine.ask('today.risk', null),
        this.#engine.ask('customers.overview', null),
      ]);
      this.figures = { ...due.body, risk: risk.body, overview: overview.body, atMs: this.workspace.nowMs() };
      this.hasFailed = false;
    } catch {
      this.hasFailed = true;
    }
  }

  async planFollowUps(): Promise<void> {
    if (this.#engine.state.phase !== 'ready') return;
    for (const { campaign, show, endMs } of this.campaigns.after) {
      const startMs = Math.min(show.onAir.startedMs ?? campaign.startMs, endMs);
      const times = planTimes(show.items, startMs, campaign.plannedMinutes).startMsById;
      const sold = show.items.filter(({ productId }) => productId !== '');
      const cues = sold.map(({ id, productId, minutes }) => {
        const fromMs = times.get(id) ?? startMs;
        return { product: productId, fromMs, untilMs: fromMs + minutes * 60_000 };
      });
      const ask: FollowUpBroadcast = {
        window: { campaign: campaign.id, startMs, endMs, cues },
        sold: unique(sold.map(({ productId }) => productId)),
        clips: [],
      };
      try {
        const { body } = await this.#engine.ask('follow-up.plan', ask);
        this.plans = { ...this.plans, [campaign.id]: body };
      } catch {
        // The list says what it knows; the follow-up screen names the failure.
      }
    }
  }

  close(): void {
    this.campaigns.close();
    this.#catalogue.close();
  }
}

const unique = (ids: readonly string[]): readonly string[] => ids.filter((id, at) => ids.indexOf(id) === at);
