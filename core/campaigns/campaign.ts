/** The plan of one campaign as plain data: what `readCampaign` gives. All frozen; times in ms since the epoch. */
import type { Phase } from './campaign-list.doc.ts';

export const columns = ['not-ready', 'doing', 'done'] as const;
export type Column = (typeof columns)[number];

export interface ChecklistItem {
  readonly id: string;
  readonly order: string;
  readonly text: string;
  readonly isDone: boolean;
}

export interface Card {
  readonly id: string;
  readonly order: string;
  readonly column: Column;
  readonly phase: Phase;
  readonly title: string;
  readonly note: string;
  /** A person's name, as the team writes it; empty: nobody yet. */
  readonly owner: string;
  readonly deadlineMs: number | null;
  readonly checklist: readonly ChecklistItem[];
}

/** A remark about a card or an item of the run of show, with the words it is about. */
export interface Remark {
  readonly id: string;
  /** `card/<id>` or `item/<id>`. */
  readonly about: string;
  readonly quote: string;
  readonly text: string;
  readonly byName: string;
  readonly atMs: number;
  readonly isResolved: boolean;
}

export interface CampaignPlan {
  /** By order; the screen groups them by column. */
  readonly cards: readonly Card[];
  /** Oldest first. */
  readonly remarks: readonly Remark[];
  readonly skipped: number;
}
