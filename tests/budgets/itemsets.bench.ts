/**
 * Frequent itemsets and their rules, returned, of a file of baskets (`--data <file>`, `.gz` too) or of made-up ones, at
 * 0.5 % and 0.1 % support. Beside it, when it is installed (here, or in the folder that `LARDER_PEERS` names),
 * node-fpgrowth at 0.5 %, which is given the same baskets as arrays and must find as many sets.
 */
import { createRequire } from 'node:module';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Baskets, fewestBaskets } from '#core/insight/basket/baskets.ts';
import { deriveRules } from '#core/insight/basket/derive-rules.ts';
import { mineItemsets } from '#core/insight/basket/mine-itemsets.ts';
import { seededRandom } from '#core/statistics/seeded-random.ts';
import { readBaskets } from '#sync-server/commands/evaluate/read-baskets.ts';
import { type Bench, measure, peakMiB } from './bench-line.ts';

const where = 'node' as const;
const confidence = 0.5;

export const bench: Bench = async ({ data, print }) => {
  const baskets = data !== null && existsSync(data) ? readBaskets(data) : makeBaskets(88_162, 10);
  const lines = baskets.items.length;
  for (const support of [0.005, 0.001]) {
    const fewest = fewestBaskets(support, baskets.count);
    const runs = 7;
    let sets = mineItemsets(baskets, fewest);
    const mined = await measure(runs, () => (sets = mineItemsets(baskets, fewest)));
    const say = (name: string, ms: number, value: number, unit: string): void =>
      print({
        name: `itemsets ${name} at ${support * 100} %`,
        lines,
        ms,
        runs,
        peakMiB: peakMiB(),
        where,
        value,
        unit,
      });
    say('mined', mined, sets.count, 'itemsets');
    const ruled = await measure(runs, () => deriveRules(mineItemsets(baskets, fewest), confidence));
    say('and rules', ruled, deriveRules(sets, confidence).count, 'rules');
    if (support < 0.005) continue;
    const arrays = Array.from({ length: baskets.count }, (_, at) =>
      Array.from(baskets.items.subarray(baskets.starts[at], baskets.starts[at + 1])),
    );
    const peer = loadPeer();
    if (peer === null) continue;
    let found = 0;
    const theirs = await measure(3, async () => (found = (await new peer(support).exec(arrays)).length));
    print({
      name: 'itemsets node-fpgrowth at 0.5 %',
      lines,
      ms: theirs,
      runs: 3,
      peakMiB: peakMiB(),
      where,
      value: found,
      unit: 'itemsets',
    });
    print({
      name: 'itemsets node-fpgrowth / mined at 0.5 %',
      lines,
      ms: 0,
      runs: 3,
      peakMiB: peakMiB(),
      where,
      value: Math.round((10 * theirs) / mined) / 10,
      unit: 'times',
    });
  }
};

type Peer = new (support: number) => {
  exec(baskets: readonly (readonly number[])[]): Promise<readonly unknown[]>;
};

function loadPeer(): Peer | null {
  for (const folder of [process.env.LARDER_PEERS ?? '', process.cwd()].filter((path) => path !== '')) {
    try {
      return (createRequire(join(folder, 'package.json'))('node-fpgrowth') as { FPGrowth: Peer }).FPGrowth;
    } catch {
      // Not installed there.
    }
  }
  return null;
}

/** Baskets whose items fall off as in a supermarket, half of each drawn from one of 300 shopping lists. */
function makeBaskets(count: number, length: number): Baskets {
  const random = seededRandom(12);
  const itemCount = 16_000;
  const draw = (): number => Math.floor(itemCount * random() ** 4);
  const lists = Array.from({ length: 300 }, () => Array.from({ length: 6 }, draw));
  const starts = new Int32Array(count + 1);
  const items: number[] = [];
  for (let at = 0; at < count; at++) {
    const basket = new Set<number>();
    const size = 1 + Math.floor(2 * length * random() * random() * 2);
    const list = lists[Math.floor(lists.length * random() ** 2)] ?? [];
    for (const item of list) if (random() < 0.4) basket.add(item);
    while (basket.size < size) basket.add(draw());
    items.push(...basket);
    starts[at + 1] = items.length;
  }
  return { count, itemCount, starts, items: Int32Array.from(items) };
}
