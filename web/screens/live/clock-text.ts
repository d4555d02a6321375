const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');

/** `00:47:12` of a span on air. */
export const clockText = (ms: number): string =>
  [ms / 3_600_000, (ms / 60_000) % 60, (ms / 1000) % 60].map(two).join(':');

/** `47:12`, and `1:47:12` once there is an hour to tell: the first minute must be seen to run. */
export const shortClockText = (ms: number): string =>
  ms < 3_600_000 ? clockText(ms).slice(3) : clockText(ms).replace(/^0/, '');
