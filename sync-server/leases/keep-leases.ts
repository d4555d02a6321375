/**
 * Keeps this process alive in the eyes of the others, and knows whether it is. The time a lease lasts is counted from
 * before the question was sent, on a clock that goes on while the process is paused.
 */
import { CannotOpen } from '#sync-server/storage/cannot-open.ts';
import { inTime } from '#sync-server/storage/in-time.ts';
import type { LeaseAnswer, LeaseRows } from '#sync-server/storage/storage.ts';

export interface LeaseTimes {
  readonly renewMs: number;
  readonly lastMs: number;
}

export const leaseTimes = (lastMs: number): LeaseTimes => ({ renewMs: lastMs / 3, lastMs });

export interface KeepLeasesDeps {
  readonly rows: LeaseRows;
  readonly times: LeaseTimes;
  /** Where the others reach this process. */
  readonly address: string;
  /** No other process may share the database: without Redis. */
  readonly isAlone: boolean;
  /** These leases went to others; null: all of them may have. */
  lost(names: readonly string[] | null): void;
  /** Where the others are that live. */
  heard(addresses: readonly string[]): void;
  report(kind: string, detail: string): void;
}

export interface KeptLeases {
  take(name: string): Promise<LeaseAnswer>;
  release(name: string): void;
  isSure(): boolean;
  /** The one process that does what must be done once. */
  isKeeper(): boolean;
  /** Where the keeper is reached; null when it is this process. */
  keeperAddress(): Promise<string | null>;
  close(): Promise<void>;
}

export class DatabaseInUse extends CannotOpen {}

/** Not a room's name: rooms have a slash. */
const keeper = 'keeper';

export const keepLeases = async (deps: KeepLeasesDeps): Promise<KeptLeases> => {
  const { rows, times, isAlone, report } = deps;
  let sureUntil = 0;
  let isKeeper = false;
  let hasGivenUp = false;
  let renewing: Promise<void> | null = null;
  const isSure = (): boolean => isAlone || performance.now() < sureUntil;

  const renew = async (): Promise<void> => {
    const from = performance.now();
    const lost = await rows.renew(deps.address, isAlone, times.lastMs);
    sureUntil = from + times.lastMs;
    hasGivenUp = false;
    if (lost.includes(keeper)) isKeeper = false;
    if (lost.length > 0) deps.lost(lost);
    isKeeper ||= (await rows.take(keeper)).isOwn;
    deps.heard((await rows.others()).map(({ address }) => address));
  };
  const renewOrGiveUp = async (): Promise<void> => {
    try {
      await inTime(renew, times.lastMs / 2);
    } catch (error) {
      report('lease-not-renewed', String(error));
      if (isSure() || hasGivenUp) return;
      hasGivenUp = true;
      isKeeper = false;
      deps.lost(null);
    }
  };

  await waitForOthers(deps);
  await renew();
  const timer = setInterval(() => {
    renewing ??= renewOrGiveUp().finally(() => {
      renewing = null;
    });
  }, times.renewMs);
  return {
    take: (name) => rows.take(name),
    release: (name) => void rows.release(name).catch((error: unknown) => report('lease-not-released', String(error))),
    isSure,
    isKeeper: () => isKeeper && isSure(),
    keeperAddress: async () => {
      if (isKeeper && isSure()) return null;
      const answer = await rows.take(keeper);
      isKeeper = answer.isOwn;
      return answer.isOwn ? null : answer.address;
    },
    close: async () => {
      clearInterval(timer);
      await renewing;
      await inTime(() => rows.releaseAll(), times.lastMs / 2).catch((error: unknown) =>
        report('lease-not-released', String(error)),
      );
    },
  };
};

/** A process that was killed a moment ago still counts as alive: wait until it would have renewed. */
const waitForOthers = async ({ rows, times, isAlone }: KeepLeasesDeps): Promise<void> => {
  const until = performance.now() + times.lastMs + times.renewMs;
  for (;;) {
    const others = await rows.others();
    if (!others.some((other) => isAlone || other.isAlone)) return;
    if (performance.now() > until)
      throw new DatabaseInUse(
        'DATABASE_URL is in use by another Larder; stop it first, or set REDIS_URL for both so that they can share it',
      );
    await new Promise((resolve) => setTimeout(resolve, times.renewMs / 4));
  }
};
