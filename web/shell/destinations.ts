/** The places of the rail, in order, and who may see them: decided by the documents a place needs, not by role names. */
import CalendarCheck from '@lucide/svelte/icons/calendar-check';
import ChartPie from '@lucide/svelte/icons/chart-pie';
import ChartSpline from '@lucide/svelte/icons/chart-spline';
import Film from '@lucide/svelte/icons/film';
import History from '@lucide/svelte/icons/history';
import Package from '@lucide/svelte/icons/package';
import Radio from '@lucide/svelte/icons/radio';
import Settings2 from '@lucide/svelte/icons/settings-2';
import Upload from '@lucide/svelte/icons/upload';
import Users from '@lucide/svelte/icons/users';
import type { Access } from '#core/workspace/rooms.ts';
import type { IconComponent } from '#web/controls/icon.ts';

export type DestinationName =
  | 'today'
  | 'customers'
  | 'segments'
  | 'insight'
  | 'catalogue'
  | 'campaigns'
  | 'journeys'
  | 'library'
  | 'intake'
  | 'settings';

export interface Destination {
  readonly name: DestinationName;
  readonly icon: IconComponent;
  /** At the foot of the rail instead of its head. */
  readonly isFoot: boolean;
}

const all: readonly (Destination & { readonly needs: readonly [path: string, access: 'read' | 'write'] | null })[] = [
  { name: 'today', icon: CalendarCheck, isFoot: false, needs: null },
  { name: 'customers', icon: Users, isFoot: false, needs: ['facts/orders/2026-01', 'read'] },
  { name: 'segments', icon: ChartPie, isFoot: false, needs: ['segments', 'read'] },
  { name: 'insight', icon: ChartSpline, isFoot: false, needs: ['facts/orders/2026-01', 'read'] },
  { name: 'campaigns', icon: Radio, isFoot: false, needs: ['campaign/any', 'read'] },
  { name: 'journeys', icon: History, isFoot: false, needs: ['journeys', 'read'] },
  { name: 'library', icon: Film, isFoot: false, needs: ['library', 'read'] },
  { name: 'catalogue', icon: Package, isFoot: false, needs: ['catalogue', 'read'] },
  { name: 'intake', icon: Upload, isFoot: true, needs: ['facts/orders/2026-01', 'write'] },
  { name: 'settings', icon: Settings2, isFoot: true, needs: null },
];

export const destinationsFor = (accessTo: (path: string) => Access): readonly Destination[] =>
  all.filter(({ needs }) => {
    if (needs === null) return true;
    const access = accessTo(needs[0]);
    return access === 'write' || access === needs[1];
  });

/** Pages that are reached from another one, and open to whoever may open that. */
const within: Readonly<Record<string, string>> = { live: 'campaigns', backtest: 'insight' };

export const destinationOf = (page: string): string => within[page] ?? page;

/** A page of the app that these do not lead to. */
export const isBarred = (name: string, destinations: readonly Destination[]): boolean =>
  all.some((place) => place.name === name) && !destinations.some((place) => place.name === name);
