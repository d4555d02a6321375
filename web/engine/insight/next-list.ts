/** What the next basket of one customer will hold; what everybody bought is read once while facts and record stay. */
import { NextProductsRanker } from '#core/insight/next-products/next-products-ranker.ts';
import { rankNextProducts, readShopBaskets } from '#core/insight/next-products/rank-next-products.ts';
import type { NextList } from './customers.messages.ts';
import type { EngineContext } from './engine-context.ts';

const mostShown = 5;

export class NextLists {
  readonly #context: EngineContext;
  #ranker: NextProductsRanker | null = null;
  #of = '';
  #record: unknown = null;

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
