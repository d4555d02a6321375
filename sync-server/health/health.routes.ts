import { Hono } from 'hono';
import { fail, ok } from '#core/result.ts';
import type { RequestContext } from '#sync-server/access/request-context.ts';
import type { RouteModule } from '#sync-server/access/route-module.ts';
import type { RoomRegistry } from '#sync-server/rooms/room-registry.ts';
import { isStorageFull } from '#sync-server/storage/is-storage-full.ts';
import type { Storage } from '#sync-server/storage/storage.ts';

export interface HealthDeps {
  readonly rooms: Pick<RoomRegistry, 'counters' | 'writeFailure'>;
  readonly storage: Pick<Storage, 'records'>;
  nowMs(): number;
}

/** A durable write is tried at most this often, however often somebody asks. */
const probeMs = 5000;

export const createHealthRoutes = ({ rooms, storage, nowMs }: HealthDeps): RouteModule => {
  const startedMs = nowMs();
  let probe: { atMs: number; failure: Promise<unknown> } | null = null;
  const probeFailure = (): Promise<unknown> => {
    if (probe && nowMs() - probe.atMs < probeMs) return probe.failure;
    const written = storage.records.write([{ collection: 'health', key: 'probe', value: nowMs() }]);
    probe = {
      atMs: nowMs(),
      failure: written.then(
        () => null,
        (error: unknown) => error,
      ),
    };
    return probe.failure;
  };
  const routes = new Hono<RequestContext>();
  routes.get('/health', async (context) => {
    const failure = (await probeFailure()) ?? rooms.writeFailure();
    const { unreadable, ...counters } = rooms.counters();
    if (failure !== null)
      return context.var.refuse({ kind: isStorageFull(failure) ? 'storage-full' : 'storage-unavailable' });
    return context.var.answer(
      unreadable > 0
        ? fail({ kind: 'data-damaged', unreadable })
        : ok({ isHealthy: true, upMs: nowMs() - startedMs, ...counters }),
    );
  });
  return { routes };
};
