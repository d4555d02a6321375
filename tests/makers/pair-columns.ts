/** Columns of pairs as they are kept. */
export const daysOf = (days: readonly number[]): Int32Array => Int32Array.from(days, (day) => Math.round(day * 10));

export const chancesOf = (chances: readonly number[]): Uint16Array =>
  Uint16Array.from(chances, (chance) => Math.round(chance * 1e4));
