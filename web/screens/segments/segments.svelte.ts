/**
 * The segments as the screen holds them: the shared texts, the chosen one, and its count. Every change of the text asks
 * at once; while an answer is on its way only the newest text waits, and an answer to an older text is dropped.
 */
import {
  addSegment,
  archiveSegment,
  dropDraft,
  isBlank,
  keepRule,
  readSegments,
  replaceInRule,
  type Segment,
  segmentsType,
  segmentText,
} from '#core/segments/segments.doc.ts';
import type { EngineClient } from '#web/engine/insight/messages.ts';
import type { InsightRequests } from '#web/engine/insight/requests.ts';
import type { RuleWords, SegmentAnswer } from '#web/engine/insight/segments.messages.ts';
import { docSignal } from '#web/workspace/doc-signal.svelte.ts';
import { OwnUndo } from '#web/workspace/own-undo.svelte.ts';
import type { OpenDocument, Workspace } from '#web/workspace/workspace.ts';
import type * as Y from 'yjs';

export class Segments {
  readonly room: OpenDocument;
  readonly undo: OwnUndo;
  readonly #engine: EngineClient<InsightRequests>;
  readonly #workspace: Workspace;
  readonly #list;
  chosenId = $state('');
  isLoaded = $state(false);
  answer = $state.raw<SegmentAnswer | null>(null);
  words = $state.raw<RuleWords>({ tags: [], products: [], categories: [] });
  seed = $state(1);
  hasFailed = $state(false);
  /** The one made here with nothing in it: while it is blank, it is the new one. */
  #blankId = '';
  #isAsking = false;
  #waiting: string | null = null;

  constructor(workspace: Workspace, engine: EngineClient<InsightRequests>, chosen: string) {
    this.#workspace = workspace;
    this.#engine = engine;
    this.chosenId = chosen;
    this.room = workspace.open('segments');
    const types = [segmentsType(this.room.doc)];
    this.#list = docSignal(types, () => readSegments(this.room.doc));
    this.undo = new OwnUndo(types);
    void this.room.loaded.then(() => (this.isLoaded = true));
  }

  get saved(): readonly Segment[] {
    return this.#kept.filter((segment) => !isBlank(segment));
  }

  get chosen(): Segment | null {
    return this.#kept.find(({ id }) => id === this.chosenId) ?? this.saved[0] ?? null;
  }

  get #kept(): readonly Segment[] {
    return this.#list.current.segments.filter(({ archived }) => !archived);
  }

  get canWrite(): boolean {
    return this.room.access === 'write';
  }

  text(field: 'name' | 'rule'): Y.Text | null {
    return this.chosen ? segmentText(this.room.doc, this.chosen.id, field) : null;
  }

  create(name: string, rule: string): void {
    const isNothing = name === '' && rule === '';
    if (isNothing && this.#kept.some((one) => one.id === this.#blankId && isBlank(one))) {
      this.chosenId = this.#blankId;
      return;
    }
    const id = `s${[...crypto.getRandomValues(new Uint8Array(12))].map((byte) => (byte % 36).toString(36)).join('')}`;
    addSegment(this.room.doc, { id, name, rule, createdMs: this.#workspace.nowMs() }, this.undo.origin);
    this.chosenId = id;
    if (isNothing) this.#blankId = id;
  }

  /** What the draft is to the rule in force; an error is known only once the very text was counted. */
  get draft(): 'kept' | 'changed' | 'counting' | 'wrong' {
    const chosen = this.chosen;
    if (!chosen || chosen.rule === chosen.kept) return 'kept';
    if (this.answer?.text !== chosen.rule) return 'counting';
    return this.answer.error === null ? 'changed' : 'wrong';
  }

  /** Saves the chosen draft, which was counted and is without error; gives back how to undo it. */
  keep(): (() => void) | null {
    const chosen = this.chosen;
    if (!chosen || this.draft !== 'changed') return null;
    this.undo.pause();
    keepRule(this.room.doc, chosen.id, chosen.rule, this.undo.origin);
    this.undo.pause();
    return () => void keepRule(this.room.doc, chosen.id, chosen.kept, this.undo.origin);
  }

  dropDraft(): void {
    if (!this.chosen) return;
    this.undo.pause();
    dropDraft(this.room.doc, this.chosen.id, this.undo.origin);
    this.undo.pause();
  }

  archive(id: string, archived: boolean): void {
    archiveSegment(this.room.doc, id, archived, this.undo.origin);
  }

  /** Puts a suggested word in the place of the one that was not understood. */
  correct(start: number, length: number, text: string): void {
    if (this.chosen) replaceInRule(this.room.doc, this.chosen.id, { start, length, text }, this.undo.origin);
  }

  async learnWords(): Promise<void> {
    try {
      this.words = (await this.#engine.ask('segments.words', null)).body;
    } catch {
      this.words = { tags: [], products: [], categories: [] };
    }
  }

  count(text: string): void {
    if (this.#isAsking) this.#waiting = text;
    else void this.#ask(text);
  }

  close(): void {
    this.undo.close();
    this.room.close();
  }

  async #ask(text: string): Promise<void> {
    this.#isAsking = true;
    try {
      this.answer = (await this.#engine.ask('segments.evaluate', { text, seed: this.seed })).body;
      this.hasFailed = false;
    } catch {
      this.hasFailed = true;
    }
    this.#isAsking = false;
    const next = this.#waiting;
    this.#waiting = null;
    if (next !== null) await this.#ask(next);
  }
}
