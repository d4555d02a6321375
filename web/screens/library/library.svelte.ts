/** The library as its screen holds it: clips, what was searched and filtered, and a method per intention. */
import { campaignListType, readCampaignList } from '#core/campaigns/campaign-list.doc.ts';
import { catalogueTypes, readCatalogue } from '#core/catalogue/catalogue.doc.ts';
import { type Clip, effectOfTag } from '#core/content/clip.ts';
import {
  archiveClip,
  clipText,
  clipsOf,
  readLibrary,
  setClipContent,
  setClipProduct,
  setClipTag,
  setClipWindow,
} from '#core/content/library.doc.ts';
import type { ContentKind } from '#core/insight/preference/preference-parameters.ts';
import { starterTags } from '#core/content/starter-tags.data.ts';
import { SearchClient } from '#web/engine/search/search-client.svelte.ts';
import { docSignal } from '#web/workspace/doc-signal.svelte.ts';
import { OwnUndo } from '#web/workspace/own-undo.svelte.ts';
import type { OpenDocument, Workspace } from '#web/workspace/workspace.ts';
import type * as Y from 'yjs';

export class Library {
  readonly workspace: Workspace;
  readonly #library: OpenDocument;
  readonly #settings: OpenDocument;
  readonly #catalogue: OpenDocument;
  readonly #clips;
  readonly #campaigns;
  readonly #products;
  readonly #search = new SearchClient();
  readonly undo: OwnUndo;
  isLoaded = $state(false);
  query = $state('');
  effect = $state('');
  productId = $state('');
  showsArchived = $state(false);
  openId = $state<string | null>(null);

  constructor(workspace: Workspace) {
    this.workspace = workspace;
    this.#library = workspace.open('library');
    this.#settings = workspace.open('settings');
    this.#catalogue = workspace.open('catalogue');
    const shapes = [clipsOf(this.#library.doc)];
    this.#clips = docSignal(shapes, () => readLibrary(this.#library.doc));
    this.#campaigns = docSignal(
      [campaignListType(this.#settings.doc)],
      // eslint-disable-next-line svelte/prefer-svelte-reactivity -- replaced, never changed
      () => new Map(readCampaignList(this.#settings.doc).campaigns.map((campaign) => [campaign.id, campaign])),
    );
    this.#products = docSignal(
      catalogueTypes(this.#catalogue.doc),
      // eslint-disable-next-line svelte/prefer-svelte-reactivity -- replaced, never changed
      () => new Map(readCatalogue(this.#catalogue.doc).products.map((product) => [product.id as string, product])),
    );
    this.undo = new OwnUndo(shapes);
    void Promise.all([this.#library, this.#settings, this.#catalogue].map(({ loaded }) => loaded)).then(
      () => (this.isLoaded = true),
    );
    // What changed is put into the index; the question is asked again over it.
    $effect(() => {
      this.#search.set(
        this.#clips.current.clips.map((clip) => ({
          ...clip,
          tags: [...clip.tags],
          product: this.productName(clip.productId),
        })),
      );
      this.#search.search(this.query);
    });
  }

  readonly skipped = $derived.by(() => this.#clips.current.skipped);
  readonly kept = $derived.by(() => this.#clips.current.clips.filter((clip) => !clip.isArchived));
  readonly archivedCount = $derived.by(() => this.#clips.current.clips.length - this.kept.length);
  /** Found by the words, before the filters. */
  readonly found = $derived.by((): readonly Clip[] => {
    const pool = this.showsArchived ? this.#clips.current.clips : this.kept;
    const ids = this.#search.ids;
    if (ids === null) return pool;
    return ids.flatMap((id) => pool.find((clip) => clip.id === id) ?? []);
  });
  readonly shown = $derived.by(() =>
    this.found.filter(
      (clip) =>
        (this.productId === '' || clip.productId === this.productId) &&
        (this.effect === '' || effectsOf(clip).includes(this.effect)),
    ),
  );
  /** Effects with how many of the found clips have them. */
  readonly effects = $derived.by(() => {
    // eslint-disable-next-line svelte/prefer-svelte-reactivity -- made anew each time
    const counts = new Map<string, number>();
    for (const clip of this.found)
      for (const effect of effectsOf(clip)) counts.set(effect, (counts.get(effect) ?? 0) + 1);
    return [...counts].toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  });
  readonly productIds = $derived.by(() => [
    // eslint-disable-next-line svelte/prefer-svelte-reactivity -- gone before the line ends
    ...new Set(this.#clips.current.clips.map(({ productId }) => productId).filter((id) => id !== '')),
  ]);
  readonly knownTags = $derived.by(() => [
    // eslint-disable-next-line svelte/prefer-svelte-reactivity -- gone before the line ends
    ...new Set([...this.#clips.current.clips.flatMap(({ tags }) => tags), ...starterTags]),
  ]);
  readonly open = $derived.by(() => this.#clips.current.clips.find(({ id }) => id === this.openId) ?? null);

  get tookMs(): number {
    return this.#search.tookMs;
  }

  get isSearching(): boolean {
    return this.#search.ids !== null;
  }

  get canEdit(): boolean {
    return this.#library.access === 'write';
  }

  get allProducts(): readonly { readonly id: string; readonly name: string }[] {
    return [...this.#products.current.values()];
  }

  productName(productId: string): string {
    return this.#products.current.get(productId)?.name ?? '';
  }

  category(productId: string): string {
    return this.#products.current.get(productId)?.category ?? '';
  }

  campaignTitle(campaignId: string): string {
    return this.#campaigns.current.get(campaignId)?.title ?? '';
  }

  text(clipId: string, field: 'title' | 'text'): Y.Text | null {
    return clipText(this.#library.doc, clipId, field);
  }

  /** False when it is no tag. */
  tag(clipId: string, tag: string, isOn: boolean): boolean {
    return setClipTag(this.#library.doc, clipId, tag, isOn).ok;
  }

  setWindow(clip: Clip, startMs: number, endMs: number): void {
    setClipWindow(this.#library.doc, clip.id, startMs, endMs);
  }

  setProduct(clipId: string, productId: string): void {
    setClipProduct(this.#library.doc, clipId, productId);
  }

  setContent(clipId: string, content: ContentKind | ''): void {
    setClipContent(this.#library.doc, clipId, content);
  }

  archive(clipId: string, isArchived: boolean): void {
    archiveClip(this.#library.doc, clipId, isArchived);
  }

  clearFilters(): void {
    this.query = '';
    this.effect = '';
    this.productId = '';
  }

  close(): void {
    this.#search.close();
    this.undo.close();
    for (const document of [this.#library, this.#settings, this.#catalogue]) document.close();
  }
}

const effectsOf = (clip: Clip): readonly string[] => [...new Set(clip.tags.map(effectOfTag))];
