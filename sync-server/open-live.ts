/** Composition of the live part: sources and ingest, the broadcasts on air and their seconds, the demo's simulator. */
import { fileURLToPath } from 'node:url';
import type { Access } from './access/access.ts';
import type { RouteModule } from './access/route-module.ts';
import { createBroadcasts, type BroadcastsDeps } from './broadcasts/broadcasts.ts';
import { createSimulateRoutes } from './broadcasts/simulate.routes.ts';
import { createAcceptEvents } from './ingest/accept-events.ts';
import { createIngestRoutes } from './ingest/ingest.routes.ts';
import { createSources, type Sources } from './ingest/sources.ts';
import type { Storage } from './storage/storage.ts';
import type { KeyRing } from './vault/key-ring.ts';

export interface LiveDeps extends Omit<BroadcastsDeps, 'storage'> {
  readonly access: Pick<Access, 'audit' | 'watch'>;
  readonly storage: Storage;
  readonly ring: KeyRing;
  /** How many seconds pass in one real second: 1, but for tests. */
  readonly speed: number;
  /** Of several processes only one conducts. */
  isKeeper(): boolean;
  /** Where this server can be reached on this machine. */
  address(): string;
}

export interface Live {
  readonly routes: readonly RouteModule[];
  /** Begins the seconds. */
  start(): void;
  isOnAir(workspace: string): Promise<boolean>;
  close(): Promise<void>;
}

/** A little under a second, so that an event is on every screen within one. */
const secondMs = 900;
const lookMs = 10_000;

export const openLive = (deps: LiveDeps): Live => {
  const { storage, nowMs, report } = deps;
  const broadcasts = createBroadcasts({
    ...deps,
    ended: (workspace, broadcast) => simulate.stop(workspace, broadcast),
  });
  const sources = createSources({ records: storage.records, ring: deps.ring, nowMs });
  forgetRemoved(deps, sources);
  const accept = createAcceptEvents({ records: storage.records, broadcasts, nowMs });
  const command = fileURLToPath(new URL('./commands/simulate.ts', import.meta.url));
  const simulate = createSimulateRoutes({
    command,
    sources,
    listOnAir: (workspace) => broadcasts.listOnAir(workspace),
    someViewers: (workspace, most) => broadcasts.someViewers(workspace, most),
    address: deps.address,
    report,
  });
  const timers: NodeJS.Timeout[] = [];
  let isTicking: Promise<void> | null = null;
  let isKeeper = deps.isKeeper();
  const look = async (): Promise<void> => {
    if (deps.isKeeper()) await broadcasts.look();
  };

  const every = (ms: number, act: () => Promise<void>, kind: string): void => {
    timers.push(setInterval(() => void act().catch((error: unknown) => report(kind, String(error))), ms / deps.speed));
  };
  /** A second that takes longer than a second delays the next; they never overlap. */
  const tick = async (): Promise<void> => {
    if (isTicking) return;
    const wasKeeper = isKeeper;
    isKeeper = deps.isKeeper();
    // What was accepted is written; the next keeper conducts.
    if (!isKeeper && !wasKeeper) return;
    isTicking = (isKeeper ? broadcasts.tick() : broadcasts.close()).finally(() => (isTicking = null));
    await isTicking;
  };

  return {
    routes: [
      createIngestRoutes({
        access: deps.access,
        sources,
        accept,
        records: storage.records,
        listOnAir: (workspace) => broadcasts.listOnAir(workspace),
        nowMs,
      }),
      simulate,
    ],
    isOnAir: (workspace) => broadcasts.isOnAir(workspace),
    start: () => {
      every(secondMs, tick, 'broadcast');
      every(lookMs, look, 'broadcast');
      look().catch((error: unknown) => report('broadcast', String(error)));
    },
    close: async () => {
      timers.forEach(clearInterval);
      simulate.stopAll();
      await isTicking;
      await broadcasts.close();
    },
  };
};

/** A workspace that is removed takes its sources along: they prove nothing any more. */
const forgetRemoved = ({ access, report }: LiveDeps, sources: Pick<Sources, 'list' | 'remove'>): void => {
  const forget = async (workspace: string): Promise<void> => {
    for (const { id } of await sources.list(workspace)) await sources.remove(workspace, id);
  };
  access.watch((change) => {
    if (change.kind !== 'workspace-removed') return;
    forget(change.workspace).catch((error: unknown) => report('sources-not-removed', String(error)));
  });
};
