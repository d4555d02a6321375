/** What one act of typing did to a text, and where a place in a text went when others changed it. UTF-16 units. */
export interface Splice {
  readonly start: number;
  readonly removed: number;
  readonly inserted: string;
}

export interface DeltaPart {
  readonly insert?: unknown;
  readonly delete?: number;
  readonly retain?: number;
}

/**
 * The smallest change from one text to the other that ends where the caret stands: of several equal letters, the one
 * that was really typed or removed. Never splits a surrogate pair.
 */
export const planSplice = (before: string, after: string, caret: number): Splice | null => {
  if (before === after) return null;
  const shorter = Math.min(before.length, after.length);
  const longestEnd = Math.min(shorter, Math.max(0, after.length - caret));
  let end = 0;
  while (end < longestEnd && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  if (isSecondHalf(before, before.length - end) || isSecondHalf(after, after.length - end)) end--;
  let start = 0;
  while (start < shorter - end && before[start] === after[start]) start++;
  if (isSecondHalf(before, start) || isSecondHalf(after, start)) start--;
  return { start, removed: before.length - end - start, inserted: after.slice(start, after.length - end) };
};

function isSecondHalf(text: string, at: number): boolean {
  return /[\udc00-\udfff]/.test(text.charAt(at)) && /[\ud800-\udbff]/.test(text.charAt(at - 1));
}

/** Where a place went. What others insert at the very place stands before it when `sticksTo` is `after`. */
export const mapPlace = (place: number, delta: readonly DeltaPart[], sticksTo: 'before' | 'after'): number => {
  let mapped = place;
  let at = 0;
  for (const part of delta) {
    if (at > mapped) break;
    if (part.retain !== undefined) at += part.retain;
    else if (part.delete !== undefined) mapped = Math.max(at, mapped - part.delete);
    else {
      const length = typeof part.insert === 'string' ? part.insert.length : 1;
      if (at < mapped || (at === mapped && sticksTo === 'after')) mapped += length;
      at += length;
    }
  }
  return mapped;
};
