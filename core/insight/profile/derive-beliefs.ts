/**
 * All beliefs of all customers on one business day, in columns: `beliefs = f(facts, parameters, day)`. With `previous`
 * (of the same parameters and day) only customers whose facts changed are derived again, and only those whose quantile
 * moved are scored again; the answer equals a fresh computation exactly. `previous` is consumed: its columns are reused,
 * so let go of it. What concerns everybody (another day, other parameters, a tag that came or went) is done for all.
 * A product that became another counts as a change of those who bought it: the ledger says so.
 */
import type { Ledger, LedgerProduct } from '#core/datasets/ledger-columns.ts';
import type { BusinessDay } from '../../units/business-day.ts';
import { type TagIndex, createTagIndex, findMarkedTags } from '../interests/tag-index.ts';
import { createProductPriors } from '../repurchase/product-priors.ts';
import { CutIndex } from '../rfm/cut-index.ts';
import { addAmounts, deriveAmounts } from '../rfm/derive-amounts.ts';
import { scoreCustomer, scoreCustomers } from '../rfm/derive-rfm.ts';
import { type BeliefBasis, isSameProducts, productsOf } from './belief-basis.ts';
import { type BeliefColumns, hasTag } from './belief-columns.ts';
import { CustomerKernel } from './customer-kernel.ts';
import { CustomerTable } from './customer-table.ts';
import { PairTable } from './pair-table.ts';
import type { Parameters } from './parameters.ts';

export interface DerivedBeliefs extends BeliefColumns {
  readonly basis: BeliefBasis;
  /** What this derivation cost: customers derived, and customers scored because a cut moved past them. */
  readonly recomputed: { readonly customers: number; readonly scores: number };
}

export const deriveBeliefs = (
  ledger: Ledger,
  parameters: Parameters,
  asOfDay: BusinessDay,
  previous?: DerivedBeliefs,
): DerivedBeliefs => {
  if (previous?.asOfDay !== asOfDay || previous.basis.parameters !== parameters)
    return deriveAll(ledger, parameters, asOfDay);
  if (previous.ledgerVersion === ledger.version) return previous;
  return deriveChanged(ledger, previous) ?? deriveAll(ledger, parameters, asOfDay);
};

function deriveAll(ledger: Ledger, parameters: Parameters, asOfDay: BusinessDay): DerivedBeliefs {
  const tags = createTagIndex(ledger, findMarkedTags(ledger));
  const priors = createProductPriors(ledger, parameters.repurchase);
  const count = ledger.customerCount;
  const customers = new CustomerTable(count, tags.words);
  const { columns } = customers;
  const amounts = deriveAmounts(ledger, asOfDay);
  for (const name of Object.keys(amounts) as (keyof typeof amounts)[]) columns[name].set(amounts[name]);
  const index = new CutIndex(parameters.rfm, columns, count);
  const cuts = index.cuts(columns, asOfDay);
  scoreCustomers(columns, cuts, asOfDay, parameters.rfm.names, columns);
  const pairs = new PairTable(ledger.orderLines.count >> 1, count);
  const kernel = new CustomerKernel(ledger, parameters, asOfDay, columns, tags, priors);
  for (let c = 0; c < count; c++) {
    pairs.start[c] = pairs.columns.size;
    kernel.derive(c, pairs.columns);
    pairs.end[c] = pairs.columns.size;
  }
  pairs.trim();
  const basis = { parameters, cuts, tags, priors, products: productsOf(ledger), customers, pairs, index };
  return publish(ledger, asOfDay, basis, { customers: count, scores: 0 });
}

function deriveChanged(ledger: Ledger, previous: DerivedBeliefs): DerivedBeliefs | null {
  const { asOfDay, basis } = previous;
  const { parameters, customers, pairs, index } = basis;
  const changed = ledger.changedSince(previous.ledgerVersion);
  // Beyond that one pass over everybody is less work.
  if (changed.length * 2 > ledger.customerCount) return null;
  const products = productsOf(ledger);
  const { tags, priors } = productParts(ledger, basis, products);
  if (tags.names.length !== basis.tags.names.length || bringsOrTakesTag(ledger, previous, tags, changed)) return null;
  const count = ledger.customerCount;
  customers.grow(count);
  pairs.grow(count);
  index.reserve(count);
  const { columns } = customers;
  const kernel = new CustomerKernel(ledger, parameters, asOfDay, columns, tags, priors);
  for (let at = 0; at < changed.length; at++) {
    const c = changed[at] as number;
    if (c < previous.customerCount) index.remove(columns, c);
    addAmounts(ledger, asOfDay, c, columns);
    index.add(columns, c);
    const from = pairs.columns.size;
    kernel.derive(c, pairs.columns);
    pairs.replace(c, from);
  }
  const cuts = index.cuts(columns, asOfDay);
  const score = (c: number): void => scoreCustomer(columns, cuts, asOfDay, parameters.rfm.names, columns, c);
  const scores = index.visitMoved(columns, count, asOfDay, basis.cuts, cuts, score);
  for (let at = 0; at < changed.length; at++) score(changed[at] as number);
  pairs.tidy(count);
  const next = { parameters, cuts, tags, priors, products, customers, pairs, index };
  return publish(ledger, asOfDay, next, { customers: changed.length, scores });
}

/** What is made from the products, kept while they are the same. */
function productParts(
  ledger: Ledger,
  { products, tags, priors, parameters }: BeliefBasis,
  now: readonly LedgerProduct[],
): Pick<BeliefBasis, 'tags' | 'priors'> {
  if (isSameProducts(products, now)) return { tags, priors };
  return { tags: createTagIndex(ledger, tags.names), priors: createProductPriors(ledger, parameters.repurchase) };
}

/** Whether the list of tags may be another now: through a product's tags, or a mark that only a person had given. */
function bringsOrTakesTag(ledger: Ledger, previous: DerivedBeliefs, tags: TagIndex, changed: Int32Array): boolean {
  const { names, at } = previous.basis.tags;
  const carried = carriedTags(tags);
  if (tags !== previous.basis.tags) {
    const before = carriedTags(previous.basis.tags);
    if (before.size !== carried.size || [...before].some((tag) => !carried.has(tag))) return true;
  }
  const givenByPeople = names.filter((name) => !carried.has(name));
  for (const c of changed) {
    const marks = ledger.tagMarks(c);
    for (const [tag, state] of marks) if (state === 'on' && !at.has(tag)) return true;
    if (c >= previous.customerCount) continue;
    for (const name of givenByPeople)
      if (marks.get(name) !== 'on' && hasTag(previous, c, at.get(name) as number)) return true;
  }
  return false;
}

function carriedTags({ names, ofProduct }: TagIndex): Set<string> {
  const carried = new Set<string>();
  for (const tags of ofProduct) for (const tag of tags) carried.add(names[tag] as string);
  return carried;
}

function publish(
  ledger: Ledger,
  asOfDay: BusinessDay,
  basis: BeliefBasis,
  recomputed: DerivedBeliefs['recomputed'],
): DerivedBeliefs {
  const { customers, pairs, tags } = basis;
  return Object.freeze({
    ...customers.view(),
    ...pairs.view(),
    pairStart: pairs.start.subarray(0, customers.count),
    pairEnd: pairs.end.subarray(0, customers.count),
    ledgerVersion: ledger.version,
    asOfDay,
    customerCount: customers.count,
    tagNames: tags.names,
    tagWords: tags.words,
    basis,
    recomputed,
  });
}
