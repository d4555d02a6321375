/**
 * All beliefs of all customers on one business day, in columns: `beliefs = f(facts, parameters, day)`. With `previous`
 * (of the same parameters and day) only customers whose facts changed are derived again, plus everybody's scores when
 * a quantile moved; the answer equals a fresh computation exactly. `previous` is consumed: its columns may be reused,
 * so let go of it. Anything that cannot be done for some alone (another day, other parameters, a product that changed
 * its tags, a tag that came or went) is done for all.
 */
import type { Ledger } from '#core/datasets/ledger-columns.ts';
import type { BusinessDay } from '../../units/business-day.ts';
import { createTagIndex, findMarkedTags } from '../interests/tag-index.ts';
import { PairColumns } from '../repurchase/pair-columns.ts';
import { createProductPriors } from '../repurchase/product-priors.ts';
import { addAmounts } from '../rfm/derive-amounts.ts';
import { deriveCuts, sameCuts } from '../rfm/derive-cuts.ts';
import { deriveRfm, scoreCustomers } from '../rfm/derive-rfm.ts';
import type { BeliefColumns } from './belief-columns.ts';
import { type BeliefBasis, isSameBasis, productMarks } from './belief-basis.ts';
import { createColumns, growColumns } from './create-columns.ts';
import { CustomerKernel } from './customer-kernel.ts';
import type { Parameters } from './parameters.ts';

export interface DerivedBeliefs extends BeliefColumns {
  readonly basis: BeliefBasis;
}

export const deriveBeliefs = (
  ledger: Ledger,
  parameters: Parameters,
  asOfDay: BusinessDay,
  previous?: DerivedBeliefs,
): DerivedBeliefs => {
  if (previous && previous.ledgerVersion === ledger.version && isSameBasis(previous, ledger, parameters, asOfDay))
    return previous;
  return (previous && deriveChanged(ledger, parameters, asOfDay, previous)) ?? deriveAll(ledger, parameters, asOfDay);
};

function deriveAll(ledger: Ledger, parameters: Parameters, asOfDay: BusinessDay): DerivedBeliefs {
  const tags = createTagIndex(ledger, findMarkedTags(ledger));
  const columns = createColumns(ledger.customerCount, tags.words);
  const { amounts, cuts, columns: scores } = deriveRfm(ledger, asOfDay, parameters.rfm);
  const whole = { ...columns, ...amounts, ...scores };
  const priors = createProductPriors(ledger, parameters.repurchase);
  const pairs = new PairColumns(ledger.orderLines.count >> 1);
  const pairStart = new Int32Array(ledger.customerCount + 1);
  const kernel = new CustomerKernel(ledger, parameters, asOfDay, whole, tags, priors);
  for (let c = 0; c < ledger.customerCount; c++) {
    kernel.derive(c, pairs);
    pairStart[c + 1] = pairs.size;
  }
  const basis: BeliefBasis = { parameters, cuts, tags, products: productMarks(ledger) };
  return freeze(ledger, asOfDay, whole, pairs, pairStart, basis);
}

function deriveChanged(
  ledger: Ledger,
  parameters: Parameters,
  asOfDay: BusinessDay,
  previous: DerivedBeliefs,
): DerivedBeliefs | null {
  if (!isSameBasis(previous, ledger, parameters, asOfDay)) return null;
  const changed = ledger.changedSince(previous.ledgerVersion);
  const tags = createTagIndex(ledger, previous.basis.tags.names);
  if (tags.names.length !== previous.basis.tags.names.length) return null;
  if (bringsOrTakesTag(ledger, previous, changed)) return null;
  const whole = growColumns(previous, ledger.customerCount);
  for (const c of changed) addAmounts(ledger, asOfDay, c, whole);
  const cuts = deriveCuts(whole, asOfDay, parameters.rfm);
  const names = parameters.rfm.names;
  scoreCustomers(whole, cuts, asOfDay, names, whole, sameCuts(cuts, previous.basis.cuts) ? changed : undefined);
  const priors = createProductPriors(ledger, parameters.repurchase);
  const kernel = new CustomerKernel(ledger, parameters, asOfDay, whole, tags, priors);
  const pairs = new PairColumns(previous.pairProduct.length + changed.length * 4);
  const pairStart = new Int32Array(ledger.customerCount + 1);
  const starts = previous.pairStart;
  let from = 0;
  const copyUpTo = (to: number): void => {
    const shift = pairs.size - (starts[Math.min(from, previous.customerCount)] as number);
    pairs.copy(
      previous,
      starts[Math.min(from, previous.customerCount)] as number,
      starts[Math.min(to, previous.customerCount)] as number,
    );
    for (let c = from; c < to; c++)
      pairStart[c + 1] = (starts[Math.min(c + 1, previous.customerCount)] as number) + shift;
    from = to;
  };
  for (const c of changed) {
    copyUpTo(c);
    kernel.derive(c, pairs);
    pairStart[c + 1] = pairs.size;
    from = c + 1;
  }
  copyUpTo(ledger.customerCount);
  return freeze(ledger, asOfDay, whole, pairs, pairStart, { parameters, cuts, tags, products: productMarks(ledger) });
}

/** Whether a change of marks may add a tag to the list of tags, or remove one that only a person had given. */
function bringsOrTakesTag(ledger: Ledger, previous: DerivedBeliefs, changed: Int32Array): boolean {
  const { names, at, ofProduct } = previous.basis.tags;
  const carried = new Set<number>();
  for (const tags of ofProduct) for (const tag of tags) carried.add(tag);
  const words = previous.tagWords;
  for (const c of changed) {
    for (const [tag, state] of ledger.tagMarks(c)) if (state === 'on' && !at.has(tag)) return true;
    if (c >= previous.customerCount || carried.size === names.length) continue;
    for (let tag = 0; tag < names.length; tag++) {
      const had = (((previous.tagBits[c * words + (tag >> 5)] as number) >>> (tag & 31)) & 1) === 1;
      if (had && !carried.has(tag) && ledger.tagMarks(c).get(names[tag] as string) !== 'on') return true;
    }
  }
  return false;
}

function freeze(
  ledger: Ledger,
  asOfDay: BusinessDay,
  whole: ReturnType<typeof createColumns> &
    Pick<BeliefColumns, 'rfm' | 'recencyScore' | 'frequencyScore' | 'moneyScore'>,
  pairs: PairColumns,
  pairStart: Int32Array,
  basis: BeliefBasis,
): DerivedBeliefs {
  return Object.freeze({
    ...whole,
    ...pairs.finish(),
    ledgerVersion: ledger.version,
    asOfDay,
    customerCount: ledger.customerCount,
    tagNames: basis.tags.names,
    tagWords: basis.tags.words,
    pairStart,
    basis,
  });
}
