/** Near enough for data alone to open it: on air, or planned within a day and a half of now. */
import type { Campaign } from './campaign-list.doc.ts';

const nearMs = 36 * 3_600_000;

export const isNearBroadcast = (
  { phase, startMs }: Pick<Campaign, 'phase' | 'startMs'>,
  nowMs: number,
  withinMs = nearMs,
): boolean => phase === 'during' || Math.abs(startMs - nowMs) < withinMs;
