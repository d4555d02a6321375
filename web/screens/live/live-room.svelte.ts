/** A broadcast as its screens hold it: show and broadcast documents read as plain data, and a method per intention. */
import { campaignListType, readCampaignList } from '#core/campaigns/campaign-list.doc.ts';
import { endBroadcast, setCurrentItem, setPrompter, startBroadcast } from '#core/campaigns/on-air.doc.ts';
import { promptedLines } from '#core/campaigns/prompted-lines.ts';
import type { MoveSuggestion, PushedLine, PushedState, RunOfShowItem } from '#core/campaigns/run-of-show.ts';
import { soldOutProducts } from '#core/campaigns/sold-out.ts';
import { readShow, showTypes } from '#core/campaigns/show.doc.ts';
import {
  addMark,
  removeMark,
  answerPushedLine,
  answerSuggestion,
  notePushedReached,
  pushLine,
} from '#core/campaigns/suggestions.doc.ts';
import { catalogueTypes, readCatalogue } from '#core/catalogue/catalogue.doc.ts';
import type { Product } from '#core/catalogue/product.ts';
import { broadcastTypes, readBroadcast } from '#core/live/broadcast.doc.ts';
import { docSignal } from '#web/workspace/doc-signal.svelte.ts';
import { tickingNow } from '#web/workspace/ticking-now.svelte.ts';
import type { OpenDocument, Workspace } from '#web/workspace/workspace.ts';
import { nameOfItem } from '#web/words/campaigns.ts';
import type { MarkKind } from '#web/words/live.ts';

const openingMs = 10_000;
/** A line is dated a moment before the edit that adds it. */
const sameEditMs = 1000;

/** Where a line is that the host has not answered: still here, nobody to read it, under way, on the host's screen. */
export type Delivery = 'unsent' | 'away' | 'sent' | 'waiting';

export class LiveRoom {
  readonly id: string;
  readonly workspace: Workspace;
  readonly show: OpenDocument;
  readonly broadcast: OpenDocument;
  readonly #settings: OpenDocument;
  readonly #catalogue: OpenDocument;
  readonly #show;
  readonly #broadcast;
  readonly #list;
  readonly #products;
  readonly #now;
  isLoaded = $state(false);

  constructor(workspace: Workspace, id: string) {
    this.id = id;
    this.workspace = workspace;
    this.show = workspace.open(`show/${id}`);
    this.broadcast = workspace.open(`broadcast/${id}`);
    this.#settings = workspace.open('settings');
    this.#catalogue = workspace.open('catalogue');
    this.#show = docSignal(Object.values(showTypes(this.show.doc)), () => readShow(this.show.doc));
    this.#broadcast = docSignal(broadcastTypes(this.broadcast.doc), () => readBroadcast(this.broadcast.doc));
    this.#list = docSignal([campaignListType(this.#settings.doc)], () => readCampaignList(this.#settings.doc));
    this.#products = docSignal(
      catalogueTypes(this.#catalogue.doc),
      // eslint-disable-next-line svelte/prefer-svelte-reactivity -- replaced, never changed
      () => new Map(readCatalogue(this.#catalogue.doc).products.map((product) => [product.id as string, product])),
    );
    this.#now = tickingNow(() => workspace.nowMs(), 1000);
    void Promise.all([this.show, this.broadcast, this.#settings, this.#catalogue].map(({ loaded }) => loaded)).then(
      () => {
        this.isLoaded = true;
      },
    );
  }

  readonly campaign = $derived.by(() => this.#list.current.campaigns.find(({ id }) => id === this.id) ?? null);
  readonly items = $derived.by(() => this.#show.current.items);
  readonly onAir = $derived.by(() => this.#show.current.onAir);
  readonly prompter = $derived.by(() => this.#show.current.prompter);
  readonly pushed = $derived.by(() => this.#show.current.pushed);
  readonly marks = $derived.by(() => this.#show.current.marks);
  readonly soldOut = $derived.by(() => soldOutProducts(this.#show.current));
  readonly suggestion = $derived.by(() => this.#show.current.suggestions.find(({ state }) => state === 'open') ?? null);
  readonly second = $derived.by(() => this.#broadcast.current.second);
  readonly arrivals = $derived.by(() => this.#broadcast.current.arrivals);
  readonly comments = $derived.by(() => this.#broadcast.current.comments);

  readonly state = $derived.by(() =>
    this.onAir.startedMs === null ? 'before' : this.onAir.endedMs === null ? 'on' : 'over',
  );
  readonly currentIndex = $derived.by(() => this.items.findIndex(({ id }) => id === this.onAir.currentItemId));
  readonly current = $derived.by(() => this.items[this.currentIndex] ?? null);
  readonly next = $derived.by(() => this.items[this.currentIndex + 1] ?? null);
  readonly canAct = $derived.by(() => this.show.access === 'write');

  /** One prompter line a text line, of what is on now. */
  readonly lines = $derived.by(() => promptedLines(this.current?.script ?? ''));
  readonly line = $derived.by(() =>
    this.prompter.itemId === this.current?.id ? Math.min(this.prompter.line, Math.max(0, this.lines.length - 1)) : 0,
  );

  get products(): ReadonlyMap<string, Product> {
    return this.#products.current;
  }

  get nowMs(): number {
    return this.#now.current;
  }

  /** Milliseconds on air; where it ended, when it has. */
  get elapsedMs(): number {
    const { startedMs, endedMs } = this.onAir;
    return startedMs === null ? 0 : Math.max(0, (endedMs ?? this.nowMs) - startedMs);
  }

  /**
   * Positive: behind the plan. Counts what the current item has run over. A broadcast that opens on a later part has not
   * skipped ahead: what is on within its first seconds is where it began.
   */
  get lateMs(): number {
    const { startedMs, currentSinceMs } = this.onAir;
    if (startedMs === null || currentSinceMs === null || this.currentIndex < 0) return 0;
    const isOpening = currentSinceMs - startedMs < openingMs;
    const before = isOpening ? [] : this.items.slice(0, this.currentIndex);
    const plannedMs = before.reduce((sum, item) => sum + item.minutes * 60_000, 0);
    return currentSinceMs - startedMs - plannedMs + Math.max(0, -this.currentLeftMs);
  }

  /** Of the current item; negative once it runs over. */
  get currentLeftMs(): number {
    const { currentSinceMs } = this.onAir;
    return currentSinceMs === null || !this.current ? 0 : currentSinceMs + this.current.minutes * 60_000 - this.nowMs;
  }

  /** Waiting ones first, oldest first; then those put off. */
  readonly queue = $derived.by((): readonly PushedLine[] => {
    const waiting = this.pushed.filter(({ state }) => state === 'waiting');
    return waiting.length > 0 ? waiting : this.pushed.filter(({ state }) => state === 'later');
  });

  /** When the oldest of this device's pushed lines that the server has not confirmed was pushed. */
  readonly #unsentSinceMs = $derived.by(
    () =>
      this.workspace.sync.waiting.find(({ path, place }) => path === `show/${this.id}` && place === 'pushed')?.atMs ??
      Infinity,
  );

  deliveryOf({ reachedMs, from, atMs }: PushedLine): Delivery {
    const { member, home, presence } = this.workspace;
    if (reachedMs !== null) return 'waiting';
    if (from === member.name && atMs + sameEditMs >= this.#unsentSinceMs) return 'unsent';
    const isHostHere = presence.others.some(({ member: { role }, isAway }) => role === 'host' && !isAway);
    return isHostHere || home === 'device' ? 'sent' : 'away';
  }

  titleOf(item: RunOfShowItem | null): string {
    return item === null ? '' : nameOfItem(item, this.products.get(item.productId)?.name);
  }

  titleOfItem(itemId: string | null): string {
    return this.titleOf(this.items.find(({ id }) => id === itemId) ?? null);
  }

  /** As the run of show says it, else as the catalogue does. */
  titleOfProduct(productId: string): string {
    const item = this.items.find((each) => each.productId === productId);
    return this.products.get(productId)?.name ?? (item ? this.titleOf(item) : productId);
  }

  /** What was said of someone who came in: `thanked`, `not-now`, or nothing yet. */
  answerTo(arrivalId: string): 'thanked' | 'not-now' | null {
    const kind = this.marks.find((mark) => mark.id === `arrival-${arrivalId}`)?.kind;
    return kind === 'thanked' || kind === 'not-now' ? kind : null;
  }

  start(): void {
    startBroadcast(this.show.doc, this.workspace.nowMs());
  }

  end(): void {
    endBroadcast(this.show.doc, this.workspace.nowMs());
  }

  goTo(itemId: string): void {
    setCurrentItem(this.show.doc, itemId, this.workspace.nowMs());
    setPrompter(this.show.doc, { itemId, line: 0 });
  }

  goNext(): void {
    if (this.next) this.goTo(this.next.id);
  }

  goToProduct(productId: string): void {
    const coming = this.items.find((item, index) => index > this.currentIndex && item.productId === productId);
    const item = coming ?? this.items.find((each) => each.productId === productId);
    if (item) this.goTo(item.id);
  }

  /** False: a locked part lies between, and the proposal stays open. */
  answer(suggestion: MoveSuggestion, state: 'accepted' | 'dismissed'): boolean {
    return answerSuggestion(this.show.doc, { id: suggestion.id, state, byMember: this.workspace.member.name }).ok;
  }

  mark(kind: MarkKind): { readonly id: string; readonly atMs: number } {
    const mark = {
      id: createMarkId(),
      kind,
      itemId: this.current?.id ?? '',
      atMs: this.workspace.nowMs(),
      byMember: this.workspace.member.name,
    };
    addMark(this.show.doc, mark);
    return mark;
  }

  takeBackMark(id: string): void {
    removeMark(this.show.doc, id);
  }

  answerArrival(arrivalId: string, kind: 'thanked' | 'not-now'): void {
    addMark(this.show.doc, {
      id: `arrival-${arrivalId}`,
      kind,
      itemId: '',
      atMs: this.workspace.nowMs(),
      byMember: this.workspace.member.name,
    });
  }

  push(text: string, sourceFact = '', askers = 0, id = createMarkId()): void {
    pushLine(this.show.doc, {
      id,
      text,
      sourceFact,
      from: this.workspace.member.name,
      askers,
      atMs: this.workspace.nowMs(),
    });
  }

  /** By the host's screen, where the host or an owner stands: the desk's look at it brings nobody a line. */
  noteReached(): void {
    const { role } = this.workspace.member;
    if (role !== 'host' && role !== 'owner') return;
    if (this.canAct && this.pushed.some(({ state, reachedMs }) => state === 'waiting' && reachedMs === null))
      notePushedReached(this.show.doc, this.workspace.nowMs());
  }

  answerLine(id: string, state: PushedState): void {
    answerPushedLine(this.show.doc, { id, state });
  }

  step(by: -1 | 1): void {
    if (!this.current) return;
    const line = Math.min(Math.max(0, this.line + by), Math.max(0, this.lines.length - 1));
    setPrompter(this.show.doc, { itemId: this.current.id, line });
  }

  run(isRunning: boolean): void {
    if (this.current) setPrompter(this.show.doc, { itemId: this.current.id, line: this.line, isRunning });
  }

  setSpeed(wordsAMinute: number): void {
    setPrompter(this.show.doc, { wordsAMinute });
  }

  close(): void {
    for (const document of [this.show, this.broadcast, this.#settings, this.#catalogue]) document.close();
  }
}

/** Letters and digits from a random source: may become part of a clip's id. */
const createMarkId = (): string =>
  [...crypto.getRandomValues(new Uint8Array(10))].map((byte) => (byte % 36).toString(36)).join('');
