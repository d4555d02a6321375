import { LeaseLost } from '#sync-server/storage/storage.ts';
import type { RoomDeps } from './room-deps.ts';

/** Storage refused a write. That a room moved to another process is no fault of storage. */
export const tellFailure = (
  { report, meters, nowMs }: Pick<RoomDeps, 'report' | 'meters' | 'nowMs'>,
  kind: 'snapshot' | 'write-failed',
  path: string,
  error: unknown,
): void => {
  report(kind, `${path}: ${String(error)}`);
  if (!(error instanceof LeaseLost)) meters.failed(error, nowMs());
};
