/** A broadcast as its follow-up needs it: when it ran and which product was on when. Ms since the epoch. */
export interface ShownCue {
  /** Catalogue id, or the platform's item key. */
  readonly product: string;
  readonly fromMs: number;
  readonly untilMs: number;
}

export interface BroadcastWindow {
  readonly campaign: string;
  readonly startMs: number;
  readonly endMs: number;
  /** In order of time; used where the ledger itself has no record of what was shown. */
  readonly cues: readonly ShownCue[];
}

/** The working window after a broadcast. */
export const windowMs = 72 * 3_600_000;
