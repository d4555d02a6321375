/** One import from file to facts, as the screen shows it. The work itself runs in the import worker. */
/* eslint-disable svelte/prefer-svelte-reactivity -- sets and maps here are replaced whole, never changed */
import { readCatalogue } from '#core/catalogue/catalogue.doc.ts';
import type { Problem, ProblemKind } from '#core/intake/candidate-line.ts';
import type { FieldTarget, Recognition } from '#core/intake/field-target.ts';
import { leftOutContacts } from '#core/intake/left-out-contacts.ts';
import type { Mapping } from '#core/intake/mapping.ts';
import { readMapping, rememberMapping, type RememberedMapping } from '#core/intake/mappings.doc.ts';
import { answerQuestion, type Question, type QuestionKind } from '#core/intake/plan-questions.ts';
import { missingTargets } from '#core/intake/propose-mapping.ts';
import type { OrderSummary } from '#core/intake/scan-orders.ts';
import { type ImportClient, type ImportEvent, openImport } from '#web/engine/import/import-client.ts';
import type { FileFailure, Inspection, ReadingProgress, TakenIn } from '#web/engine/import/messages.ts';
import type { EngineClient } from '#web/engine/insight/messages.ts';
import type { InsightRequests } from '#web/engine/insight/requests.ts';
import type { OpenDocument, Workspace } from '#web/workspace/workspace.ts';

export type IntakePhase = 'choose' | 'reading' | 'check' | 'writing' | 'done' | 'failed';

export class Intake {
  phase = $state<IntakePhase>('choose');
  file = $state.raw<File | null>(null);
  inspection = $state.raw<Inspection | null>(null);
  mapping = $state.raw<Mapping | null>(null);
  recognitions = $state.raw<readonly Recognition[]>([]);
  questions = $state.raw<readonly Question[]>([]);
  summary = $state.raw<OrderSummary | null>(null);
  progress = $state.raw<ReadingProgress | null>(null);
  remembered = $state.raw<RememberedMapping | null>(null);
  failure = $state.raw<FileFailure | null>(null);
  taken = $state.raw<TakenIn | null>(null);
  fileHash = $state('');
  shop = $state('');
  /** Somebody says these customers agreed; on what basis is then asked for. */
  isConsented = $state(false);
  consentBasis = $state('');
  tookMs = $state(0);
  /** Columns whose use a person has chosen. */
  chosen = $state.raw<ReadonlySet<number>>(new Set());
  #answered = $state.raw<ReadonlySet<QuestionKind>>(new Set());
  #reopened = $state<QuestionKind | null>(null);

  readonly missing = $derived(this.mapping ? missingTargets(this.mapping.columns) : []);
  /** Left out, though without them lists have no name or no number. */
  readonly contacts = $derived(
    this.mapping && this.inspection ? leftOutContacts(this.inspection.header, this.mapping) : [],
  );
  /** The one question to be answered now. */
  readonly open = $derived(
    this.questions.find(({ kind }) => kind === this.#reopened) ??
      this.questions.find(({ kind, isSettled }) => !isSettled && !this.#answered.has(kind)) ??
      null,
  );
  readonly settled = $derived(
    this.questions.filter(
      (question) =>
        question !== this.open &&
        (question.isSettled || this.#answered.has(question.kind)) &&
        (question.options.length > 1 || question.kind === 'zone'),
    ),
  );
  readonly canWrite = $derived(
    this.phase === 'check' && this.open === null && this.missing.length === 0 && (this.summary?.lines ?? 0) > 0,
  );

  readonly isBasisMissing = $derived(this.isConsented && this.consentBasis.trim() === '');
  /** How many columns are used, of those the file has. */
  readonly used = $derived(this.mapping?.columns.filter((target) => target !== 'skip').length ?? 0);
  /** The whole file has been read by the mapping as it stands. */
  readonly isRead = $derived(this.phase !== 'reading' && this.summary !== null);

  #client: ImportClient | null = null;
  /** When the machine began to work; 0 while it waits for a person. */
  #startedMs = 0;
  readonly #workspace: Workspace;
  readonly #engine: EngineClient<InsightRequests>;
  readonly #settings: OpenDocument;
  readonly #catalogue: OpenDocument;

  constructor(workspace: Workspace, engine: EngineClient<InsightRequests>) {
    this.#workspace = workspace;
    this.#engine = engine;
    this.#settings = workspace.open('settings');
    this.#catalogue = workspace.open('catalogue');
  }

  /** What is written reaches the brand's other members. */
  get isShared(): boolean {
    return this.#workspace.home === 'server';
  }

  readonly canImport = (): boolean => this.#workspace.accessTo('facts/orders/2026-01') === 'write';

  choose(file: File): void {
    this.reset();
    this.file = file;
    this.phase = 'reading';
    this.#startedMs = performance.now();
    this.tookMs = 0;
    this.#client = openImport(file, this.#engine, (event) => this.#take(event));
  }

  setTarget(column: number, target: FieldTarget): void {
    if (!this.mapping) return;
    // What had the use before loses it.
    const ousted = target === 'skip' ? -1 : this.mapping.columns.indexOf(target);
    this.chosen = new Set([...this.chosen, column, ...(ousted < 0 ? [] : [ousted])]);
    if (this.questions.some((question) => question.kind === 'amount-scope' && question.column === column))
      this.#settle('amount-scope');
    this.#use(new Map<number, FieldTarget>([...(ousted < 0 ? [] : [[ousted, 'skip'] as const]), [column, target]]));
  }

  /** Takes in what would name people and was left out. */
  takeContacts(): void {
    this.chosen = new Set([...this.chosen, ...this.contacts.map(({ column }) => column)]);
    this.#use(new Map(this.contacts.map(({ column, target }) => [column, target])));
  }

  answer(question: Question, value: string): void {
    if (!this.mapping) return;
    this.#settle(question.kind);
    const next = answerQuestion(this.mapping, question, value);
    if (JSON.stringify(next) === JSON.stringify(this.mapping)) return;
    this.#rescan(next);
  }

  reopen(kind: QuestionKind): void {
    this.#reopened = kind;
  }

  decide(kind: ProblemKind, choice: 'keep' | 'leave-out'): void {
    if (!this.mapping) return;
    const { answers } = this.mapping;
    this.#rescan({ ...this.mapping, answers: { ...answers, choices: { ...answers.choices, [kind]: choice } } });
  }

  renameShop(shop: string): void {
    this.shop = shop.trim();
    if (this.mapping) this.#rescan(this.mapping);
  }

  /** Every row with a problem, as far as they are kept. */
  async problems(): Promise<readonly Problem[]> {
    return (await this.#client?.problems()) ?? [];
  }

  write(): void {
    if (!this.canWrite || this.isBasisMissing || !this.mapping || !this.#client) return;
    this.phase = 'writing';
    this.#startedMs = performance.now();
    this.progress = null;
    this.#client.takeIn({
      mapping: this.mapping,
      shop: this.shop,
      nowMs: this.#workspace.nowMs(),
      workspace: this.#workspace.id,
      member: this.#workspace.member.id,
      consentBasis: this.isConsented ? this.consentBasis.trim() : '',
    });
  }

  /** Ends whatever runs; nothing has been written. */
  reset(): void {
    this.#client?.stop();
    this.#client = null;
    this.phase = 'choose';
    this.file =
      this.inspection =
      this.mapping =
      this.summary =
      this.progress =
      this.remembered =
      this.failure =
      this.taken =
        null;
    this.recognitions = this.questions = [];
    this.chosen = new Set();
    this.#answered = new Set();
    this.#reopened = null;
    this.fileHash = this.shop = this.consentBasis = '';
    this.isConsented = false;
  }

  close(): void {
    this.#client?.stop();
    this.#settings.close();
    this.#catalogue.close();
  }

  #use(targets: ReadonlyMap<number, FieldTarget>): void {
    if (!this.mapping) return;
    this.#rescan({ ...this.mapping, columns: this.mapping.columns.map((own, at) => targets.get(at) ?? own) });
  }

  #settle(kind: QuestionKind): void {
    this.#answered = new Set([...this.#answered, kind]);
    this.#reopened = null;
  }

  /** The machine's time is counted, a person's is not. */
  #rest(): void {
    if (this.#startedMs > 0) this.tookMs += performance.now() - this.#startedMs;
    this.#startedMs = 0;
  }

  #rescan(mapping: Mapping): void {
    this.mapping = mapping;
    this.phase = 'reading';
    this.#startedMs = performance.now();
    this.#scan(mapping, false);
  }

  #scan(mapping: Mapping | null, isRemembered: boolean): void {
    this.progress = null;
    this.#client?.scan({
      mapping,
      isRemembered,
      answered: [...this.#answered],
      shop: this.shop,
      nowMs: this.#workspace.nowMs(),
      knownItems: new Set(readCatalogue(this.#catalogue.doc).products.flatMap(({ items }) => items)),
    });
  }

  #take(event: ImportEvent): void {
    switch (event.kind) {
      case 'inspected': {
        this.inspection = event.inspection;
        this.remembered = readMapping(this.#settings.doc, event.inspection.signature);
        if (this.remembered) {
          this.shop = this.remembered.shop;
          this.#answered = new Set(this.remembered.answered as readonly QuestionKind[]);
        }
        return this.#scan(this.remembered?.mapping ?? null, this.remembered !== null);
      }
      case 'proposed':
        this.mapping = event.mapping;
        if (event.recognitions) this.recognitions = event.recognitions;
        return;
      case 'progress':
        this.progress = event.progress;
        if (event.progress.summary) this.summary = event.progress.summary;
        return;
      case 'scanned':
        ({
          mapping: this.mapping,
          questions: this.questions,
          summary: this.summary,
          fileHash: this.fileHash,
        } = event.scanned);
        if (this.phase === 'reading') this.phase = 'check';
        this.#rest();
        return;
      case 'taken-in':
        return this.#finish(event.taken);
      case 'refused':
        this.failure = event.failure;
        this.phase = 'failed';
    }
  }

  #finish(taken: TakenIn): void {
    if (this.inspection && this.mapping && this.file) {
      rememberMapping(this.#settings.doc, this.inspection.signature, {
        mapping: this.mapping,
        answered: this.questions
          .filter(({ kind, isSettled }) => isSettled || this.#answered.has(kind))
          .map(({ kind }) => kind),
        fileName: this.file.name,
        shop: this.shop,
        atMs: this.#workspace.nowMs(),
      });
    }
    this.#client?.stop();
    this.#client = null;
    this.taken = taken;
    this.#rest();
    this.phase = 'done';
  }
}
