const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');

/** `00:47:12` of a span on air. */
export const clockText = (ms: number): string =>
  [ms / 3_600_000, (ms / 60_000) % 60, (ms / 1000) % 60].map(two).join(':');

/** `00:47`: hours and minutes, where seconds would only flicker. */
export const shortClockText = (ms: number): string => clockText(ms).slice(0, 5);
