/** Money is an integer number of minor units of the workspace's one currency (fen for CNY). */
export type Fen = number;

/** Adds, and throws once a sum leaves the range in which every integer is exact (2^53). */
export const addFen = (a: Fen, b: Fen): Fen => {
  const sum = a + b;
  if (!Number.isSafeInteger(sum)) throw new Error('money sum outside the exact integers');
  return sum;
};

/** Quantities are integer thousandths of the product's unit. */
export type Milli = number;
