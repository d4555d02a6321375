/**
 * Learns which products are bought together and which follow each other from the orders up to a day. Of the rules that
 * are unlikely to be luck and rest on enough different people (one person's habit is no rule), the most telling ones of
 * each product are kept. The order in which facts arrived changes nothing. Without orders there are no rules.
 */
import type { Ledger } from '#core/datasets/ledger-columns.ts';
import type { BusinessDay } from '../../units/business-day.ts';
import { productKey } from '../product-key.ts';
import type { BasketParameters, BasketRules } from './basket-parameters.ts';
import { type OwnedBaskets, collectOrders } from './collect-orders.ts';
import { countPeople } from './count-people.ts';
import { type FoundRule, findRules } from './find-rules.ts';
import { followOrders } from './follow-orders.ts';

/** Of one kind: in all, and with one product on the left. */
const mostRules = 300;
const mostOfProduct = 5;
/** Asked of a rule where the shop's own minimum would be less: one in so many orders. */
const oneIn = 5000;

export const fitBasket = (ledger: Ledger, asOfDay: BusinessDay, chosen: BasketParameters): BasketParameters => {
  const orders = collectOrders(ledger, asOfDay);
  const followed = followOrders(orders, chosen.thenDays, asOfDay);
  const keys = Array.from({ length: ledger.productCount }, (_, product) => productKey(ledger.product(product)));
  const together = bestRules(orders, chosen.fewestOrders, null, keys);
  const then = bestRules(followed, chosen.fewestOrders, ledger.productCount, keys);
  const named = [...new Set([...together.kept, ...then.kept].flatMap((rule) => [...rule.left, rule.right]))].sort(
    (a, b) => (keys[a]! < keys[b]! ? -1 : 1),
  );
  const place = new Map(named.map((product, at) => [product, at]));
  return {
    thenDays: chosen.thenDays,
    fewestOrders: chosen.fewestOrders,
    products: named.map((product) => keys[product]!),
    together: packRules(together, place),
    then: packRules(then, place),
  };
};

interface KeptRules {
  readonly orders: number;
  readonly fewest: number;
  readonly tested: number;
  readonly kept: readonly (FoundRule & { readonly people: number })[];
}

function bestRules(baskets: OwnedBaskets, chosen: number, half: number | null, keys: readonly string[]): KeptRules {
  const product = (item: number): number => (half !== null && item >= half ? item - half : item);
  const { rules, fewest, tested } = findRules(baskets, Math.max(chosen, Math.ceil(baskets.count / oneIn)), half);
  const name = ({ left, right }: FoundRule): string =>
    [...left.map((item) => keys[item]!).sort(), keys[product(right)]!].join('\n');
  const ranked = rules
    .map((rule) => ({ rule, name: name(rule) }))
    .sort((a, b) => b.rule.gain - a.rule.gain || (a.name < b.name ? -1 : 1))
    .map(({ rule }) => rule);
  // Some rest on too few people, so more are counted than are kept.
  const likely = bestOfEach(ranked, 4 * mostOfProduct, 4 * mostRules);
  const people = countPeople(baskets, likely);
  const shared = likely.flatMap((rule, at) => (people[at]! >= chosen ? [{ ...rule, people: people[at]! }] : []));
  const kept = bestOfEach(shared, mostOfProduct, mostRules).map((rule) => ({
    ...rule,
    left: [...rule.left].sort((a, b) => (keys[a]! < keys[b]! ? -1 : 1)),
    right: product(rule.right),
  }));
  return { orders: baskets.count, fewest, tested, kept };
}

/** A rule is kept while any product on its left has fewer than `most`. */
function bestOfEach<Rule extends FoundRule>(ranked: readonly Rule[], most: number, inAll: number): Rule[] {
  const counts = new Map<number, number>();
  const kept: Rule[] = [];
  for (const rule of ranked) {
    if (kept.length >= inAll) break;
    if (rule.left.every((item) => (counts.get(item) ?? 0) >= most)) continue;
    for (const item of rule.left) counts.set(item, (counts.get(item) ?? 0) + 1);
    kept.push(rule);
  }
  return kept;
}

function packRules({ orders, fewest, tested, kept }: KeptRules, place: ReadonlyMap<number, number>): BasketRules {
  return {
    orders,
    fewest,
    tested,
    left: kept.map((rule) => rule.left.map((product) => place.get(product)!)),
    right: kept.map((rule) => place.get(rule.right)!),
    both: kept.map((rule) => rule.both),
    leftOrders: kept.map((rule) => rule.leftOrders),
    rightOrders: kept.map((rule) => rule.rightOrders),
    people: kept.map((rule) => rule.people),
    luck: kept.map((rule) => rule.luck),
  };
}
