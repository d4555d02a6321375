/**
 * A file of baskets → rules with one item on the right, of sets in at least `--support` of the baskets and with at least
 * `--confidence`: lhs (items apart by blanks), rhs, count (baskets with both), support, confidence, lift.
 */
import { deriveRules } from '#core/insight/basket/derive-rules.ts';
import { itemsOfNode } from '#core/insight/basket/mine-itemsets.ts';
import { writeCsv } from './csv.ts';
import type { EvaluateOptions } from './evaluate-task.ts';
import { mineFile, shareOption } from './mine-file.ts';

export const evaluate = async (options: EvaluateOptions): Promise<void> => {
  const confidence = shareOption(options, 'confidence');
  const { baskets, sets } = mineFile(options);
  const rules = deriveRules(sets, confidence);
  const rows = Array.from({ length: rules.count }, (_, at): [string, string, number, number, number, number] => {
    const left = itemsOfNode(sets, rules.left[at]!).sort((a, b) => a - b);
    const right = rules.right[at]!;
    const count = sets.support[rules.both[at]!]!;
    const share = count / sets.support[rules.left[at]!]!;
    const usual = sets.support[right]! / baskets.count;
    const name = (item: number): string => baskets.names[item]!;
    return [left.map(name).join(' '), name(sets.item[right]!), count, count / baskets.count, share, share / usual];
  });
  const key = (row: (typeof rows)[number]): string => `${row[0]}\n${row[1]}`;
  rows.sort((a, b) => b[4] - a[4] || b[2] - a[2] || (key(a) < key(b) ? -1 : 1));
  writeCsv(options.out, ['lhs', 'rhs', 'count', 'support', 'confidence', 'lift'], rows);
  console.error(`${baskets.count} baskets, ${sets.count} itemsets: ${rules.count} rules`);
};
