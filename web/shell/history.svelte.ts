/** The history of the documents of one subject as its sheet holds it. */
import {
  type ObjectDifference,
  type ObjectLabel,
  compareVersion,
  readLabels,
} from '#core/workspace/history/compare-version.doc.ts';
import { type ObjectRef, keyOfObject, objectKindsOf } from '#core/workspace/history/object-kinds.ts';
import { objectTypes } from '#core/workspace/history/objects.doc.ts';
import type { Stretch, Version } from '#core/workspace/history/version.ts';
import { campaignListType, readCampaignList } from '#core/campaigns/campaign-list.doc.ts';
import { catalogueTypes, readCatalogue } from '#core/catalogue/catalogue.doc.ts';
import { docSignal } from '#web/workspace/doc-signal.svelte.ts';
import {
  type DocumentHistory,
  type HistorySubject,
  type ObjectInDocument,
  fetchHistory,
  nameVersion,
  openVersion,
  removeVersion,
  restoreObjects,
} from '#web/workspace/history.ts';
import type { OpenDocument, Workspace } from '#web/workspace/workspace.ts';

export type ToldChange = Omit<Stretch, 'objects'> & {
  readonly objects: readonly (Stretch['objects'][number] & ObjectInDocument)[];
};

export type Difference = ObjectDifference & ObjectInDocument & { readonly mayRestore: boolean };

type Then = Parameters<typeof compareVersion>[1];

export interface HistoryEvent {
  readonly atMs: number;
  readonly version?: Version;
  readonly change?: ToldChange;
}

export class History {
  readonly subject: HistorySubject;
  /** `device`: there is no server that would keep one. */
  phase = $state<'loading' | 'ready' | 'offline' | 'failed' | 'device'>('loading');
  doing = $state<'name' | 'open' | 'restore' | 'remove' | null>(null);
  opened = $state.raw<Version | null>(null);
  #found = $state.raw<Readonly<Record<string, DocumentHistory>>>({});
  #then = $state.raw<Readonly<Record<string, Then>>>({});
  readonly #workspace: Workspace;
  readonly #documents: readonly (readonly [string, OpenDocument])[];
  readonly #catalogue: OpenDocument;
  readonly #settings: OpenDocument;
  readonly #labels;
  readonly #edits;
  readonly #productNames;
  readonly #campaignTitles;

  constructor(workspace: Workspace, subject: HistorySubject) {
    this.#workspace = workspace;
    this.subject = subject;
    this.#documents = subject.paths.map((path) => [path, workspace.open(path)] as const);
    this.#catalogue = workspace.open('catalogue');
    this.#settings = workspace.open('settings');
    const types = this.#documents.flatMap(([path, { doc }]) => objectTypes(doc, kindsOf(path)));
    this.#labels = docSignal(types, () =>
      Object.fromEntries(this.#each((path, { doc }) => readLabels(doc, kindsOf(path)))),
    );
    this.#edits = docSignal(types, () => ({}));
    const { doc: catalogue } = this.#catalogue;
    this.#productNames = docSignal(
      catalogueTypes(catalogue),
      // eslint-disable-next-line svelte/prefer-svelte-reactivity -- replaced, never changed
      () => new Map(readCatalogue(catalogue).products.map(({ id, name }) => [id as string, name])),
    );
    const { doc: settings } = this.#settings;
    this.#campaignTitles = docSignal(
      [campaignListType(settings)],
      // eslint-disable-next-line svelte/prefer-svelte-reactivity -- replaced, never changed
      () => new Map(readCampaignList(settings).campaigns.map(({ id, title }) => [id as string, title])),
    );
    void this.load();
  }

  readonly events: readonly HistoryEvent[] = $derived.by(() => {
    const found = Object.entries(this.#found);
    // Documents named together have versions of one id.
    const versions = Object.values(
      Object.fromEntries(found.flatMap(([, { versions: all }]) => all.map((version) => [version.id, version]))),
    );
    const changes = found.flatMap(([path, { changes: all }]) =>
      all.map((change) => ({ ...change, objects: change.objects.map((object) => ({ ...object, path })) })),
    );
    return [
      ...versions.map((version) => ({ atMs: version.atMs, version })),
      ...joinRestores(changes).map((change) => ({ atMs: change.untilMs, change })),
    ].sort((a, b) => b.atMs - a.atMs);
  });

  get canName(): boolean {
    return this.#writable.length > 0;
  }

  get canRemove(): boolean {
    return ['owner', 'operator'].includes(this.#workspace.member.role);
  }

  /** What differs now from the version that is open; follows every edit. */
  readonly differences: readonly Difference[] = $derived.by(() => {
    void this.#edits.current;
    return this.opened === null ? [] : this.#compare();
  });

  versionOf(id: string | undefined): Version | null {
    return this.events.find(({ version }) => version?.id === id)?.version ?? null;
  }

  /** The title of an object, or of the product that stands in for it; empty when nothing is known. */
  titleOf(path: string, object: ObjectRef, label?: ObjectLabel): string {
    const key = keyOfObject(object);
    const known = label ?? this.#labels.current[path]?.[key] ?? this.#found[path]?.labels[key];
    if (!known || known.title !== '' || known.productId === '') return known?.title ?? '';
    return this.productName(known.productId);
  }

  productName(id: string): string {
    return this.#productNames.current.get(id) ?? '';
  }

  campaignTitle(id: string): string {
    return this.#campaignTitles.current.get(id) ?? '';
  }

  async load(): Promise<void> {
    if (this.#workspace.home === 'device') {
      this.phase = 'device';
      return;
    }
    const { id } = this.#workspace;
    const answers = await Promise.all(
      this.subject.paths.map(async (path) => [path, await fetchHistory(id, path)] as const),
    );
    const found = Object.fromEntries(answers.flatMap(([path, answer]) => (answer.ok ? [[path, answer.value]] : [])));
    const refused = answers.flatMap(([, answer]) => (answer.ok ? [] : [answer.error.kind]));
    // What was read before stays on the screen.
    if (refused.length === 0) this.#found = found;
    if (refused.length === 0 || Object.keys(this.#found).length > 0) this.phase = 'ready';
    else this.phase = refused.includes('unreachable') ? 'offline' : 'failed';
  }

  name(text: string): Promise<string | null> {
    return this.#do('name', () => nameVersion(this.#workspace.id, text, this.#writable));
  }

  open(version: Version): Promise<string | null> {
    return this.#do('open', async () => {
      const then: Record<string, Then> = {};
      for (const path of this.subject.paths) {
        const answer = await openVersion(this.#workspace.id, path, version.id);
        if (!answer.ok) return answer;
        if (answer.value) then[path] = answer.value;
      }
      if (Object.keys(then).length === 0) return { ok: false, error: { kind: 'unknown-version' } };
      this.#then = then;
      this.opened = version;
      return { ok: true, value: null };
    });
  }

  back(): void {
    this.opened = null;
    for (const doc of Object.values(this.#then)) doc.destroy();
    this.#then = {};
  }

  /** Answers the version that takes it back. */
  async restore(version: string, objects: readonly ObjectInDocument[]): Promise<{ before: string } | { why: string }> {
    let before = '';
    const why = await this.#do('restore', async () => {
      const refs = objects.map(({ path, collection, id }) => ({ path, collection, id }));
      const answer = await restoreObjects(this.#workspace.id, version, refs);
      if (answer.ok) before = answer.value.before;
      return answer;
    });
    return why === null ? { before } : { why };
  }

  remove(version: Version): Promise<string | null> {
    return this.#do('remove', async () => {
      for (const path of this.#writable) {
        const answer = await removeVersion(this.#workspace.id, path, version.id);
        if (!answer.ok) return answer;
      }
      this.back();
      return { ok: true, value: null };
    });
  }

  close(): void {
    this.back();
    const documents = this.#documents.map(([, document]) => document);
    for (const document of [...documents, this.#catalogue, this.#settings]) document.close();
  }

  get #writable(): readonly string[] {
    return this.subject.paths.filter((path) => this.#workspace.accessTo(path) === 'write');
  }

  #compare(): readonly Difference[] {
    return this.#each((path, { doc, access }) => {
      const then = this.#then[path];
      return then
        ? compareVersion(doc, then, kindsOf(path)).map((one) => ({ ...one, path, mayRestore: access === 'write' }))
        : [];
    }).flatMap(([, found]) => found);
  }

  #each<Value>(read: (path: string, document: OpenDocument) => Value): readonly (readonly [string, Value])[] {
    return this.#documents.map(([path, document]) => [path, read(path, document)]);
  }

  /** Null when it went well, else why not. */
  async #do(
    what: NonNullable<History['doing']>,
    act: () => Promise<{ readonly ok: true } | { readonly ok: false; readonly error: { readonly kind: string } }>,
  ): Promise<string | null> {
    if (this.doing !== null) return 'busy';
    this.doing = what;
    const answer = await act();
    if (answer.ok && what !== 'open') await this.load();
    this.doing = null;
    return answer.ok ? null : answer.error.kind;
  }
}

const kindsOf = (path: string): NonNullable<ReturnType<typeof objectKindsOf>> =>
  objectKindsOf(path) ?? { collections: [] };

/** What was restored in two documents at once is told once. */
const joinRestores = (changes: readonly ToldChange[]): readonly ToldChange[] => {
  const restores = Object.groupBy(changes, ({ before = '' }) => before);
  const { '': edits = [], ...byBefore } = restores;
  return [
    ...edits,
    ...Object.values(byBefore).flatMap((parts = []) =>
      parts[0] ? [{ ...parts[0], objects: parts.flatMap(({ objects }) => objects) }] : [],
    ),
  ];
};
