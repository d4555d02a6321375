/**
 * When each item of a run of show begins: the start plus the minutes of all items before it, and the total against
 * the plan. During the broadcast the current item began when it really did, so everything after it shifts with it.
 * Minutes, and ms since the epoch.
 */
import type { OnAir, RunOfShowItem } from './run-of-show.ts';

export interface PlannedTimes {
  readonly startMsById: ReadonlyMap<string, number>;
  readonly endMs: number;
  readonly totalMinutes: number;
  /** Positive: longer than planned. */
  readonly differenceMinutes: number;
}

const minuteMs = 60_000;

export const planTimes = (
  items: readonly Pick<RunOfShowItem, 'id' | 'minutes'>[],
  startMs: number,
  plannedMinutes: number,
  onAir?: Pick<OnAir, 'startedMs' | 'endedMs' | 'currentItemId' | 'currentSinceMs'>,
): PlannedTimes => {
  const startMsById = new Map<string, number>();
  const isLive = onAir?.startedMs != null && onAir.endedMs == null;
  let atMs = isLive ? (onAir.startedMs ?? startMs) : startMs;
  let totalMinutes = 0;
  for (const item of items) {
    if (isLive && item.id === onAir.currentItemId && onAir.currentSinceMs != null) atMs = onAir.currentSinceMs;
    startMsById.set(item.id, atMs);
    atMs += item.minutes * minuteMs;
    totalMinutes += item.minutes;
  }
  return Object.freeze({ startMsById, endMs: atMs, totalMinutes, differenceMinutes: totalMinutes - plannedMinutes });
};
