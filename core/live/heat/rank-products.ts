/**
 * The order of products on the heat list. A product climbs past the one above only when its mean is 15 % higher, so
 * two products of equal heat do not dance; those with too little data stand below all others, by exposures.
 */
export interface Rankable {
  readonly product: string;
  readonly mean: number;
  readonly isEnough: boolean;
  readonly views: number;
}

export const hysteresis = 1.15;

/** `previous` is the order shown before (may be empty); ties are broken by id, so two devices agree. */
export const rankProducts = <Row extends Rankable>(
  rows: readonly Row[],
  previous: readonly string[],
): readonly Row[] => {
  const place = new Map(previous.map((product, index) => [product, index]));
  const known = rows.filter((row) => row.isEnough && place.has(row.product));
  known.sort((a, b) => (place.get(a.product) ?? 0) - (place.get(b.product) ?? 0));
  const ranked: Row[] = [];
  const fresh = rows.filter((row) => row.isEnough && !place.has(row.product)).sort(byHeat);
  for (const row of known) climb(ranked, row, hysteresis);
  for (const row of fresh) climb(ranked, row, 1);
  const thin = rows
    .filter((row) => !row.isEnough)
    .sort((a, b) => b.views - a.views || (a.product < b.product ? -1 : 1));
  return [...ranked, ...thin];
};

function climb<Row extends Rankable>(ranked: Row[], row: Row, factor: number): void {
  let at = ranked.length;
  while (at > 0 && row.mean > (ranked[at - 1]?.mean ?? 0) * factor) at--;
  ranked.splice(at, 0, row);
}

const byHeat = (a: Rankable, b: Rankable): number => b.mean - a.mean || (a.product < b.product ? -1 : 1);
