/** Which customers a filter means, in the order asked for. Kept until facts, day or question change. */
import { chanceAt } from '#core/insight/repurchase/pair-columns.ts';
import { evaluateRule } from '#core/segments/evaluate-rule.ts';
import { channelMask } from '#core/segments/match-condition.ts';
import { parseRule } from '#core/segments/parse-rule.ts';
import { type BeliefColumns, hasTag, rfmNames, stages } from '#core/insight/profile/belief-columns.ts';
import { CustomerSearch } from './customer-search.ts';
import type { CustomerFilter, CustomerSort } from './customers.messages.ts';
import { wantedPair } from './customer-rows.ts';
import type { EngineContext } from './engine-context.ts';
import { ruleVocabulary } from './rule-vocabulary.ts';

export interface CustomerList {
  readonly customers: Int32Array;
  /** The pair to show beside each customer; -1 for the likeliest, or none. */
  readonly pairs: Int32Array;
  readonly milliseconds: number;
}

export class CustomerLists {
  readonly #context: EngineContext;
  readonly #search: CustomerSearch;
  #key = '';
  #list: CustomerList = { customers: new Int32Array(0), pairs: new Int32Array(0), milliseconds: 0 };

  constructor(context: EngineContext) {
    this.#context = context;
    this.#search = new CustomerSearch(context.ledger);
  }

  async list(filter: CustomerFilter, sort: CustomerSort): Promise<CustomerList> {
    const beliefs = this.#context.beliefs();
    const key = `${beliefs.ledgerVersion}/${beliefs.asOfDay}/${sort}/${JSON.stringify(filter)}`;
    if (key === this.#key) return this.#list;
    const found = await this.#search.match(filter.search);
    const started = performance.now();
    const { customers, pairs } = this.#select(filter, beliefs, found);
    const order = orderOf(beliefs, sort, customers, pairs);
    this.#list = {
      customers: order.map((at) => customers[at] ?? 0),
      pairs: order.map((at) => pairs[at] ?? -1),
      milliseconds: performance.now() - started,
    };
    this.#key = key;
    return this.#list;
  }

  #select(
    filter: CustomerFilter,
    beliefs: BeliefColumns,
    found: Uint8Array | null,
  ): { customers: Int32Array; pairs: Int32Array } {
    const { ledger } = this.#context;
    const wanted = new Set(filter.names.map((name) => rfmNames.indexOf(name)));
    const stage = filter.stage === '' ? -1 : stages.indexOf(filter.stage);
    const tag = filter.tag === '' ? -1 : beliefs.tagNames.indexOf(filter.tag);
    const product = filter.product === '' ? -1 : ledger.denseProduct(filter.product);
    const channel = filter.channel === '' ? null : channelMask(ledger, beliefs, filter.channel);
    const byRule = filter.rule.trim() === '' ? null : this.#customersOfRule(filter.rule, beliefs);
    const needsPair = filter.due !== '' || product >= 0;
    const customers = new Int32Array(beliefs.customerCount);
    const pairs = new Int32Array(beliefs.customerCount);
    let size = 0;
    for (let c = 0; c < beliefs.customerCount; c++) {
      if (beliefs.isPresent[c] !== 1) continue;
      if (found && found[c] !== 1) continue;
      if (byRule && byRule[c] !== 1) continue;
      if (wanted.size > 0 && !wanted.has(beliefs.rfm[c] ?? 0)) continue;
      if (stage >= 0 && beliefs.stage[c] !== stage) continue;
      if (filter.tag !== '' && (tag < 0 || !hasTag(beliefs, c, tag))) continue;
      if (channel && channel[c] !== 1) continue;
      const pair = needsPair
        ? wantedPair(beliefs, c, filter.due, product)
        : (beliefs.pairStart[c] ?? 0) < (beliefs.pairEnd[c] ?? 0)
          ? (beliefs.pairStart[c] ?? 0)
          : -1;
      if (needsPair && pair < 0) continue;
      customers[size] = c;
      pairs[size++] = pair;
    }
    return { customers: customers.subarray(0, size), pairs: pairs.subarray(0, size) };
  }

  #customersOfRule(text: string, beliefs: BeliefColumns): Uint8Array {
    const mask = new Uint8Array(beliefs.customerCount);
    const { ledger } = this.#context;
    const parsed = parseRule(text, ruleVocabulary(this.#context, beliefs));
    const rule = parsed.ok ? parsed.value : parsed.error.before;
    if (rule.lines.length === 0) return mask;
    for (const c of evaluateRule(rule, ledger, beliefs)) mask[c] = 1;
    return mask;
  }
}

/** Positions in `customers`, the first to be shown first; ties keep the ledger's order. */
function orderOf(beliefs: BeliefColumns, sort: CustomerSort, customers: Int32Array, pairs: Int32Array): Int32Array {
  const values = new Float64Array(customers.length);
  for (let at = 0; at < customers.length; at++) {
    const c = customers[at] ?? 0;
    const pair = pairs[at] ?? -1;
    values[at] =
      sort === 'next'
        ? pair < 0
          ? -1
          : chanceAt(beliefs.pairWithin14, pair)
        : sort === 'spent'
          ? (beliefs.netFen[c] ?? 0)
          : sort === 'orders'
            ? (beliefs.orders[c] ?? 0)
            : sort === 'recent'
              ? (beliefs.lastDay[c] ?? -1)
              : (beliefs.churn60[c] ?? 0);
  }
  return Int32Array.from(customers.keys()).sort((a, b) => (values[b] ?? 0) - (values[a] ?? 0) || a - b);
}
