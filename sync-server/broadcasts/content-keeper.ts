/**
 * Content that people opened, on air or days after: written as facts of whom its viewer key belongs to, without a
 * broadcast. Identities are looked up in the server's own ledger, which is opened for the first of them and let go once
 * none came for ten minutes.
 */
import { contentKinds } from '#core/insight/preference/preference-parameters.ts';
import type { LiveEvent } from '#core/live/live-event.ts';
import { isSlug } from '#core/units/ids.ts';
import { type ServerLedger, type ServerLedgerDeps, openServerLedger } from '#sync-server/datasets/server-ledger.ts';
import { type BehaviourWriterDeps, createBehaviourWriter } from './behaviour-writer.ts';
import { factFromEvent } from './facts-from-events.ts';

const contentNames: ReadonlySet<string> = new Set(contentKinds.map((kind) => `${kind}-opened`));
const letGoMs = 600_000;

export const isContentEvent = ({ name }: Pick<LiveEvent, 'name'>): boolean => contentNames.has(name);

type Deps = ServerLedgerDeps & Omit<BehaviourWriterDeps, 'blobs'>;

export class ContentKeeper {
  readonly #deps: Deps;
  readonly #waiting = new Map<string, LiveEvent[]>();
  readonly #ledgers = new Map<string, { readonly ledger: ServerLedger; usedMs: number }>();
  #keeping: Promise<void> | null = null;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  take(workspace: string, events: readonly LiveEvent[]): void {
    if (events.length > 0) this.#waiting.set(workspace, [...(this.#waiting.get(workspace) ?? []), ...events]);
  }

  /** Goes on beside: a ledger may take seconds to open. */
  tick(): void {
    const nowMs = this.#deps.nowMs();
    for (const [workspace, { usedMs }] of this.#ledgers) if (nowMs - usedMs > letGoMs) this.#ledgers.delete(workspace);
    if (this.#waiting.size > 0) void this.#keep();
  }

  async close(): Promise<void> {
    await this.#keeping;
    await this.#keep();
  }

  #keep(): Promise<void> {
    this.#keeping ??= this.#keepAll().finally(() => (this.#keeping = null));
    return this.#keeping;
  }

  async #keepAll(): Promise<void> {
    for (const [workspace, events] of [...this.#waiting]) {
      this.#waiting.delete(workspace);
      try {
        await this.#write(workspace, events);
      } catch (error) {
        this.#deps.report('content', String(error));
        this.take(workspace, events);
      }
    }
  }

  async #write(workspace: string, events: readonly LiveEvent[]): Promise<void> {
    const ledger = await this.#ledgerOf(workspace);
    const facts = events.map(({ item, ...event }) => {
      const dense = event.viewerKeyKind === '' ? -1 : ledger.customerByKey(event.viewerKeyKind, event.viewerKey);
      const product = item === '' ? '' : ledger.productOfItem(item);
      const campaign = isSlug(event.broadcast) ? event.broadcast : '';
      return factFromEvent({ ...event, item: product }, campaign, dense < 0 ? '' : ledger.ledger.customer(dense).id);
    });
    const writer = createBehaviourWriter({ ...this.#deps, blobs: this.#deps.storage.blobs }, workspace);
    writer.add(facts.filter((fact) => fact !== null));
    await writer.flush(true);
  }

  async #ledgerOf(workspace: string): Promise<ServerLedger> {
    const known = this.#ledgers.get(workspace);
    const ledger = known?.ledger ?? (await openServerLedger(this.#deps, workspace));
    if (known) await ledger.refresh();
    this.#ledgers.set(workspace, { ledger, usedMs: this.#deps.nowMs() });
    return ledger;
  }
}
