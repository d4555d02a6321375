/** The RFM map: the shop's thresholds, or a draft of others with who would move. Nothing is written before it is applied. */
import { type CategoryThresholds, isCutList, isNameRules, thresholdsOf } from '#core/insight/rfm/thresholds.ts';
import {
  categoryThresholdsType,
  readRfmThresholds,
  rfmThresholdsType,
  writeCategoryThresholds,
  writeRfmThresholds,
} from '#core/insight/rfm/thresholds.doc.ts';
import type { EngineClient } from '#web/engine/insight/messages.ts';
import type { InsightRequests } from '#web/engine/insight/requests.ts';
import type { RfmMap } from '#web/engine/insight/segments.messages.ts';
import { docSignal } from '#web/workspace/doc-signal.svelte.ts';
import type { OpenDocument, Workspace } from '#web/workspace/workspace.ts';

export interface ThresholdDraft {
  readonly mode: 'fixed' | 'quantile';
  readonly days: readonly number[];
  readonly names: CategoryThresholds['names'];
}

export class RfmMapState {
  map = $state.raw<RfmMap | null>(null);
  hasFailed = $state(false);
  draft = $state.raw<ThresholdDraft | null>(null);
  /** The category whose lines alone count; empty for all. */
  category = $state('');
  readonly #settings: OpenDocument;
  readonly #engine: EngineClient<InsightRequests>;
  readonly #thresholds;
  #question = 0;

  constructor(workspace: Workspace, engine: EngineClient<InsightRequests>) {
    this.#engine = engine;
    this.#settings = workspace.open('settings');
    const { doc } = this.#settings;
    this.#thresholds = docSignal([rfmThresholdsType(doc), categoryThresholdsType(doc)], () => readRfmThresholds(doc));
  }

  get canWrite(): boolean {
    return this.#settings.access === 'write';
  }

  /** In force for the category, or for the shop. */
  get own(): CategoryThresholds {
    return thresholdsOf(this.#thresholds.current, this.category);
  }

  /** The category goes by boundaries of its own. */
  get hasOwn(): boolean {
    return this.#thresholds.current.categories?.[this.category] !== undefined;
  }

  choose(category: string): void {
    this.drop();
    this.category = category;
  }

  /** The category goes by the shop's boundaries again; answers how to take it back. */
  followShop(): () => void {
    const { category, own } = this;
    writeCategoryThresholds(this.#settings.doc, category, null);
    this.drop();
    return () => void writeCategoryThresholds(this.#settings.doc, category, own);
  }

  /** The thresholds the draft stands for; null while it could not be used. */
  get drafted(): CategoryThresholds | null {
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

  /** True when the drafted thresholds are now in force. */
  apply(): boolean {
    const { category, drafted } = this;
    if (!drafted) return false;
    const { doc } = this.#settings;
    const written =
      category === '' ? writeRfmThresholds(doc, drafted) : writeCategoryThresholds(doc, category, drafted);
    if (!written.ok) return false;
    this.draft = null;
    return true;
  }

  async refresh(): Promise<void> {
    const question = ++this.#question;
    const { category } = this;
    const thresholds = this.draft ? this.drafted : null;
    if (this.draft && !thresholds) return;
    try {
      const { body } = await this.#engine.ask('segments.map', { thresholds, category });
      if (question !== this.#question) return;
      this.map = body;
      this.hasFailed = false;
    } catch {
      // The screen says so once, beside the rule: its question fails for the same reason.
      if (question !== this.#question) return;
      this.map = null;
      this.hasFailed = true;
    }
  }

  close(): void {
    this.#settings.close();
  }
}
