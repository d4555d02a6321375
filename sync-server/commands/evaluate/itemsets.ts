/**
 * A file of baskets → every set of items in at least `--support` (a share) of them, one a line: its items, then the
 * number of baskets. Fewer items first, more baskets first; the same whatever the order of the file.
 */
import { writeFileSync } from 'node:fs';
import { itemsOfNode } from '#core/insight/basket/mine-itemsets.ts';
import { BadInput, type EvaluateOptions } from './evaluate-task.ts';
import { mineFile } from './mine-file.ts';

export const evaluate = async (options: EvaluateOptions): Promise<void> => {
  const { baskets, sets } = mineFile(options);
  const nodes = Int32Array.from({ length: sets.count }, (_, node) => node).sort(
    (a, b) => sets.size[a]! - sets.size[b]! || sets.support[b]! - sets.support[a]! || a - b,
  );
  const lines: string[] = [];
  for (const node of nodes) {
    const items = itemsOfNode(sets, node).sort((a, b) => a - b);
    lines.push(`${items.map((item) => baskets.names[item]).join(' ')} ${sets.support[node]}\n`);
  }
  try {
    writeFileSync(options.out, lines.join(''));
  } catch (error) {
    throw new BadInput(`cannot write ${options.out}: ${(error as Error).message}`);
  }
  console.error(`${baskets.count} baskets, ${baskets.itemCount} items: ${sets.count} itemsets`);
};
