/** The follow-up of one broadcast as the screen holds it: documents, the engine's plan, who is chosen, what was ticked. */
import { campaignListType, readCampaignList } from '#core/campaigns/campaign-list.doc.ts';
import { readShow, showTypes } from '#core/campaigns/show.doc.ts';
import { catalogueTypes, readCatalogue } from '#core/catalogue/catalogue.doc.ts';
import { clipsOf, readLibrary } from '#core/content/library.doc.ts';
import type { MarkState } from '#core/journeys/apply-mark.ts';
import type { FollowUpRule } from '#core/journeys/decision-id.ts';
import { fillMessage } from '#core/journeys/fill-message.ts';
import {
  type FollowUpGroup,
  type FollowUpPlan,
  type FollowUpStep,
  type PlannedMessage,
  followUpSteps,
} from '#core/journeys/follow-up.ts';
import { beginTemplate, dropTemplate, messageTextOf, readTemplates } from '#core/journeys/journeys.doc.ts';
import { verdictOf } from '#core/wording/check-line.ts';
import type { GroupResult } from '#core/outcomes/sum-results.ts';
import type { EngineClient } from '#web/engine/insight/messages.ts';
import type { FollowUpBroadcast, FollowUpEvidence } from '#web/engine/insight/follow-up.messages.ts';
import type { InsightRequests } from '#web/engine/insight/requests.ts';
import { docSignal } from '#web/workspace/doc-signal.svelte.ts';
import { OwnUndo } from '#web/workspace/own-undo.svelte.ts';
import { tickingNow } from '#web/workspace/ticking-now.svelte.ts';
import type { HandedMessage } from '#web/workspace/sending-rows.ts';
import { Sending } from '#web/workspace/sending.svelte.ts';
import type { OpenDocument, Workspace } from '#web/workspace/workspace.ts';
import type * as Y from 'yjs';
import { broadcastOf, productsById } from './broadcast-of.ts';
import { byNearestDeadline, isToDo } from './group-figures.ts';
import { type Filter, decisionsById, holdStill, messagesById, wantedRows } from './shown-rows.ts';

/** A little longer than a notice stands. */
const undoMs = 7000;

export class FollowUp {
  readonly id: string;
  readonly #engine: EngineClient<InsightRequests>;
  readonly #workspace: Workspace;
  readonly #documents: Readonly<Record<'settings' | 'catalogue' | 'show' | 'library' | 'journeys', OpenDocument>>;
  readonly #list;
  readonly #show;
  readonly #products;
  readonly #clips;
  readonly #templates;
  readonly #now;
  readonly undo: OwnUndo;
  /** Null where nothing can be sent from here: no server, or not this role. */
  readonly sending: Sending | null;
  isLoaded = $state(false);
  plan = $state.raw<FollowUpPlan | null>(null);
  results = $state.raw<readonly GroupResult[] | null>(null);
  evidence = $state.raw<FollowUpEvidence | null>(null);
  failure = $state<string | null>(null);
  rule = $state<FollowUpRule>('follow-up/watched');
  step = $state<FollowUpStep | 'every'>('every');
  filter = $state<Filter>('todo');
  chosenId = $state<string | null>(null);
  /** Who the list shows, held still while rows are ticked. */
  #shown = $state.raw<readonly string[]>([]);
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- nothing shows it
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();
  #hasChosenRule = false;
  /** Something was ticked since the list was last made: it must not move under the finger. */
  #isWorkedOn = false;

  constructor(workspace: Workspace, engine: EngineClient<InsightRequests>, id: string) {
    this.id = id;
    this.#workspace = workspace;
    this.#engine = engine;
    const open = (path: string): OpenDocument => workspace.open(path);
    const documents = {
      settings: open('settings'),
      catalogue: open('catalogue'),
      show: open(`show/${id}`),
      library: open('library'),
      journeys: open('journeys'),
    };
    this.#documents = documents;
    const templateTexts = followUpSteps.map((step) => messageTextOf(documents.journeys.doc, id, step));
    this.#list = docSignal([campaignListType(documents.settings.doc)], () => readCampaignList(documents.settings.doc));
    this.#show = docSignal(Object.values(showTypes(documents.show.doc)), () => readShow(documents.show.doc));
    this.#clips = docSignal([clipsOf(documents.library.doc)], () => readLibrary(documents.library.doc).clips);
    this.#templates = docSignal(templateTexts, () => readTemplates(documents.journeys.doc, id));
    this.#products = docSignal(catalogueTypes(documents.catalogue.doc), () =>
      productsById(readCatalogue(documents.catalogue.doc).products),
    );
    this.undo = new OwnUndo(templateTexts);
    const maySend = workspace.home === 'server' && ['owner', 'operator'].includes(workspace.member.role);
    this.sending = maySend ? new Sending(workspace.id) : null;
    this.#now = tickingNow(() => workspace.nowMs());
    void Promise.all(Object.values(documents).map(({ loaded }) => loaded)).then(() => {
      this.isLoaded = true;
    });
  }

  readonly campaign = $derived.by(() => this.#list.current.campaigns.find(({ id }) => id === this.id) ?? null);
  readonly broadcast = $derived.by((): FollowUpBroadcast | null =>
    this.campaign && this.isLoaded
      ? broadcastOf(this.campaign, this.#show.current, this.#clips.current, this.nowMs)
      : null,
  );
  readonly groups = $derived.by((): readonly FollowUpGroup[] =>
    this.plan ? byNearestDeadline(this.plan.groups, this.nowMs) : [],
  );
  readonly group = $derived.by(() => this.groups.find(({ rule }) => rule === this.rule) ?? null);
  readonly #messageById = $derived.by(() => messagesById(this.plan));
  readonly rows = $derived.by(() => this.#shown.flatMap((id) => this.#messageById.get(id) ?? []));
  readonly chosen = $derived.by(() => (this.chosenId === null ? null : (this.#messageById.get(this.chosenId) ?? null)));
  /** In somebody's hand: what an endpoint has is not. */
  readonly handedOver = $derived.by(
    () => this.group?.people.filter((one) => one.state === 'handed-over' && !this.sending?.isUnderWay(one)) ?? [],
  );

  get nowMs(): number {
    return this.#now.current;
  }

  get canSeeConsent(): boolean {
    return this.#workspace.accessTo('facts/identity/2026-01') !== 'none';
  }

  get canMark(): boolean {
    return this.#workspace.accessTo('facts/decisions/2026-01') === 'write';
  }

  get canEditTemplates(): boolean {
    return this.#documents.journeys.access === 'write';
  }

  get templates(): Readonly<Record<FollowUpStep, string>> {
    return this.#templates.current;
  }

  templateText(step: FollowUpStep): Y.Text {
    return messageTextOf(this.#documents.journeys.doc, this.id, step);
  }

  /** Asks for plan and results again; the caller does so whenever facts, the broadcast or the minute changed. */
  async refresh(broadcast: FollowUpBroadcast): Promise<void> {
    try {
      const results = this.#engine.ask('outcomes.ofCampaign', { campaign: this.id });
      const plan = this.canSeeConsent ? (await this.#engine.ask('follow-up.plan', broadcast)).body : null;
      this.results = (await results).body;
      this.plan = plan;
      this.failure = null;
      if (!this.#hasChosenRule && this.groups[0]) this.rule = this.groups[0].rule;
      this.#holdStill(!this.#isWorkedOn);
    } catch (error) {
      this.failure = error instanceof Error ? error.message : 'unknown';
    }
  }

  chooseRule(rule: FollowUpRule): void {
    this.#hasChosenRule = true;
    this.rule = rule;
    this.step = 'every';
    this.choose(null);
    this.#holdStill(true);
  }

  chooseFilter(filter: Filter, step: FollowUpStep | 'every' = this.step): void {
    this.filter = filter;
    this.step = step;
    this.#holdStill(true);
  }

  choose(id: string | null): void {
    this.chosenId = id;
    this.evidence = null;
    const message = this.chosen;
    if (!message || !this.broadcast) return;
    void this.#engine
      .ask('follow-up.why', { broadcast: this.broadcast, customer: message.customer, product: message.product })
      .then(
        ({ body }) => {
          if (this.chosenId === id) this.evidence = body;
        },
        () => undefined,
      );
  }

  /** The one after the chosen, among those still to do; null at the end. */
  nextToDo(): PlannedMessage | null {
    const at = this.rows.findIndex(({ decision }) => decision === this.chosenId);
    return this.rows.slice(at + 1).find((message) => isToDo(message, this.nowMs)) ?? null;
  }

  filled(message: PlannedMessage): ReturnType<typeof fillMessage> {
    const clip = this.#clips.current.find(({ id }) => id === message.clip);
    return fillMessage(
      message,
      this.templates[message.step],
      this.#products.current.get(message.product) ?? null,
      clip?.title ?? '',
    );
  }

  async mark(decisions: readonly string[], state: MarkState): Promise<number> {
    if (!this.broadcast) return 0;
    this.#isWorkedOn = true;
    const { body } = await this.#engine.ask('follow-up.mark', { broadcast: this.broadcast, decisions, state });
    await this.refresh(this.broadcast);
    if (state === 'confirmed') this.#timers.add(setTimeout(() => this.#letGo(decisions), undoMs));
    return body.changed;
  }

  /** What may be handed to an endpoint, with its text; `gaps` are those whose text has one or may not be said. */
  async handOver(
    messages: readonly PlannedMessage[],
    isTrial: boolean,
  ): Promise<{ handed: readonly HandedMessage[]; gaps: number }> {
    if (!this.broadcast) return { handed: [], gaps: 0 };
    const said = messages.flatMap((message) => {
      const { decision, deadlineMs } = message;
      const filled = this.filled(message);
      const maySay = filled.ok && verdictOf(filled.value.findings) !== 'block';
      return maySay ? [{ id: decision, text: filled.value.text, deadlineMs }] : [];
    });
    const ask = { broadcast: this.broadcast, decisions: said.map(({ id }) => id), isTrial };
    const decisions = decisionsById((await this.#engine.ask('follow-up.hand-over', ask)).body);
    return {
      handed: said.flatMap(({ id, ...rest }) => {
        const decision = decisions.get(id);
        return decision ? { decision, ...rest } : [];
      }),
      gaps: messages.length - said.length,
    };
  }

  beginTemplate(step: FollowUpStep): void {
    this.undo.pause();
    beginTemplate(this.#documents.journeys.doc, this.id, step);
  }

  dropTemplate(step: FollowUpStep): void {
    this.undo.pause();
    dropTemplate(this.#documents.journeys.doc, this.id, step);
  }

  close(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.undo.close();
    for (const document of Object.values(this.#documents)) document.close();
  }

  /** Once it can no longer be taken back with the notice, what was sent leaves the list of what is still to do. */
  #letGo(decisions: readonly string[]): void {
    if (this.filter !== 'todo') return;
    const isGone = (id: string): boolean =>
      decisions.includes(id) && id !== this.chosenId && this.#messageById.get(id)?.state === 'confirmed';
    this.#shown = this.#shown.filter((id) => !isGone(id));
  }

  /** Rows stay where they are while they are worked on; `afresh` lets ticked ones go and others in. */
  #holdStill(afresh: boolean): void {
    if (afresh) this.#isWorkedOn = false;
    const known = afresh ? [] : this.#shown.filter((id) => this.#messageById.get(id)?.rule === this.rule);
    this.#shown = holdStill(known, wantedRows(this.group?.people ?? [], this.step, this.filter));
  }
}
