/**
 * What the next basket of one customer will hold, and whose next basket may hold one product; what everybody bought, and
 * who may buy the product asked about last, is found once while facts and record stay.
 */
import { NextProductsRanker } from '#core/insight/next-products/next-products-ranker.ts';
import { type Buyer, explainBuyer, rankBuyers } from '#core/insight/next-products/rank-buyers.ts';
import { rankNextProducts, readShopBaskets } from '#core/insight/next-products/rank-next-products.ts';
import { roundProbability } from '#core/statistics/rounding.ts';
import { customerRow } from './customer-rows.ts';
import type { Buyers, CustomersRequests, NextList } from './customers.messages.ts';
import type { EngineContext } from './engine-context.ts';

const mostShown = 5;

export class NextLists {
  readonly #context: EngineContext;
  #ranker: NextProductsRanker | null = null;
  #of = '';
  #record: unknown = null;
  #buyers: {
    readonly product: number;
    readonly of: NextProductsRanker;
    readonly found: Promise<readonly Buyer[]>;
  } | null = null;

  constructor(context: EngineContext) {
    this.#context = context;
  }

  list(customer: number): NextList {
    const { ledger } = this.#context;
    const parameters = this.#context.parameters().nextProducts;
    const found = rankNextProducts(this.#rankerNow(), ledger, this.#context.asOfDay(), parameters, customer, mostShown);
    if (found.kind === 'insufficient-evidence') return found;
    return {
      ...found,
      products: found.products.map((next) => {
        const { name, category } = ledger.product(next.product);
        const because = next.reason.code === 'company' ? ledger.product(next.reason.product).name : '';
        return { ...next, name, category, because };
      }),
    };
  }

  async buyers({
    product,
    kind,
    least,
    first,
    count,
  }: CustomersRequests['customers.buyers']['ask']): Promise<Buyers | null> {
    const { ledger } = this.#context;
    const dense = ledger.denseProduct(product);
    if (dense < 0) return null;
    const ranker = this.#rankerNow();
    if (this.#buyers?.product !== dense || this.#buyers.of !== ranker)
      this.#buyers = { product: dense, of: ranker, found: this.#findBuyers(ranker, dense) };
    const everybody = await this.#buyers.found;
    const wanted = everybody.filter(
      ({ probability, hasBought }) => probability >= least && (kind === '' || hasBought === (kind === 'again')),
    );
    const beliefs = this.#context.beliefs();
    const from = Math.max(0, first);
    return {
      name: ledger.product(dense).name,
      category: ledger.product(dense).category,
      basis: this.#context.parameters().nextProducts.customers > 0 ? 'learnt' : 'built-in',
      total: wanted.length,
      expected: roundProbability(wanted.reduce((sum, { probability }) => sum + probability, 0)),
      rows: wanted.slice(from, from + Math.max(0, count)).map(({ customer, probability }) => {
        const { reason, facts } = explainBuyer(ranker, ledger, this.#context.asOfDay(), dense, customer);
        const because = reason.code === 'company' ? ledger.product(reason.product).name : '';
        return { ...customerRow(ledger, beliefs, customer), probability, reason, facts, because };
      }),
    };
  }

  async #findBuyers(ranker: NextProductsRanker, product: number): Promise<readonly Buyer[]> {
    const { ledger } = this.#context;
    const steps = rankBuyers(ranker, ledger, this.#context.asOfDay(), product);
    for (let step = steps.next(); ; step = steps.next()) {
      if (step.done) return step.value;
      await new Promise((resolve) => setTimeout(resolve));
    }
  }

  #rankerNow(): NextProductsRanker {
    const { ledger } = this.#context;
    const day = this.#context.asOfDay();
    const { nextProducts } = this.#context.parameters();
    const of = `${ledger.version}/${day}`;
    if (this.#ranker && this.#of === of && this.#record === nextProducts) return this.#ranker;
    const { histories, rank } = readShopBaskets(ledger, day);
    this.#ranker = new NextProductsRanker(histories, rank, nextProducts);
    this.#of = of;
    this.#record = nextProducts;
    return this.#ranker;
  }
}
