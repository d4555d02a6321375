/** The RFM map: the shop's thresholds, or a draft of others with who would move. Nothing is written before it is applied. */
import type { RfmThresholds } from '#core/insight/rfm/thresholds.ts';
import { isCutList, isNameRules } from '#core/insight/rfm/thresholds.ts';
import { readRfmThresholds, rfmThresholdsType, writeRfmThresholds } from '#core/insight/rfm/thresholds.doc.ts';
import type { EngineClient } from '#web/engine/insight/messages.ts';
import type { InsightRequests } from '#web/engine/insight/requests.ts';
import type { RfmMap } from '#web/engine/insight/segments.messages.ts';
import { docSignal } from '#web/workspace/doc-signal.svelte.ts';
import type { OpenDocument, Workspace } from '#web/workspace/workspace.ts';
import type * as Y from 'yjs';

export interface ThresholdDraft {
  readonly mode: 'fixed' | 'quantile';
  readonly days: readonly number[];
  readonly names: RfmThresholds['names'];
}

export class RfmMapState {
  map = $state.raw<RfmMap | null>(null);
  draft = $state.raw<ThresholdDraft | null>(null);
  readonly #settings: OpenDocument;
  readonly #engine: EngineClient<InsightRequests>;
  readonly #thresholds;
  #question = 0;

  constructor(workspace: Workspace, engine: EngineClient<InsightRequests>) {
    this.#engine = engine;
    this.#settings = workspace.open('settings');
    const types = [rfmThresholdsType(this.#settings.doc)] as unknown as readonly Y.AbstractType<unknown>[];
    this.#thresholds = docSignal(types, () => readRfmThresholds(this.#settings.doc));
  }

  get canWrite(): boolean {
    return this.#settings.access === 'write';
  }

  get own(): RfmThresholds {
    return this.#thresholds.current;
  }

  /** The thresholds the draft stands for; null while it could not be used. */
  get drafted(): RfmThresholds | null {
    const { draft } = this;
    if (!draft) return this.own;
    const { days } = draft;
    if (!isNameRules(draft.names)) return null;
    if (draft.mode === 'quantile') return { ...this.own, recency: { mode: 'quantile' }, names: draft.names };
    return isCutList(days) ? { ...this.own, recency: { mode: 'fixed', values: days }, names: draft.names } : null;
  }

  edit(): void {
    const { recency, names } = this.own;
    const days = recency.mode === 'fixed' ? recency.values : (this.map?.recencyCuts ?? [14, 30, 60, 120]);
    this.draft = { mode: recency.mode, days: days.map(Math.round), names };
  }

  change(part: Partial<ThresholdDraft>): void {
    if (this.draft) this.draft = { ...this.draft, ...part };
  }

  drop(): void {
    this.draft = null;
  }

  /** True when the shop's thresholds are now the drafted ones. */
  apply(): boolean {
    const { drafted } = this;
    if (!drafted || !writeRfmThresholds(this.#settings.doc, drafted).ok) return false;
    this.draft = null;
    return true;
  }

  async refresh(): Promise<void> {
    const question = ++this.#question;
    const thresholds = this.draft ? this.drafted : null;
    if (this.draft && !thresholds) return;
    try {
      const { body } = await this.#engine.ask('segments.map', { thresholds });
      if (question === this.#question) this.map = body;
    } catch {
      // The screen says so once, beside the rule: its question fails for the same reason.
      if (question === this.#question) this.map = null;
    }
  }

  close(): void {
    this.#settings.close();
  }
}
