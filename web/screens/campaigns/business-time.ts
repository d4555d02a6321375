/** Values of `datetime-local` fields in business time (Asia/Shanghai, +08:00 all year). */
export const msFromField = (value: string): number | null => {
  const ms = value === '' ? Number.NaN : Date.parse(`${value.slice(0, 16)}:00+08:00`);
  return Number.isNaN(ms) ? null : ms;
};

export const fieldFromMs = (ms: number | null): string =>
  ms === null ? '' : new Date(ms + 8 * 3_600_000).toISOString().slice(0, 16);
