/** A shop whose customers, products, seasons and baskets are planted: purchases by customer, oldest first. */
import { HistoriesBuilder, type Histories } from '#core/insight/repurchase/histories.ts';
import { normalQuantile } from '#core/statistics/normal.ts';
import { seededRandom } from '#core/statistics/seeded-random.ts';
import { civilFromDay } from '#core/units/business-day.ts';

export interface PlantedPurchase {
  readonly product: number;
  readonly day: number;
  readonly quantity: number;
  readonly paid: number;
}

export interface PlantedShop {
  readonly customers: readonly (readonly PlantedPurchase[])[];
  readonly products: readonly { readonly key: string; readonly category: string }[];
}

export interface Plan {
  readonly seed?: number;
  readonly customers?: number;
  readonly firstDay?: number;
  readonly days?: number;
  /** Share of purchases that have a next one. */
  readonly returns?: number;
  /** Exponent over the quantity of a basket that is double now and then. */
  readonly stockUp?: number;
  /** Multiplier of gaps that end on one of the promotions, which come now and then at 70 % of the price. */
  readonly promotion?: number;
  /** Multiplier of gaps that begin in June, July or August. */
  readonly summer?: number;
}

export const firstDay = 19_000;

export const plantShop = (plan: Plan = {}): PlantedShop => {
  const { seed = 1, customers = 300, days = 400, returns = 0.9, stockUp = 0, promotion = 1, summer = 1 } = plan;
  const from = plan.firstDay ?? firstDay;
  const random = seededRandom(seed);
  const normal = (): number => normalQuantile(Math.min(1 - 1e-9, Math.max(1e-9, random())));
  const products = Array.from({ length: 6 }, (_, p) => ({ key: `p${p}`, category: p < 3 ? 'fresh' : 'dry' }));
  const effects = products.map(() => 0.4 * normal());
  const bought = Array.from({ length: customers }, () => {
    const own = 0.3 * normal();
    const purchases = products.flatMap((_, product) => {
      if (random() < 0.4) return [];
      const centre = Math.log(20) + (effects[product] ?? 0) + own;
      const found: PlantedPurchase[] = [];
      let day = from + Math.floor(random() * 60);
      let isPromotion = false;
      while (day < from + days) {
        const quantity = random() < 0.3 ? 2000 : 1000;
        found.push({ product, day, quantity, paid: quantity * (isPromotion ? 0.7 : 1) });
        if (random() > returns) break;
        isPromotion = random() < 0.25;
        const month = civilFromDay(day).month;
        const gap =
          Math.exp(centre + 0.4 * normal() + (quantity > 1000 ? stockUp * Math.LN2 : 0)) *
          (isPromotion ? promotion : 1) *
          (month >= 6 && month <= 8 ? summer : 1);
        day += Math.max(1, Math.round(gap));
      }
      return found;
    });
    return purchases.sort((a, b) => a.day - b.day || a.product - b.product);
  });
  return { customers: bought, products };
};

/** What was known of it on a day. */
export const historiesOf = ({ customers, products }: PlantedShop, asOfDay: number): Histories => {
  const builder = new HistoriesBuilder(
    products,
    customers.reduce((sum, each) => sum + each.length, 0),
  );
  for (const purchases of customers) {
    builder.nextCustomer();
    for (const { product, day, quantity, paid } of purchases)
      if (day <= asOfDay) builder.add(product, day, quantity, paid);
  }
  return builder.finish();
};
