/**
 * One workspace's facts and beliefs in the worker, for all tabs of one member: opens the shared documents that hold
 * them, fills the ledger, keeps beliefs up to date and answers the topics' questions.
 */
import { createLedger } from '#core/datasets/create-ledger.ts';
import { readImports } from '#core/datasets/imports.doc.ts';
import { readExclusions } from '#core/identity/exclusions.doc.ts';
import { addProductsFromOrders, readCatalogue } from '#core/catalogue/catalogue.doc.ts';
import type { Product, ProductSeed } from '#core/catalogue/product.ts';
import { createBrowserPlatform } from '#web/device/browser-platform.ts';
import { openBlobStore } from '#web/device/blob-store.ts';
import { accessTo } from '#web/workspace/access-to.ts';
import { openDocuments } from '#web/workspace/documents.ts';
import type { OpenDocument } from '#web/workspace/workspace.ts';
import { BeliefKeeper } from './belief-keeper.ts';
import { ContactSender } from './contact-sender.ts';
import { createEngineContext } from './create-engine-context.ts';
import { DocumentWatch } from './document-watch.ts';
import type { Handlers } from './engine-context.ts';
import { EngineFailure } from './engine-failure.ts';
import { ErasedPeople } from './erased-people.ts';
import type { FactsCount } from './facts.handlers.ts';
import { LedgerFiller } from './ledger-filler.ts';
import type { EngineState } from './messages.ts';
import { keepManifest } from './keep-manifest.ts';
import { Months } from './months.ts';
import { Outbox } from './outbox.ts';
import type { EnginePlace, FromWorker } from './port-messages.ts';
import type { InsightRequests } from './requests.ts';
import { RunningImports } from './running-imports.ts';
import { createTopicHandlers } from './topic-handlers.ts';

const firstSyncMs = 8000;
const dayCheckMs = 20_000;
/** So many products a page takes in without standing still. */
const seedsAtOnce = 100;

type Tell = (message: FromWorker) => void;

export class InsightEngine {
  readonly #place: EnginePlace;
  readonly #tabs = new Set<Tell>();
  readonly #ledger = createLedger();
  readonly #watch = new DocumentWatch();
  readonly #store;
  readonly #platform;
  readonly #documents;
  readonly #settings: OpenDocument;
  readonly #catalogue: OpenDocument;
  #products: readonly Product[] = [];
  readonly #filler: LedgerFiller;
  readonly #months: Months;
  readonly #outbox: Outbox;
  readonly #imports: RunningImports;
  readonly #keeper: BeliefKeeper;
  readonly #people: ErasedPeople;
  readonly #contacts: ContactSender;
  readonly #forgetComments: () => Promise<number>;
  readonly #handlers: Handlers<InsightRequests>;
  readonly #ready: Promise<void>;
  readonly #dayTimer: ReturnType<typeof setInterval>;
  #state: EngineState = { phase: 'loading', done: 0, total: 0 };
  #waiting = 0;
  #day: number;
  #saysChanged: ReturnType<typeof setTimeout> | undefined;

  constructor(place: EnginePlace) {
    this.#place = place;
    const { workspace, home, member } = place;
    const origin = home === 'device' ? null : place.origin;
    const nowMs = (): number => Date.now() + place.offsetMs;
    const access = (path: string) => accessTo(home, workspace, member.role, path);
    this.#store = openBlobStore(workspace, member.id);
    this.#platform = createBrowserPlatform(place.identityKey);
    this.#documents = openDocuments({
      workspace,
      memberId: member.id,
      origin,
      accessTo: access,
      nowMs,
      report: (report) => this.#watch.take(report),
      closed: (path) => this.#watch.drop(path),
      ended: (_path, ending) => this.#setState({ phase: 'failed', kind: ending }),
      roleChanged: () => this.#setState({ phase: 'failed', kind: 'revoked' }),
    });
    const reach = { store: this.#store, platform: this.#platform, workspace, origin };
    const own = { ...reach, documents: this.#documents, watch: this.#watch, memberId: member.id, nowMs };
    this.#settings = this.#documents.open('settings');
    this.#catalogue = this.#documents.open('catalogue');
    this.#filler = new LedgerFiller(this.#ledger, reach);
    this.#keeper = new BeliefKeeper({
      ledger: this.#ledger,
      settings: this.#settings,
      isServed: home === 'server',
      memberId: member.id,
      lockName: `larder/${workspace}/fit`,
      nowMs,
      changed: () => this.#changed(),
    });
    this.#outbox = new Outbox({
      ...own,
      lockName: `larder/${workspace}/${member.id}/outbox`,
      told: (count) => this.#tellWaiting(count),
    });
    this.#imports = new RunningImports({
      ...own,
      ledger: this.#ledger,
      settings: this.#settings,
      resettle: () => this.#readCounting(),
      finished: () => this.#importsChanged(),
    });
    this.#months = new Months({
      ...own,
      home,
      accessTo: access,
      read: (chunks, gone) => this.#takeManifest(chunks, gone),
      progressed: () => this.#tellProgress(),
    });
    const told = home === 'server' && access('facts/identity/2026-01') === 'write' ? place.origin : null;
    this.#people = new ErasedPeople({ ...own, origin: told });
    this.#contacts = new ContactSender({ workspace, memberId: member.id, origin: told });
    const context = createEngineContext({
      ...own,
      people: this.#people,
      takeManifest: (chunks, gone) => this.#takeManifest(chunks, gone),
      ledger: this.#ledger,
      settings: this.#settings,
      catalogue: () => this.#products,
      addProducts: (seeds) => this.#addProducts(seeds),
      member,
      keeper: this.#keeper,
      outbox: this.#outbox,
      imports: this.#imports,
      changed: () => this.#changed(),
      importsChanged: () => this.#importsChanged(),
    });
    this.#forgetComments = () => context.forgetComments();
    this.#handlers = createTopicHandlers(context, () => this.#countFacts());
    this.#day = this.#keeper.asOfDay;
    this.#dayTimer = setInterval(() => this.#checkDay(), dayCheckMs);
    this.#ready = this.#start();
    this.#ready.catch(() => this.#setState({ phase: 'failed', kind: 'storage-unavailable' }));
  }

  enter(tell: Tell): void {
    this.#tabs.add(tell);
    tell({ say: 'state', state: this.#state });
    tell({ say: 'waiting', count: this.#place.home === 'server' ? this.#waiting : 0 });
  }

  /** How many tabs are left. */
  leave(tell: Tell): number {
    this.#tabs.delete(tell);
    return this.#tabs.size;
  }

  isListening(tell: Tell): boolean {
    return this.#tabs.has(tell);
  }

  async answer(id: number, name: string, body: unknown, tell: Tell): Promise<void> {
    try {
      await this.#ready;
      const handler = (this.#handlers as unknown as Readonly<Record<string, ((ask: unknown) => unknown) | undefined>>)[
        name
      ];
      if (handler === undefined) throw new EngineFailure('unknown-question', name);
      const answer = await handler(body);
      tell({ say: 'answer', id, ledgerVersion: this.#ledger.version, asOfDay: this.#keeper.asOfDay, body: answer });
    } catch (error) {
      if (error instanceof EngineFailure) tell({ say: 'refusal', id, kind: error.kind, detail: error.detail });
      else tell({ say: 'refusal', id, kind: 'failed', detail: String(error) });
    }
  }

  async close(): Promise<void> {
    clearInterval(this.#dayTimer);
    clearTimeout(this.#saysChanged);
    removeEventListener('online', this.#cameOnline);
    this.#keeper.close();
    this.#outbox.close();
    this.#months.close();
    this.#people.close();
    this.#contacts.close();
    await this.#documents.close();
    this.#store.close();
  }

  /** What an import brought, or took with it, may be what a follow-up was for: the outcome is kept with the decision. */
  async #importsChanged(): Promise<void> {
    const { home, workspace, member } = this.#place;
    this.#ledger.trim();
    this.#keeper.learnSoon();
    if (accessTo(home, workspace, member.role, 'facts/outcomes/2026-01') === 'write')
      await this.#handlers['outcomes.record'](null);
    await this.#outbox.tell();
    this.#sendAll();
  }

  #sendAll(): void {
    void this.#outbox.send();
    void this.#contacts.send();
  }

  async #start(): Promise<void> {
    const { home } = this.#place;
    await this.#imports.recover();
    await Promise.all([this.#settings.loaded, this.#catalogue.loaded]);
    this.#readCounting();
    this.#readCatalogue();
    this.#keeper.readParameters();
    this.#settings.doc.on('update', () => {
      this.#readCounting();
      this.#keeper.readParameters();
    });
    this.#catalogue.doc.on('update', () => this.#readCatalogueSoon());
    const kept = await this.#store.chunks.toArray();
    const own = await this.#store.outbox.toArray();
    await this.#months.recall(kept);
    await this.#filler.take([...kept, ...own], (done, total) => this.#setState({ phase: 'loading', done, total }));
    // Someone who has been here before sees what this device has, and the rest as it comes.
    const isFirst = home === 'server' && kept.length === 0;
    const caughtUp = this.#months.start(firstSyncMs);
    if (isFirst || home === 'device') await caughtUp;
    this.#ledger.trim();
    this.#keeper.readParameters();
    this.#setState({ phase: 'ready', ...this.#months.standing });
    // People see what there is; a first fit is shown when it is done.
    this.#keeper.learnSoon();
    this.#changed();
    addEventListener('online', this.#cameOnline);
    await this.#outbox.tell();
    this.#sendAll();
    this.#forgetOld();
  }

  /** What fails now is tried at the next start or day. */
  #forgetOld(): void {
    this.#forgetComments().catch(() => undefined);
  }

  readonly #cameOnline = (): void => {
    void this.#filler.retry().then(() => this.#changed());
    void this.#months.catchUp();
    this.#sendAll();
  };

  async #takeManifest(chunks: Parameters<LedgerFiller['take']>[0], gone: readonly string[]): Promise<void> {
    await keepManifest(this.#store, this.#documents, chunks, gone);
    const isLarge = chunks.some(({ id, record }) => record.inline === null && !this.#ledger.hasChunk(id));
    await this.#filler.take(chunks);
    this.#filler.drop(gone);
    if (isLarge && this.#state.phase === 'ready') this.#keeper.learnSoon();
    this.#changed();
  }

  /** Which imports and which people count. */
  #readCounting(): void {
    this.#ledger.setWithdrawnImports([...readImports(this.#settings.doc).withdrawnIds, ...this.#imports.ids]);
    this.#ledger.setExcluded(readExclusions(this.#settings.doc).keys());
    this.#changed();
  }

  #addProducts(seeds: readonly ProductSeed[]): number {
    if (this.#catalogue.access !== 'write') return 0;
    const added = addProductsFromOrders(this.#catalogue.doc, seeds, seedsAtOnce);
    this.#readCatalogue();
    return added;
  }

  #readCatalogue(): void {
    clearTimeout(this.#catalogueTimer);
    this.#catalogueTimer = undefined;
    this.#products = readCatalogue(this.#catalogue.doc).products;
    this.#ledger.setCatalogue(this.#products);
    this.#changed();
  }

  #catalogueTimer: ReturnType<typeof setTimeout> | undefined;
  #readCatalogueSoon(): void {
    this.#catalogueTimer ??= setTimeout(() => this.#readCatalogue(), 60);
  }

  #checkDay(): void {
    if (this.#keeper.asOfDay === this.#day) return;
    this.#day = this.#keeper.asOfDay;
    this.#months.keepCurrent();
    this.#keeper.learnSoon();
    this.#forgetOld();
    this.#changed();
  }

  #countFacts(): FactsCount {
    return {
      unreadable: this.#filler.unreadable + this.#months.skipped,
      missing: this.#filler.missing,
      waiting: this.#waiting,
      bytes: this.#ledger.byteLength,
    };
  }

  /** On a first visit nothing is shown before every month is here: how many are is all there is to tell. */
  #tellProgress(): void {
    if (this.#state.phase !== 'loading') return this.#changed();
    const { behind, months } = this.#months.standing;
    this.#setState({ phase: 'loading', done: months - behind, total: months });
  }

  /** Changes of one moment are told once. */
  #changed(): void {
    this.#saysChanged ??= setTimeout(() => {
      this.#saysChanged = undefined;
      if (this.#state.phase !== 'ready') return;
      const { behind, months } = this.#months.standing;
      if (behind !== this.#state.behind || months !== this.#state.months)
        this.#setState({ phase: 'ready', behind, months });
      this.#tellAll({ say: 'changed' });
    }, 30);
  }

  #tellWaiting(count: number): void {
    this.#waiting = count;
    this.#tellAll({ say: 'waiting', count: this.#place.home === 'server' ? count : 0 });
  }

  #setState(state: EngineState): void {
    this.#state = state;
    this.#tellAll({ say: 'state', state });
  }

  #tellAll(message: FromWorker): void {
    for (const tell of this.#tabs) tell(message);
  }
}
