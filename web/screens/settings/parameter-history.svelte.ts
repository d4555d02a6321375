/** The records of parameters as the settings hold them, and what a person does about them. */
import { type FigureChange, compareParameters } from '#core/insight/profile/compare-parameters.ts';
import {
  type ParameterRecord,
  acceptParameters,
  parameterRecordsOf,
  parameterRefusalsOf,
  readParameterRecords,
  refuseParameters,
} from '#core/insight/profile/parameters.doc.ts';
import { defaultParameters } from '#core/insight/profile/parameters.ts';
import { docSignal } from '#web/workspace/doc-signal.svelte.ts';
import type { OpenDocument, Workspace } from '#web/workspace/workspace.ts';

export class ParameterHistory {
  readonly #workspace: Workspace;
  readonly #settings: OpenDocument;
  readonly #records;

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
    this.#settings = workspace.open('settings');
    const { doc } = this.#settings;
    const types = [parameterRecordsOf(doc), parameterRefusalsOf(doc)];
    this.#records = docSignal(types, () => readParameterRecords(doc));
  }

  get canWrite(): boolean {
    return this.#settings.access === 'write';
  }

  get records(): readonly ParameterRecord[] {
    return this.#records.current.records;
  }

  get current(): ParameterRecord | null {
    return this.#records.current.current;
  }

  /** All but the one in use, newest first. */
  get others(): readonly ParameterRecord[] {
    return this.records.filter(({ id }) => id !== this.current?.id);
  }

  /** What the one in use says otherwise than the next older one, or than the built-in numbers. */
  get changes(): readonly FigureChange[] {
    const { current } = this;
    return current === null ? [] : compareParameters(this.#older?.parameters ?? defaultParameters, current.parameters);
  }

  /** Nothing had been learnt before the one in use. */
  get isFirst(): boolean {
    return this.#older === undefined;
  }

  get #older(): ParameterRecord | undefined {
    return this.records[this.records.findIndex(({ id }) => id === this.current?.id) + 1];
  }

  /** The next older record nobody put aside is used instead. Answers how to take it back. */
  putAside({ id }: ParameterRecord): () => void {
    this.#refuse(id);
    return () => this.#accept(id);
  }

  /** A record is used when no newer one is, so the newer ones are put aside. Answers how to take it back. */
  use(wanted: ParameterRecord): () => void {
    const at = this.records.findIndex(({ id }) => id === wanted.id);
    const newer = this.records.slice(0, at).filter(({ refused }) => refused === null);
    for (const { id } of newer) this.#refuse(id);
    this.#accept(wanted.id);
    return () => {
      for (const { id } of newer) this.#accept(id);
      if (wanted.refused !== null) this.#refuse(wanted.id);
    };
  }

  #refuse(id: string): void {
    refuseParameters(this.#settings.doc, id, { member: this.#workspace.member.id, atMs: this.#workspace.nowMs() });
  }

  #accept(id: string): void {
    acceptParameters(this.#settings.doc, id);
  }

  close(): void {
    this.#settings.close();
  }
}
