/** The campaigns around the kept broadcasts: run of show, cards with deadlines, what happened. Times are ms. */
import type { Column } from '../campaigns/campaign.ts';
import type { Phase } from '../campaigns/campaign-list.doc.ts';
import type { RunOfShowItem } from '../campaigns/run-of-show.ts';
import { productIdFromItem } from '../catalogue/product-id.ts';
import { weekdayFromDay } from '../units/business-day.ts';
import type { CampaignId } from '../units/ids.ts';
import type { DemoBroadcast } from './broadcasts.ts';
import type { DemoTheme } from './campaign-plan.ts';
import { demoThemes, weekdayCharacters } from './campaigns.data.ts';
import type { Slot } from './create-behaviour.ts';
import { demoProducts } from './products.data.ts';

/** In the order they stand. */
export type DemoItem = Omit<RunOfShowItem, 'order'>;

export interface DemoCampaignCard {
  readonly id: string;
  readonly column: Column;
  readonly title: string;
  readonly note: string;
  readonly owner: string;
  readonly deadlineMs: number | null;
  readonly checklist: readonly { readonly id: string; readonly text: string; readonly isDone: boolean }[];
}

export interface DemoCampaign {
  readonly id: CampaignId;
  readonly title: string;
  readonly startMs: number;
  readonly plannedMinutes: number;
  readonly phase: Phase;
  readonly items: readonly DemoItem[];
  readonly cards: readonly DemoCampaignCard[];
  /** Null while it has not begun. */
  readonly onAir: { readonly startedMs: number; readonly endedMs: number } | null;
  /** Moments the assistant marked. */
  readonly marks: readonly { readonly id: string; readonly itemId: string; readonly atMs: number }[];
}

export const createDemoCampaigns = (broadcasts: readonly DemoBroadcast[], asOfDay: number): DemoCampaign[] =>
  broadcasts.map((broadcast) => {
    const theme = themeOf(broadcast);
    const isOver = broadcast.day < asOfDay;
    const items = theme.items.map((item, at) => ({
      id: `item-${at + 1}`,
      kind: item.kind,
      productId: productIdOf(item.product),
      title: item.title,
      minutes: item.minutes,
      priceFen: item.priceFen,
      owner: item.owner,
      locked: item.isLocked === true,
      script: item.script.join('\n'),
    }));
    return {
      id: broadcast.id,
      title: theme.title.replace('#', weekdayCharacters[weekdayFromDay(broadcast.day)] ?? ''),
      startMs: broadcast.startMs,
      plannedMinutes: theme.plannedMinutes,
      phase: isOver ? 'after' : 'before',
      items,
      cards: isOver ? doneCards(theme, broadcast) : cardsOf(theme, broadcast),
      onAir: isOver ? { startedMs: broadcast.startMs, endedMs: broadcast.endMs } : null,
      marks: isOver ? marksOf(broadcast, items) : [],
    };
  });

/** When each item is on: the planned minutes, scaled to the broadcast's real length. */
export const slotsOf = (broadcast: DemoBroadcast): Slot[] => {
  const { items } = themeOf(broadcast);
  const total = items.reduce((sum, item) => sum + item.minutes, 0);
  const minuteMs = (broadcast.endMs - broadcast.startMs) / total;
  let atMs = broadcast.startMs;
  return items.map((item) => {
    const fromMs = Math.round(atMs);
    atMs += item.minutes * minuteMs;
    return {
      product: demoProducts.findIndex((product) => product.id === item.product),
      fromMs,
      untilMs: Math.round(atMs),
    };
  });
};

function themeOf(broadcast: DemoBroadcast): DemoTheme {
  const theme = demoThemes.find((candidate) => candidate.theme === broadcast.theme);
  if (!theme) throw new Error(`no theme ${broadcast.theme}`);
  return theme;
}

function productIdOf(id: string): string {
  const item = demoProducts.find((product) => product.id === id)?.items[0];
  return item ? productIdFromItem(item) : '';
}

const hour = 3_600_000;

function cardsOf(theme: DemoTheme, broadcast: DemoBroadcast): DemoCampaignCard[] {
  return theme.cards.map((card, at) => ({
    id: `card-${at + 1}`,
    column: card.column,
    title: card.title,
    note: card.note,
    owner: card.owner,
    deadlineMs: card.hoursBefore === null ? null : broadcast.startMs - card.hoursBefore * hour,
    checklist: card.checklist.map(([text, isDone], nth) => ({ id: `step-${nth + 1}`, text, isDone })),
  }));
}

function doneCards(theme: DemoTheme, broadcast: DemoBroadcast): DemoCampaignCard[] {
  return cardsOf(theme, broadcast)
    .slice(0, 4)
    .map((card) => ({
      ...card,
      column: 'done',
      note: '',
      checklist: card.checklist.map((step) => ({ ...step, isDone: true })),
    }));
}

function marksOf(broadcast: DemoBroadcast, items: readonly DemoItem[]): DemoCampaign['marks'] {
  const slots = slotsOf(broadcast);
  return [1, 2, 4].flatMap((at) => {
    const slot = slots[at];
    const item = items[at];
    return slot && item ? [{ id: `mark-${at}`, itemId: item.id, atMs: slot.fromMs + 150_000 }] : [];
  });
}
