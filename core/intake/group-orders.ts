/**
 * Gathers the rows of one order, which only together say what each line was paid. Rows of an order normally follow one
 * another; orders whose rows lie scattered (known from an earlier pass) are held until the end of the file.
 */
import type { CandidateLine } from './candidate-line.ts';

export interface OrderGrouper {
  take(row: CandidateLine): void;
  end(): void;
  /** Orders that came again after another order, under `scatterKey`. */
  readonly scattered: ReadonlySet<string>;
}

export const scatterKey = ({ shop, order }: { readonly shop: string; readonly order: string }): string =>
  `${shop}\u0001${order}`;

export const createOrderGrouper = (
  give: (rows: readonly CandidateLine[]) => void,
  hasSeen: (key: string) => boolean,
  knownScattered: ReadonlySet<string>,
): OrderGrouper => {
  const scattered = new Set<string>();
  const held = new Map<string, CandidateLine[]>();
  let run: CandidateLine[] = [];
  const flush = (): void => {
    const first = run[0];
    if (!first) return;
    const rows = run;
    run = [];
    const key = scatterKey(first);
    if (knownScattered.size > 0 && knownScattered.has(key)) {
      const earlier = held.get(key);
      if (earlier) earlier.push(...rows);
      else held.set(key, rows);
      return;
    }
    if (hasSeen(key)) scattered.add(key);
    give(rows);
  };
  return {
    scattered,
    take(row) {
      const first = run[0];
      if (first && (first.order !== row.order || first.shop !== row.shop)) flush();
      run.push(row);
    },
    end() {
      flush();
      for (const rows of held.values()) give(rows);
      held.clear();
    },
  };
};
