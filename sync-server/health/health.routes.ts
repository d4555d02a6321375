import { Hono } from 'hono';
import { fail, ok } from '#core/result.ts';
import type { RequestContext } from '#sync-server/access/request-context.ts';
import type { RouteModule } from '#sync-server/access/route-module.ts';
import type { RoomRegistry } from '#sync-server/rooms/room-registry.ts';
import type { Storage } from '#sync-server/storage/storage.ts';

export interface HealthDeps {
  readonly rooms: Pick<RoomRegistry, 'counters'>;
  readonly storage: Pick<Storage, 'records'>;
  nowMs(): number;
}

/** A durable write is tried at most this often, however often somebody asks. */
const probeMs = 5000;

export const createHealthRoutes = ({ rooms, storage, nowMs }: HealthDeps): RouteModule => {
  const startedMs = nowMs();
  let probe: { atMs: number; canWrite: Promise<boolean> } | null = null;
  const canWrite = (): Promise<boolean> => {
    if (probe && nowMs() - probe.atMs < probeMs) return probe.canWrite;
    const written = storage.records.write([{ collection: 'health', key: 'probe', value: nowMs() }]);
    probe = {
      atMs: nowMs(),
      canWrite: written.then(
        () => true,
        () => false,
      ),
    };
    return probe.canWrite;
  };
  const routes = new Hono<RequestContext>();
  routes.get('/health', async (context) =>
    context.var.answer(
      (await canWrite())
        ? ok({ isHealthy: true, upMs: nowMs() - startedMs, ...rooms.counters() })
        : fail({ kind: 'storage-full' }),
    ),
  );
  return { routes };
};
