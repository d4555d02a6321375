/** What a demo campaign is made of before it becomes documents. Hours count from the start of the broadcast. */
import type { ContentKind } from '../insight/preference/preference-parameters.ts';
import type { Column } from '../campaigns/campaign.ts';
import type { ItemKind } from '../campaigns/run-of-show.ts';
import type { BroadcastTheme } from './broadcasts.ts';

export interface DemoItem {
  readonly kind: ItemKind;
  /** The assortment's id; empty for talk and games. */
  readonly product: string;
  readonly title: string;
  readonly minutes: number;
  /** Null: the product's own price. */
  readonly priceFen: number | null;
  readonly owner: string;
  readonly isLocked?: boolean;
  readonly script: readonly string[];
}

export interface DemoCard {
  readonly column: Column;
  readonly title: string;
  readonly note: string;
  readonly owner: string;
  /** Before the broadcast; null: no deadline. */
  readonly hoursBefore: number | null;
  readonly checklist: readonly (readonly [text: string, isDone: boolean])[];
}

export interface DemoTheme {
  readonly theme: BroadcastTheme;
  /** `#` becomes the weekday's character. */
  readonly title: string;
  readonly plannedMinutes: number;
  readonly items: readonly DemoItem[];
  readonly cards: readonly DemoCard[];
}

export interface DemoClipWords {
  readonly title: string;
  readonly subtitle: string;
  readonly text: string;
  readonly tags: readonly string[];
  readonly content: ContentKind;
  readonly product: string;
  readonly theme: BroadcastTheme;
  /** Seconds from the start of the broadcast, and length, 15 to 60. */
  readonly fromSeconds: number;
  readonly seconds: number;
}
