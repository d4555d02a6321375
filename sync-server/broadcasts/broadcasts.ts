/**
 * All broadcasts on air, over all workspaces. Events go to the broadcast they name, else to the one on air in their
 * workspace; an event that begins a broadcast opens it. Looks every ten seconds for shows that were put on air or ended
 * by hand: plans change, so a show may be on air a week before or after its plan. Data alone opens only a broadcast
 * planned within a day and a half of now.
 */
import { changeCampaign, readCampaignList } from '#core/campaigns/campaign-list.doc.ts';
import { isNearBroadcast } from '#core/campaigns/is-near-broadcast.ts';
import type { Show } from '#core/campaigns/run-of-show.ts';
import { readShow } from '#core/campaigns/show.doc.ts';
import type * as Y from 'yjs';
import { greetArrival } from '#core/live/arrivals/greet-arrival.ts';
import type { LiveEvent } from '#core/live/live-event.ts';
import { isSlug } from '#core/units/ids.ts';
import type { Platform } from '#core/units/platform.ts';
import type { Rooms } from '#sync-server/rooms/rooms.ts';
import type { Storage } from '#sync-server/storage/storage.ts';
import { type Audience, openAudience } from './audience.ts';
import { type BehaviourWriter, createBehaviourWriter } from './behaviour-writer.ts';
import { ContentKeeper, isContentEvent } from './content-keeper.ts';
import { ConductedBroadcast } from './conduct-broadcast.ts';

export interface BroadcastsDeps {
  readonly rooms: Rooms;
  readonly storage: Pick<Storage, 'log' | 'blobs'>;
  readonly platform: Platform;
  nowMs(): number;
  listWorkspaces(): Promise<readonly string[]>;
  /** A broadcast that was conducted here is over. */
  ended?(workspace: string, broadcast: string): void;
  report(kind: string, detail: string): void;
}

export interface Broadcasts {
  take(workspace: string, events: readonly LiveEvent[]): void;
  listOnAir(workspace: string): Promise<readonly NearBroadcast[]>;
  /** Anything at all in this process, or this workspace in another. */
  isOnAir(workspace: string): Promise<boolean>;
  /** Some known viewers' keys, for the simulator. */
  someViewers(workspace: string, most: number): Promise<readonly string[]>;
  /** Every second. */
  tick(): Promise<void>;
  /** Every ten seconds, and at the start. */
  look(): Promise<void>;
  close(): Promise<void>;
}

/** What a sender may know of a broadcast: whether it runs, and the products in their order. */
export interface NearBroadcast {
  readonly broadcast: string;
  readonly startedMs: number | null;
  readonly endedMs: number | null;
  readonly items: readonly { readonly id: string; readonly name: string; readonly minutes: number }[];
}

interface OnAir {
  readonly broadcast: ConductedBroadcast;
  readonly workspace: string;
  readonly facts: BehaviourWriter;
}

const reachMs = 8 * 86_400_000;
const refreshMs = 60_000;

export const createBroadcasts = (deps: BroadcastsDeps): Broadcasts => new BroadcastsOnAir(deps);

class BroadcastsOnAir implements Broadcasts {
  readonly #deps: BroadcastsDeps;
  readonly #onAir = new Map<string, OnAir>();
  readonly #audiences = new Map<string, { audience: Audience | null; readMs: number }>();
  /** They stay ended; what still comes for them is dropped. */
  readonly #ended = new Set<string>();
  readonly #inPhase = new Set<string>();
  readonly #content: ContentKeeper;
  /** Events that wait for the next second. */
  readonly #waiting = new Map<string, LiveEvent[]>();

  constructor(deps: BroadcastsDeps) {
    this.#deps = deps;
    this.#content = new ContentKeeper(deps);
  }

  take(workspace: string, events: readonly LiveEvent[]): void {
    this.#content.take(workspace, events.filter(isContentEvent));
    const waiting = this.#waiting.get(workspace) ?? [];
    for (const event of events) if (!isContentEvent(event)) waiting.push(event);
    if (waiting.length > 0) this.#waiting.set(workspace, waiting);
  }

  async tick(): Promise<void> {
    this.#content.tick();
    const placed = [...this.#waiting];
    this.#waiting.clear();
    for (const [workspace, events] of placed) await this.#place(workspace, events);
    for (const [key, entry] of this.#onAir) await this.#conduct(key, entry);
  }

  async look(): Promise<void> {
    for (const workspace of await this.#deps.listWorkspaces()) {
      for (const id of await this.#nearCampaigns(workspace, reachMs)) {
        if (await this.#isOnAir(workspace, id)) this.#open(workspace, id);
      }
    }
  }

  async close(): Promise<void> {
    await this.#content.close();
    for (const [, entry] of this.#onAir) await entry.facts.flush(true);
    this.#onAir.clear();
  }

  async listOnAir(workspace: string): Promise<readonly NearBroadcast[]> {
    const near = await this.#nearCampaigns(workspace);
    return Promise.all(
      near.map((id) => this.#deps.rooms.read(`${workspace}/show/${id}`, (doc) => nearBroadcast(id, readShow(doc)))),
    );
  }

  async isOnAir(workspace: string): Promise<boolean> {
    if (this.#onAir.size > 0) return true;
    const near = await this.listOnAir(workspace);
    return near.some(({ startedMs, endedMs }) => startedMs !== null && endedMs === null);
  }

  async someViewers(workspace: string, most: number): Promise<readonly string[]> {
    const known =
      this.#audiences.get(workspace)?.audience ?? (await openAudience(this.#deps, workspace, this.#deps.nowMs()));
    const keys = known.serverLedger.someKeys('openid', 5000);
    const isGreeted = (viewerKey: string): boolean => {
      const dense = known.customerOf({ viewerKeyKind: 'openid', viewerKey });
      return (
        dense >= 0 && greetArrival(known.ledger, known.beliefs, dense, { id: '', nickname: 'x', atMs: 0 }) !== null
      );
    };
    const greeted = keys.filter(isGreeted).slice(0, Math.ceil(most / 2));
    return [...greeted, ...keys.filter((key) => !greeted.includes(key)).slice(0, most - greeted.length)];
  }

  async #conduct(key: string, entry: OnAir): Promise<void> {
    const { broadcast, facts, workspace } = entry;
    this.#readAudience(workspace);
    await broadcast.tick().catch((error: unknown) => this.#deps.report('broadcast', String(error)));
    await facts.flush();
    if (broadcast.isRunning && !this.#inPhase.has(key)) {
      this.#inPhase.add(key);
      this.#setPhase(workspace, broadcast.id, 'during');
    }
    if (broadcast.hasEnded || broadcast.isForgotten) await this.#leave(key, entry);
  }

  async #place(workspace: string, events: readonly LiveEvent[]): Promise<void> {
    const running = [...this.#onAir.values()].find((each) => each.workspace === workspace);
    const isNamed = events.some((event) => event.broadcast !== '');
    const [near, any] = isNamed
      ? [await this.#nearCampaigns(workspace), await this.#nearCampaigns(workspace, Infinity)]
      : [[], []];
    for (const [id, ofOne] of Map.groupBy(events, (event) => event.broadcast)) {
      const mayTake = isSlug(id) && any.includes(id) && !this.#ended.has(`${workspace}/${id}`);
      const isHere = mayTake && (near.includes(id) || (await this.#isOnAir(workspace, id)));
      const target = id === '' ? running : isHere ? this.#open(workspace, id) : undefined;
      target?.broadcast.take(ofOne);
    }
  }

  async #isOnAir(workspace: string, id: string): Promise<boolean> {
    const { onAir } = await this.#deps.rooms.read(`${workspace}/show/${id}`, readShow);
    return onAir.startedMs !== null && onAir.endedMs === null;
  }

  #open(workspace: string, id: string): OnAir {
    const key = `${workspace}/${id}`;
    const known = this.#onAir.get(key);
    if (known) return known;
    const deps = this.#deps;
    const facts = createBehaviourWriter({ ...deps, blobs: deps.storage.blobs }, workspace);
    const audience = (): Audience | null => this.#audiences.get(workspace)?.audience ?? null;
    const opened: OnAir = {
      workspace,
      facts,
      broadcast: new ConductedBroadcast({ ...deps, facts, audience }, workspace, id),
    };
    this.#onAir.set(key, opened);
    this.#readAudience(workspace);
    return opened;
  }

  async #leave(key: string, { workspace, broadcast, facts }: OnAir): Promise<void> {
    this.#onAir.delete(key);
    await facts.flush(true);
    if (broadcast.hasEnded) {
      this.#ended.add(key);
      this.#deps.ended?.(workspace, broadcast.id);
      this.#setPhase(workspace, broadcast.id, 'after');
    }
    if (![...this.#onAir.values()].some((each) => each.workspace === workspace)) this.#audiences.delete(workspace);
  }

  #readAudience(workspace: string): void {
    const known = this.#audiences.get(workspace);
    const nowMs = this.#deps.nowMs();
    const failed = (error: unknown): void => this.#deps.report('audience', String(error));
    if (known && (known.audience === null || nowMs - known.readMs < refreshMs)) return;
    if (known?.audience) {
      known.readMs = nowMs;
      known.audience.serverLedger.refresh().catch(failed);
      return;
    }
    const entry = { audience: null as Audience | null, readMs: nowMs };
    this.#audiences.set(workspace, entry);
    openAudience(this.#deps, workspace, nowMs).then(
      (audience) => (entry.audience = audience),
      (error: unknown) => {
        failed(error);
        this.#audiences.delete(workspace);
      },
    );
  }

  #setPhase(workspace: string, id: string, phase: 'during' | 'after'): void {
    const change = (doc: Y.Doc): void => void changeCampaign(doc, id, { phase });
    const written = this.#deps.rooms.change(`${workspace}/settings`, 'conduct-broadcast', change);
    written.catch((error: unknown) => this.#deps.report('campaign-phase', String(error)));
  }

  async #nearCampaigns(workspace: string, withinMs?: number): Promise<readonly string[]> {
    const { campaigns } = await this.#deps.rooms.read(`${workspace}/settings`, readCampaignList);
    const nowMs = this.#deps.nowMs();
    return campaigns.filter((each) => !each.archived && isNearBroadcast(each, nowMs, withinMs)).map(({ id }) => id);
  }
}

function nearBroadcast(broadcast: string, { onAir, items }: Show): NearBroadcast {
  const products = items.filter((item) => item.productId !== '');
  return {
    broadcast,
    startedMs: onAir.startedMs,
    endedMs: onAir.endedMs,
    items: products.map((item) => ({ id: item.productId, name: item.title, minutes: item.minutes })),
  };
}
