/**
 * Content that people opened, on air or days after: written as facts of whom its viewer key belongs to, without a
 * broadcast. Identities are looked up in the server's own ledger, which is opened for the first of them and let go once
 * none came for ten minutes. The first is written at once, what follows twice a minute: each time is a chunk in a
 * manifest, and a look at all of them.
 */
import { contentKinds } from '#core/insight/preference/preference-parameters.ts';
import type { LiveEvent } from '#core/live/live-event.ts';
import { isSlug } from '#core/units/ids.ts';
import { type ServerLedger, type ServerLedgerDeps, openServerLedger } from '#sync-server/datasets/server-ledger.ts';
import { type BehaviourWriter, type BehaviourWriterDeps, createBehaviourWriter } from './behaviour-writer.ts';
import { factFromEvent } from './facts-from-events.ts';

const contentNames: ReadonlySet<string> = new Set(contentKinds.map((kind) => `${kind}-opened`));
const everyMs = 30_000;
const letGoMs = 600_000;

export const isContentEvent = ({ name }: Pick<LiveEvent, 'name'>): boolean => contentNames.has(name);

type Deps = ServerLedgerDeps & Omit<BehaviourWriterDeps, 'blobs'> & { listWorkspaces(): Promise<readonly string[]> };

interface OpenWorkspace {
  readonly ledger: ServerLedger;
  /** Keeps what storage refused, and tries it again. */
  readonly writer: BehaviourWriter;
  readonly usedMs: number;
}

export class ContentKeeper {
  readonly #deps: Deps;
  readonly #waiting = new Map<string, LiveEvent[]>();
  readonly #open = new Map<string, OpenWorkspace>();
  #keeping: Promise<void> | null = null;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  take(workspace: string, events: readonly LiveEvent[]): void {
    if (events.length > 0) this.#waiting.set(workspace, [...(this.#waiting.get(workspace) ?? []), ...events]);
  }

  /** Goes on beside: a ledger may take seconds to open. */
  tick(): void {
    if (this.#waiting.size + this.#open.size > 0) void this.#keep(false);
  }

  async close(): Promise<void> {
    await this.#keeping;
    await this.#keep(true);
  }

  #keep(isLast: boolean): Promise<void> {
    this.#keeping ??= this.#keepAll(isLast).finally(() => (this.#keeping = null));
    return this.#keeping;
  }

  async #keepAll(isLast: boolean): Promise<void> {
    const nowMs = this.#deps.nowMs();
    for (const [workspace, events] of [...this.#waiting]) {
      const usedMs = this.#open.get(workspace)?.usedMs ?? -Infinity;
      if (!isLast && nowMs - usedMs < everyMs) continue;
      this.#waiting.delete(workspace);
      try {
        // A workspace that was removed takes what waits along.
        if ((await this.#deps.listWorkspaces()).includes(workspace)) await this.#write(workspace, events);
      } catch (error) {
        this.#deps.report('content', String(error));
        this.take(workspace, events);
      }
    }
    for (const [workspace, { writer, usedMs }] of this.#open) {
      const isOver = nowMs - usedMs > letGoMs;
      await writer.flush(isLast || isOver);
      if (isOver) this.#open.delete(workspace);
    }
  }

  async #write(workspace: string, events: readonly LiveEvent[]): Promise<void> {
    const { ledger, writer } = await this.#openWorkspace(workspace);
    const facts = events.map(({ item, ...event }) => {
      const dense = event.viewerKeyKind === '' ? -1 : ledger.customerByKey(event.viewerKeyKind, event.viewerKey);
      const product = item === '' ? '' : ledger.productOfItem(item);
      const campaign = isSlug(event.broadcast) ? event.broadcast : '';
      return factFromEvent({ ...event, item: product }, campaign, dense < 0 ? '' : ledger.ledger.customer(dense).id);
    });
    writer.add(facts.filter((fact) => fact !== null));
    await writer.flush(true);
  }

  async #openWorkspace(workspace: string): Promise<OpenWorkspace> {
    const deps = this.#deps;
    const known = this.#open.get(workspace);
    const ledger = known?.ledger ?? (await openServerLedger(deps, workspace));
    if (known) await ledger.refresh();
    const writer = known?.writer ?? createBehaviourWriter({ ...deps, blobs: deps.storage.blobs }, workspace);
    const opened = { ledger, writer, usedMs: deps.nowMs() };
    this.#open.set(workspace, opened);
    return opened;
  }
}
