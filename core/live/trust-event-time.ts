/**
 * Which time an event gets. Clocks of senders are wrong by a steady amount, so each source's median of (arrival − event
 * time) over its last 63 events is taken off; what then lies within 60 s of the arrival is believed, anything else
 * happened when it arrived. Milliseconds. Below five events a source's offset is not known and taken as none.
 */
export interface SourceClock {
  readonly offsetsMs: readonly number[];
}

export const trustedWithinMs = 60_000;
const kept = 63;
const needed = 5;
/** Ordinary delay is no wrong clock: below this the event's own time stands. */
const ordinaryDelayMs = 5_000;

export const newSourceClock: SourceClock = { offsetsMs: [] };

export const trustEventTime = (
  clock: SourceClock,
  eventMs: number,
  arrivedMs: number,
): { readonly clock: SourceClock; readonly atMs: number } => {
  const offsetsMs = [...clock.offsetsMs, arrivedMs - eventMs].slice(-kept);
  const offset = offsetsMs.length < needed ? 0 : median(offsetsMs);
  const corrected = eventMs + (Math.abs(offset) <= ordinaryDelayMs ? 0 : offset);
  const isTrusted = Math.abs(arrivedMs - corrected) <= trustedWithinMs;
  return { clock: { offsetsMs }, atMs: isTrusted ? Math.min(corrected, arrivedMs) : arrivedMs };
};

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}
