/**
 * When the demo brand broadcasts: a family table once a week at 20:00, a breakfast at 07:30 and a baking night, all
 * counted from the day asked about, so that tonight there is a broadcast and yesterday there was one. Times are ms.
 */
import { type BusinessDay, isoFromDay, msFromDay } from '../units/business-day.ts';
import type { CampaignId } from '../units/ids.ts';

export type BroadcastTheme = 'family' | 'breakfast' | 'baking';

export interface DemoBroadcast {
  readonly id: CampaignId;
  readonly theme: BroadcastTheme;
  readonly day: BusinessDay;
  readonly startMs: number;
  readonly endMs: number;
  /** Has its own campaign, show and behaviour; older ones only left orders behind. */
  readonly isKept: boolean;
}

const hour = 3_600_000;

export const listBroadcasts = (firstDay: BusinessDay, asOfDay: BusinessDay): DemoBroadcast[] => {
  const broadcasts: DemoBroadcast[] = [];
  for (let day = asOfDay; day >= firstDay; day -= 7) broadcasts.push(broadcast('family', day, 20, 2, asOfDay - 28));
  for (let day = asOfDay - 2; day >= firstDay; day -= 7)
    broadcasts.push(broadcast('breakfast', day, 7.5, 1.5, asOfDay - 10));
  for (let day = asOfDay - 1; day >= firstDay; day -= 14)
    broadcasts.push(broadcast('baking', day, 20, 2, asOfDay - 16));
  broadcasts.push(broadcast('breakfast', asOfDay + 5, 7.5, 1.5, asOfDay));
  return broadcasts.sort((a, b) => a.startMs - b.startMs);
};

function broadcast(
  theme: BroadcastTheme,
  day: BusinessDay,
  fromHour: number,
  hours: number,
  keptFromDay: BusinessDay,
): DemoBroadcast {
  const startMs = msFromDay(day) + fromHour * hour;
  return {
    id: `${theme}-${isoFromDay(day)}` as CampaignId,
    theme,
    day,
    startMs,
    endMs: startMs + hours * hour - 2 * 60_000,
    isKept: day >= keptFromDay,
  };
}
