import type { IconComponent } from './icon.ts';

export interface MenuItem {
  readonly label: string;
  readonly note?: string | undefined;
  readonly icon?: IconComponent | undefined;
  /** Given: a list of choices, ticked or not. */
  readonly isChosen?: boolean | undefined;
  readonly isDestructive?: boolean;
  /** Why it cannot be chosen now. */
  readonly unavailable?: string | undefined;
  readonly run: () => void;
}
