/**
 * Answers about basket rules: they are read from the parameters, or counted here when the record in use holds none under
 * the shop's choices; people and orders behind one are found when asked.
 */
import type { Ledger } from '#core/datasets/ledger-columns.ts';
import { type BasketParameters, basketKinds } from '#core/insight/basket/basket-parameters.ts';
import { explainRule } from '#core/insight/basket/explain-rule.ts';
import { fitBasket } from '#core/insight/basket/fit-basket.ts';
import { matchRule } from '#core/insight/basket/match-rule.ts';
import { type BasketRule, readRules } from '#core/insight/basket/read-rule.ts';
import { customerRow } from './customer-rows.ts';
import type { EngineContext, Handlers } from './engine-context.ts';
import type { RuleProduct, RuleRow, RuleSort, RulesRequests } from './rules.messages.ts';

export const rulesHandlers = (context: EngineContext): Handlers<RulesRequests> => {
  const counted = new CountedRules(context);
  return {
    'rules.list': ({ kind, product, fewest, sort, first, count }) => {
      const { basket, fittedDay } = counted.now();
      const { orders, tested } = basket[kind];
      // By any name of the product, so that rules learnt before it was merged are found.
      const wanted = context.ledger.denseProduct(product);
      const isWanted = (key: string): boolean => wanted >= 0 && context.ledger.denseProduct(key) === wanted;
      const found = readRules(basket, kind)
        .filter((rule) => rule.both >= fewest)
        .filter(({ left, right }) => product === '' || isWanted(right) || left.some(isWanted))
        .sort((a, b) => figureOf[sort](b) - figureOf[sort](a) || (idOf(a) < idOf(b) ? -1 : 1));
      return {
        total: found.length,
        rows: found
          .slice(Math.max(0, first), Math.max(0, first) + Math.max(0, count))
          .map((rule) => rowOf(context, rule)),
        orders,
        tested,
        fewest: basket[kind].fewest,
        fittedDay,
        thenDays: basket.thenDays,
        fewestOrders: basket.fewestOrders,
      };
    },
    'rules.customers': ({ id, first, count }) => {
      const { basket } = counted.now();
      const rule = ruleOf(basket, id);
      if (!rule) return null;
      const beliefs = context.beliefs();
      const found = matchRule(context.ledger, rule, basket.thenDays, beliefs.asOfDay);
      const page = found.subarray(Math.max(0, first), Math.max(0, first) + Math.max(0, count));
      return {
        total: found.length,
        rows: Array.from(page, (customer) => customerRow(context.ledger, beliefs, customer)),
      };
    },
    'rules.why': ({ id, count }) => {
      const { basket, fittedDay } = counted.now();
      const { ledger } = context;
      const rule = ruleOf(basket, id);
      if (!rule) return null;
      const found = explainRule(ledger, rule, basket.thenDays, fittedDay);
      return {
        total: found.length,
        found: found.slice(0, Math.max(0, count)).map(({ customer, orders }) => ({
          customer: ledger.customer(customer).id,
          alias: ledger.customer(customer).alias,
          orders: orders.map((order) => ({ name: ledger.orderName(order), atMs: firstMsOf(ledger, customer, order) })),
        })),
      };
    },
  };
};

/** Kept while facts, day and choices stay. */
class CountedRules {
  readonly #context: EngineContext;
  #of = '';
  #basket: BasketParameters | null = null;

  constructor(context: EngineContext) {
    this.#context = context;
  }

  now(): { readonly basket: BasketParameters; readonly fittedDay: number } {
    const { ledger } = this.#context;
    const { basket, fittedDay } = this.#context.parameters();
    if (basketKinds.some((kind) => basket[kind].orders > 0)) return { basket, fittedDay };
    // The last whole day: today's orders are still coming.
    const day = this.#context.asOfDay() - 1;
    const of = [ledger.version, day, basket.thenDays, basket.fewestOrders].join('/');
    if (this.#basket === null || this.#of !== of) this.#basket = fitBasket(ledger, day, basket);
    this.#of = of;
    return { basket: this.#basket, fittedDay: day };
  }
}

const figureOf: Readonly<Record<RuleSort, (rule: BasketRule) => number>> = {
  gain: ({ gain }) => gain,
  confidence: ({ confidence }) => confidence,
  lift: ({ lift }) => lift,
  orders: ({ both }) => both,
};

const ruleOf = (basket: BasketParameters, id: string): BasketRule | undefined => {
  const kind = basketKinds.find((name) => id.startsWith(`${name} `));
  return kind && readRules(basket, kind).find((rule) => idOf(rule) === id);
};

/** A key may hold blanks, so the keys are written as JSON. */
const idOf = ({ kind, left, right }: BasketRule): string => `${kind} ${JSON.stringify([left, right])}`;

function rowOf({ ledger }: EngineContext, rule: BasketRule): RuleRow {
  return {
    ...rule,
    id: idOf(rule),
    left: rule.left.map((key) => productOf(ledger, key)),
    right: productOf(ledger, rule.right),
  };
}

/** A product that is no longer known is called by its key. */
function productOf(ledger: Ledger, key: string): RuleProduct {
  const dense = ledger.denseProduct(key);
  if (dense < 0) return { product: key, name: key, category: '' };
  const { name, category } = ledger.product(dense);
  return { product: key, name, category };
}

function firstMsOf(ledger: Ledger, customer: number, order: number): number {
  const row = ledger.linesOfCustomer(customer).find((line) => ledger.orderLines.order[line] === order);
  return row === undefined ? 0 : (ledger.orderLines.atMs[row] ?? 0);
}
