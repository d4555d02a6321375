/** The shapes of a show as plain data: what `readShow` gives. All frozen; times in ms since the epoch, money in fen. */
export const itemKinds = ['product', 'talk', 'game'] as const;
export type ItemKind = (typeof itemKinds)[number];

export interface RunOfShowItem {
  readonly id: string;
  readonly order: string;
  readonly kind: ItemKind;
  /** Empty for talk and games. */
  readonly productId: string;
  readonly title: string;
  readonly minutes: number;
  /** The price said in the broadcast; null: the product's own. */
  readonly priceFen: number | null;
  /** A person's name, as the team writes it: people without an account own items too. */
  readonly owner: string;
  /** Holds its place in the order: it does not move and nothing moves past it. */
  readonly locked: boolean;
  /** One prompter line a text line. */
  readonly script: string;
}

export interface OnAir {
  readonly startedMs: number | null;
  readonly endedMs: number | null;
  readonly currentItemId: string;
  readonly currentSinceMs: number | null;
}

export interface Prompter {
  readonly itemId: string;
  readonly line: number;
  readonly isRunning: boolean;
  readonly wordsAMinute: number;
}

export const pushedStates = ['waiting', 'said', 'later', 'dismissed'] as const;
export type PushedState = (typeof pushedStates)[number];

export interface PushedLine {
  readonly id: string;
  readonly text: string;
  /** The product fact it quotes, as `productId/key`; empty when a person vouches for it. */
  readonly sourceFact: string;
  readonly from: string;
  readonly askers: number;
  readonly atMs: number;
  readonly state: PushedState;
  /** When the host's screen had it; null: not yet. */
  readonly reachedMs: number | null;
}

export const suggestionStates = ['open', 'accepted', 'dismissed'] as const;
export type SuggestionState = (typeof suggestionStates)[number];

export interface MoveSuggestion {
  readonly id: string;
  readonly kind: 'move';
  readonly itemId: string;
  /** Null: to the end. */
  readonly beforeItemId: string | null;
  /** Plain numbers by name: clicks, exposures, rate, usual rate ... */
  readonly evidence: Readonly<Record<string, number>>;
  readonly atMs: number;
  readonly state: SuggestionState;
  readonly byMember: string;
}

/** `highlight`, `sold-out`, `question`, `trouble` ...: what the assistant marks by key. */
export interface Mark {
  readonly id: string;
  readonly kind: string;
  readonly itemId: string;
  readonly atMs: number;
  readonly byMember: string;
}

export interface Show {
  /** In order of appearance. */
  readonly items: readonly RunOfShowItem[];
  readonly onAir: OnAir;
  readonly prompter: Prompter;
  readonly pushed: readonly PushedLine[];
  readonly suggestions: readonly MoveSuggestion[];
  readonly marks: readonly Mark[];
  /** Records this version could not read. */
  readonly skipped: number;
}
