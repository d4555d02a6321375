import type { ContentKind } from '../insight/preference/preference-parameters.ts';

/**
 * A clip record: a piece of a broadcast worth keeping. Times count from the start of its broadcast. A clip is 15 to
 * 60 s long. Tags have two levels, effect and theme, written `effect-theme`.
 */
export const clipMinMs = 15_000;
export const clipMaxMs = 60_000;
/** Chat answers 10 to 20 s late, so a marked moment is cut from 35 s before to 10 s after. */
export const leadMs = 35_000;
export const tailMs = 10_000;
/** Marked again this soon, it is the same moment. */
export const sameMomentMs = 10_000;

export interface Clip {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  /** `成功话术-解决烹饪疑虑`, in alphabetical order. */
  readonly tags: readonly string[];
  readonly productId: string;
  /** What it is like to whoever is sent it; empty while nobody has said. */
  readonly content: ContentKind | '';
  readonly campaignId: string;
  readonly startMs: number;
  readonly endMs: number;
  /** The moment that was marked, on the wall clock. */
  readonly markedMs: number;
  readonly byMember: string;
  readonly isArchived: boolean;
}

export const effectOfTag = (tag: string): string => tag.split('-')[0] ?? tag;

/** The window around a marked moment, kept within 15 to 60 s and after the start. */
export const clipWindow = (momentMs: number, filmMs = Number.POSITIVE_INFINITY): { startMs: number; endMs: number } => {
  const startMs = Math.max(0, momentMs - leadMs);
  const endMs = Math.min(filmMs, Math.max(momentMs + tailMs, startMs + clipMinMs));
  return { startMs: Math.max(0, Math.min(startMs, endMs - clipMinMs)), endMs };
};

/** Keeps an edited window lawful: ordered, 15 to 60 s. The start is kept, the end gives way. */
export const fitClipWindow = (startMs: number, endMs: number): { startMs: number; endMs: number } => {
  const start = Math.max(0, Math.round(startMs));
  return { startMs: start, endMs: Math.min(Math.max(Math.round(endMs), start + clipMinMs), start + clipMaxMs) };
};
