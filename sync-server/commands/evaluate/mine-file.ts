/** The frequent itemsets of a file of baskets; items are numbered by their names, numbers by value before words. */
import { fewestBaskets } from '#core/insight/basket/baskets.ts';
import { type Itemsets, mineItemsets } from '#core/insight/basket/mine-itemsets.ts';
import { BadInput, type EvaluateOptions, numberOption } from './evaluate-task.ts';
import { type NamedBaskets, readBaskets } from './read-baskets.ts';

/** More would fill the memory of a small machine; a support so low finds every accident. */
const mostSets = 20_000_000;

export interface MinedFile {
  readonly baskets: NamedBaskets;
  readonly sets: Itemsets;
}

export const mineFile = (options: EvaluateOptions): MinedFile => {
  const support = shareOption(options, 'support');
  const baskets = inOrderOfNames(readBaskets(options.in));
  if (baskets.count === 0) throw new BadInput(`${options.in} has no baskets`);
  const sets = mineItemsets(baskets, fewestBaskets(support, baskets.count), Infinity, mostSets);
  if (sets.count > mostSets) throw new BadInput(`more than ${mostSets} itemsets: ask for more support`);
  return { baskets, sets };
};

/** What is mined of equal items then does not depend on which came first in the file. */
function inOrderOfNames(baskets: NamedBaskets): NamedBaskets {
  const places = new Int32Array(baskets.itemCount);
  const sorted = [...baskets.names.entries()].sort(([, a], [, b]) => compareNames(a, b));
  sorted.forEach(([item], place) => (places[item] = place));
  return {
    ...baskets,
    items: baskets.items.map((item) => places[item]!),
    names: sorted.map(([, name]) => name),
  };
}

export const shareOption = (options: EvaluateOptions, name: 'support' | 'confidence'): number => {
  const share = numberOption(options, name);
  if (!(share >= 0 && share <= 1)) throw new BadInput(`--${name} must be a share from 0 to 1`);
  return share;
};

function compareNames(a: string, b: string): number {
  const [x, y] = [Number(a), Number(b)];
  if (Number.isNaN(x) !== Number.isNaN(y)) return Number.isNaN(x) ? 1 : -1;
  return x !== y && !Number.isNaN(x) ? x - y : a < b ? -1 : 1;
}
