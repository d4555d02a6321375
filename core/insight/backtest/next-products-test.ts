/**
 * Next products against the next basket within 30 days: the share of it found among the first ten, beside the list that
 * habit and popularity make. At most `mostAsked` customers an origin, every n-th of those who came.
 */
import { roundProbability } from '../../statistics/rounding.ts';
import type { BusinessDay } from '../../units/business-day.ts';
import { type BasketHistories, readBasketHistories } from '../next-products/basket-histories.ts';
import { defaultNextProductsParameters } from '../next-products/next-products-parameters.ts';
import { NextProductsRanker } from '../next-products/next-products-ranker.ts';
import { readShopBaskets } from '../next-products/rank-next-products.ts';
import type { BeliefTest } from './back-test.ts';
import { ChanceCases } from './chance-cases.ts';
import { judgeBelief } from './judge-belief.ts';
import { type PretendedDay, activeCustomers, nextPurchaseDay } from './pretended-day.ts';

const horizonDays = 30;
const listLength = 10;
const mostAsked = 1000;
const least = { cases: 50, ofEach: 30 };

export class NextProductsTest {
  readonly #chances = new ChanceCases();
  readonly #origins: BusinessDay[] = [];
  #asked = 0;
  #found = 0;
  #foundShare = 0;
  #favouriteShare = 0;

  add(day: PretendedDay): void {
    const { ledger, origin, asOfDay, parameters } = day;
    if (origin + horizonDays > asOfDay) return;
    this.#origins.push(origin);
    const came = [...activeCustomers(day)].filter((c) => nextPurchaseDay(day, c) <= origin + horizonDays);
    const stride = Math.ceil(came.length / mostAsked);
    const asked = Int32Array.from(came.filter((_, at) => at % stride === 0));
    const { histories, rank } = readShopBaskets(ledger, origin);
    const own = readBasketHistories(ledger, asked, origin);
    const later = readBasketHistories(ledger, asked, origin + horizonDays);
    const ranker = new NextProductsRanker(histories, rank, parameters.nextProducts);
    const favourites = new NextProductsRanker(histories, rank, defaultNextProductsParameters);
    asked.forEach((_, place) => {
      const held = nextBasket(own, later, place);
      if (held === null) return;
      const list = ranker.rank(own, place, listLength);
      for (const { product, probability } of list) this.#chances.add(probability, held.has(product));
      const hits = list.filter(({ product }) => held.has(product)).length;
      this.#asked++;
      this.#found += hits;
      this.#foundShare += hits / held.size;
      this.#favouriteShare +=
        favourites.rank(own, place, listLength).filter(({ product }) => held.has(product)).length / held.size;
    });
  }

  finish(): BeliefTest {
    const missed = (share: number): number => (this.#asked === 0 ? 0 : roundProbability(1 - share / this.#asked));
    const error = missed(this.#foundShare);
    const baselines = [{ code: 'favourites' as const, error: missed(this.#favouriteShare) }];
    const have = { cases: this.#asked, cameTrue: this.#found, cameFalse: this.#chances.size - this.#found };
    return {
      belief: 'next-products',
      measure: 'missed-basket',
      origins: this.#origins,
      cases: this.#asked,
      cameTrue: this.#found,
      error,
      baselines,
      verdict: judgeBelief(error, baselines, have, least),
      reliability: this.#chances.reliability(),
      figures: [],
      averages: [],
    };
  }
}

/** What the first basket after the origin holds; null when only gifts came, or nobody had a basket before. */
function nextBasket(own: BasketHistories, later: BasketHistories, place: number): Set<number> | null {
  const before = own.basketStart[place + 1]! - own.basketStart[place]!;
  const next = later.basketStart[place]! + before;
  if (before === 0 || next >= later.basketStart[place + 1]!) return null;
  return new Set(later.item.subarray(later.itemStart[next]!, later.itemStart[next + 1]!));
}
