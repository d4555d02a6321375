/** One campaign as the screen holds it: its documents open, read as plain data, and a method for each intention. */
import { readCards, readRemarks, campaignTypes, moveCard, removeCard, addCard } from '#core/campaigns/campaign.doc.ts';
import type { Card, Column } from '#core/campaigns/campaign.ts';
import { campaignListType, readCampaignList } from '#core/campaigns/campaign-list.doc.ts';
import { planTimes } from '#core/campaigns/plan-times.ts';
import {
  type ItemChange,
  type NewItem,
  addRunOfShowItem,
  changeRunOfShowItem,
  itemScript,
  itemTitle,
  moveRefusal,
  moveRunOfShowItem,
  removeRunOfShowItem,
} from '#core/campaigns/run-of-show.doc.ts';
import type { RunOfShowItem } from '#core/campaigns/run-of-show.ts';
import { soldOutProducts } from '#core/campaigns/sold-out.ts';
import { readShow, showTypes } from '#core/campaigns/show.doc.ts';
import { catalogueTypes, readCatalogue } from '#core/catalogue/catalogue.doc.ts';
import type { Product } from '#core/catalogue/product.ts';
import { nameOfItem } from '#web/words/campaigns.ts';
import { docSignal, recordsSignal } from '#web/workspace/doc-signal.svelte.ts';
import { OwnUndo } from '#web/workspace/own-undo.svelte.ts';
import type { Person } from '#web/workspace/presence.svelte.ts';
import { type TextCaret, TextCarets } from '#web/workspace/text-carets.svelte.ts';
import { tickingNow } from '#web/workspace/ticking-now.svelte.ts';
import type { OpenDocument, Workspace } from '#web/workspace/workspace.ts';
import type * as Y from 'yjs';

export class CampaignRoom {
  readonly id: string;
  readonly workspace: Workspace;
  readonly plan: OpenDocument;
  readonly show: OpenDocument;
  readonly #settings: OpenDocument;
  readonly #catalogue: OpenDocument;
  readonly #list;
  readonly #cards;
  readonly #remarks;
  readonly #show;
  readonly #products;
  readonly #now;
  readonly planUndo: OwnUndo;
  readonly showUndo: OwnUndo;
  readonly carets: TextCarets;
  isLoaded = $state(false);
  selectedId = $state<string | null>(null);

  constructor(workspace: Workspace, id: string) {
    this.id = id;
    this.workspace = workspace;
    this.#settings = workspace.open('settings');
    this.#catalogue = workspace.open('catalogue');
    this.plan = workspace.open(`campaign/${id}`);
    this.show = workspace.open(`show/${id}`);
    const planTypes = campaignTypes(this.plan.doc);
    this.#list = docSignal([campaignListType(this.#settings.doc)], () => readCampaignList(this.#settings.doc));
    this.#cards = recordsSignal<readonly Card[]>(planTypes.cards, (before, changed) =>
      readCards(this.plan.doc, before, changed),
    );
    this.#remarks = docSignal([planTypes.remarks], () => readRemarks(this.plan.doc).remarks);
    this.#show = docSignal(Object.values(showTypes(this.show.doc)), () => readShow(this.show.doc));
    this.#products = docSignal(
      catalogueTypes(this.#catalogue.doc),
      // eslint-disable-next-line svelte/prefer-svelte-reactivity -- replaced, never changed
      () => new Map(readCatalogue(this.#catalogue.doc).products.map((product) => [product.id as string, product])),
    );
    this.#now = tickingNow(() => workspace.nowMs());
    this.planUndo = new OwnUndo(Object.values(planTypes));
    this.showUndo = new OwnUndo([showTypes(this.show.doc).items]);
    this.carets = new TextCarets(this.show.awareness, workspace.member, () => workspace.nowMs());
    void Promise.all([this.#settings, this.#catalogue, this.plan, this.show].map(({ loaded }) => loaded)).then(() => {
      this.isLoaded = true;
    });
  }

  readonly campaign = $derived.by(() => this.#list.current.campaigns.find(({ id }) => id === this.id) ?? null);
  readonly cards = $derived.by(() => this.#cards.current);
  readonly #cardsByColumn = $derived.by(() => {
    const sorted: Record<Column, Card[]> = { 'not-ready': [], doing: [], done: [] };
    for (const card of this.cards) sorted[card.column].push(card);
    return sorted;
  });
  readonly remarks = $derived.by(() => this.#remarks.current);
  readonly items = $derived.by(() => this.#show.current.items);
  readonly soldOut = $derived.by(() => soldOutProducts(this.#show.current));
  readonly onAir = $derived.by(() => this.#show.current.onAir);
  readonly wordsAMinute = $derived.by(() => this.#show.current.prompter.wordsAMinute);
  readonly times = $derived.by(() =>
    planTimes(this.items, this.campaign?.startMs ?? 0, this.campaign?.plannedMinutes ?? 120, this.onAir),
  );
  readonly selected = $derived.by(() => this.items.find(({ id }) => id === this.selectedId) ?? null);
  /** Names to offer as owners: everybody already named here, and who is around. */
  readonly names = $derived.by(() => {
    const own = this.workspace.member.name;
    const around = this.workspace.presence.others.map(({ member }) => member.name);
    const named = [...this.cards, ...this.items].map(({ owner }) => owner);
    // eslint-disable-next-line svelte/prefer-svelte-reactivity -- gone before the line ends
    return [...new Set([own, ...around, ...named])].filter((name) => name !== '').sort((a, b) => a.localeCompare(b));
  });

  get nowMs(): number {
    return this.#now.current;
  }

  get products(): ReadonlyMap<string, Product> {
    return this.#products.current;
  }

  get canPlan(): boolean {
    return this.plan.access === 'write';
  }

  get canEditShow(): boolean {
    return this.show.access === 'write';
  }

  productOf(item: Pick<RunOfShowItem, 'productId'>): Product | null {
    return item.productId === '' ? null : (this.products.get(item.productId) ?? null);
  }

  titleOf(item: RunOfShowItem): string {
    return nameOfItem(item, this.productOf(item)?.name);
  }

  priceOf(item: RunOfShowItem): number | null {
    return item.priceFen ?? this.productOf(item)?.priceFen ?? null;
  }

  script(itemId: string): Y.Text | null {
    return itemScript(this.show.doc, itemId);
  }

  title(itemId: string): Y.Text | null {
    return itemTitle(this.show.doc, itemId);
  }

  /** Presence: where this person is, and who else is in an item. */
  fieldOf(itemId: string): string {
    return `show/${this.id}/item/${itemId}`;
  }

  /** Who is in an item. Without a connection nobody is known to be here now: what was seen is from the past. */
  othersIn(itemId: string): readonly Person[] {
    const field = this.fieldOf(itemId);
    const isCutOff = !this.workspace.sync.isConnected;
    return this.workspace.presence.others
      .filter((person) => person.field === field || person.field?.startsWith(`${field}/`) === true)
      .map((person) => (isCutOff ? { ...person, isAway: true } : person));
  }

  caretsIn(itemId: string, text: Y.Text): readonly TextCaret[] {
    const carets = this.carets.in(`${this.fieldOf(itemId)}/script`, text);
    return this.workspace.sync.isConnected ? carets : carets.map((caret) => ({ ...caret, isPast: true }));
  }

  select(itemId: string | null): void {
    if (this.selectedId !== null) this.workspace.presence.leave(this.fieldOf(this.selectedId));
    this.selectedId = itemId;
    if (itemId !== null) this.workspace.presence.enter(this.fieldOf(itemId));
  }

  addItem(item: Omit<NewItem, 'beforeItemId'>): void {
    this.showUndo.pause();
    // After what is chosen; at the end it would land behind a locked closing.
    const at = this.items.findIndex(({ id }) => id === this.selectedId);
    const last = this.items.at(-1);
    const before = at >= 0 ? this.items[at + 1]?.id : last?.locked === true ? last.id : undefined;
    addRunOfShowItem(this.show.doc, { ...item, beforeItemId: before ?? null }, this.showUndo.origin);
    this.select(item.id);
  }

  /** Null when done; the locked item's id when refused. */
  moveItem(itemId: string, beforeItemId: string | null): string | null {
    this.showUndo.pause();
    const moved = moveRunOfShowItem(this.show.doc, { itemId, beforeItemId }, this.showUndo.origin);
    return moved.ok || moved.error.kind !== 'item-locked' ? null : moved.error.itemId;
  }

  mayMove(itemId: string, beforeItemId: string | null): boolean {
    return moveRefusal(this.items, itemId, beforeItemId) === null;
  }

  /** One place up (-1) or down (1). Undefined: there is no further place. */
  stepItem(itemId: string, by: -1 | 1): string | null | undefined {
    const at = this.items.findIndex(({ id }) => id === itemId);
    const target = by === -1 ? this.items[at - 1] : this.items[at + 1];
    if (at < 0 || !target) return undefined;
    return this.moveItem(itemId, by === -1 ? target.id : (this.items[at + 2]?.id ?? null));
  }

  changeItem(itemId: string, change: ItemChange): void {
    this.showUndo.pause();
    changeRunOfShowItem(this.show.doc, itemId, change, this.showUndo.origin);
  }

  removeItem(itemId: string): boolean {
    this.showUndo.pause();
    const removed = removeRunOfShowItem(this.show.doc, itemId, this.showUndo.origin);
    if (removed.ok && this.selectedId === itemId) this.select(null);
    return removed.ok;
  }

  cardsIn(column: Column): readonly Card[] {
    return this.#cardsByColumn[column];
  }

  addCard(id: string, column: Column): void {
    this.planUndo.pause();
    addCard(this.plan.doc, { id, title: '', column }, this.planUndo.origin);
  }

  moveCard(id: string, column: Column, beforeCardId: string | null): void {
    this.planUndo.pause();
    moveCard(this.plan.doc, { id, column, beforeCardId }, this.planUndo.origin);
  }

  removeCard(id: string): void {
    this.planUndo.pause();
    removeCard(this.plan.doc, id, this.planUndo.origin);
  }

  close(): void {
    this.select(null);
    this.carets.leave();
    this.planUndo.close();
    this.showUndo.close();
    for (const document of [this.#settings, this.#catalogue, this.plan, this.show]) document.close();
  }
}
