/**
 * All broadcasts on air, over all workspaces. Events go to the broadcast they name, else to the one on air in their
 * workspace; an event that begins a broadcast opens it. Looks every ten seconds for shows that were put on air or ended
 * by hand. Shows are looked for among the campaigns within a day and a half of now that are not archived.
 */
import { changeCampaign, readCampaignList } from '#core/campaigns/campaign-list.doc.ts';
import { readShow } from '#core/campaigns/show.doc.ts';
import { greetArrival } from '#core/live/arrivals/greet-arrival.ts';
import type { LiveEvent } from '#core/live/live-event.ts';
import { isSlug } from '#core/units/ids.ts';
import type { Platform } from '#core/units/platform.ts';
import type { Rooms } from '#sync-server/rooms/rooms.ts';
import type { Storage } from '#sync-server/storage/storage.ts';
import { type Audience, openAudience } from './audience.ts';
import { type BehaviourWriter, createBehaviourWriter } from './behaviour-writer.ts';
import { ConductedBroadcast } from './conduct-broadcast.ts';

export interface BroadcastsDeps {
  readonly rooms: Rooms;
  readonly storage: Pick<Storage, 'log' | 'blobs'>;
  readonly platform: Platform;
  nowMs(): number;
  listWorkspaces(): Promise<readonly string[]>;
  report(kind: string, detail: string): void;
}

export interface Broadcasts {
  take(workspace: string, events: readonly LiveEvent[]): void;
  listOnAir(workspace: string): Promise<readonly NearBroadcast[]>;
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

const nearMs = 36 * 3_600_000;
const refreshMs = 60_000;

export const createBroadcasts = (deps: BroadcastsDeps): Broadcasts => {
  const onAir = new Map<string, OnAir>();
  const audiences = new Map<string, { audience: Audience | null; readMs: number }>();
  /** They stay ended; what still comes for them is dropped. */
  const ended = new Set<string>();
  const inPhase = new Set<string>();
  /** Events that came before their broadcast was found. */
  const homeless = new Map<string, LiveEvent[]>();

  const readAudience = (workspace: string): void => {
    const known = audiences.get(workspace);
    const nowMs = deps.nowMs();
    if (known && (known.audience === null || nowMs - known.readMs < refreshMs)) return;
    if (known?.audience) {
      known.readMs = nowMs;
      known.audience.serverLedger.refresh().catch((error: unknown) => deps.report('audience', String(error)));
      return;
    }
    const entry = { audience: null as Audience | null, readMs: nowMs };
    audiences.set(workspace, entry);
    openAudience(deps, workspace, nowMs).then(
      (audience) => (entry.audience = audience),
      (error: unknown) => {
        deps.report('audience', String(error));
        audiences.delete(workspace);
      },
    );
  };

  const open = (workspace: string, id: string): OnAir => {
    const key = `${workspace}/${id}`;
    const known = onAir.get(key);
    if (known) return known;
    const facts = createBehaviourWriter({ ...deps, blobs: deps.storage.blobs }, workspace);
    const audience = (): Audience | null => audiences.get(workspace)?.audience ?? null;
    const opened: OnAir = {
      workspace,
      facts,
      broadcast: new ConductedBroadcast({ ...deps, facts, audience }, workspace, id),
    };
    onAir.set(key, opened);
    readAudience(workspace);
    return opened;
  };

  const setPhase = (workspace: string, id: string, phase: 'during' | 'after'): void => {
    const written = deps.rooms.change(
      `${workspace}/settings`,
      'conduct-broadcast',
      (doc) => void changeCampaign(doc, id, { phase }),
    );
    written.catch((error: unknown) => deps.report('campaign-phase', String(error)));
  };

  const nearCampaigns = async (workspace: string): Promise<readonly string[]> => {
    const { campaigns } = await deps.rooms.read(`${workspace}/settings`, readCampaignList);
    const nowMs = deps.nowMs();
    return campaigns
      .filter((each) => !each.archived && (each.phase === 'during' || Math.abs(each.startMs - nowMs) < nearMs))
      .map(({ id }) => id);
  };

  const placeEvents = async (workspace: string, events: readonly LiveEvent[]): Promise<void> => {
    const running = [...onAir.values()].filter((each) => each.workspace === workspace);
    const near = events.some((event) => event.broadcast !== '') ? await nearCampaigns(workspace) : [];
    for (const event of events) {
      const named =
        event.broadcast !== '' &&
        isSlug(event.broadcast) &&
        near.includes(event.broadcast) &&
        !ended.has(`${workspace}/${event.broadcast}`)
          ? event.broadcast
          : '';
      const target = named !== '' ? open(workspace, named) : event.broadcast === '' ? running[0] : undefined;
      target?.broadcast.take([event]);
    }
  };

  const close = async (key: string, { workspace, broadcast, facts }: OnAir): Promise<void> => {
    onAir.delete(key);
    await facts.flush(true);
    if (broadcast.hasEnded) {
      ended.add(key);
      setPhase(workspace, broadcast.id, 'after');
    }
    if (![...onAir.values()].some((each) => each.workspace === workspace)) audiences.delete(workspace);
  };

  return {
    take: (workspace, events) => {
      if (events.length === 0) return;
      const waiting = homeless.get(workspace) ?? [];
      waiting.push(...events);
      homeless.set(workspace, waiting);
    },
    listOnAir: async (workspace) =>
      Promise.all(
        (await nearCampaigns(workspace)).map(async (id) => {
          const show = await deps.rooms.read(`${workspace}/show/${id}`, readShow);
          const items = show.items.filter((item) => item.productId !== '');
          return {
            broadcast: id,
            startedMs: show.onAir.startedMs,
            endedMs: show.onAir.endedMs,
            items: items.map((item) => ({ id: item.productId, name: item.title, minutes: item.minutes })),
          };
        }),
      ),
    someViewers: async (workspace, most) => {
      const known = audiences.get(workspace)?.audience ?? (await openAudience(deps, workspace, deps.nowMs()));
      const keys = known.serverLedger.someKeys('openid', 5000);
      const isGreeted = (viewerKey: string): boolean => {
        const dense = known.customerOf({ viewerKeyKind: 'openid', viewerKey });
        return (
          dense >= 0 && greetArrival(known.ledger, known.beliefs, dense, { id: '', nickname: 'x', atMs: 0 }) !== null
        );
      };
      const greeted = keys.filter(isGreeted).slice(0, Math.ceil(most / 2));
      return [...greeted, ...keys.filter((key) => !greeted.includes(key)).slice(0, most - greeted.length)];
    },
    tick: async () => {
      const placed = [...homeless];
      homeless.clear();
      for (const [workspace, events] of placed) await placeEvents(workspace, events);
      for (const [key, entry] of onAir) {
        readAudience(entry.workspace);
        await entry.broadcast.tick().catch((error: unknown) => deps.report('broadcast', String(error)));
        await entry.facts.flush();
        if (entry.broadcast.isRunning && !inPhase.has(key)) {
          inPhase.add(key);
          setPhase(entry.workspace, entry.broadcast.id, 'during');
        }
        if (entry.broadcast.hasEnded || entry.broadcast.isForgotten) await close(key, entry);
      }
    },
    look: async () => {
      for (const workspace of await deps.listWorkspaces()) {
        for (const id of await nearCampaigns(workspace)) {
          const { onAir: state } = await deps.rooms.read(`${workspace}/show/${id}`, readShow);
          if (state.startedMs !== null && state.endedMs === null) open(workspace, id);
        }
      }
    },
    close: async () => {
      for (const [, entry] of onAir) await entry.facts.flush(true);
      onAir.clear();
    },
  };
};
