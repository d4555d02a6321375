/** A table of order lines of a made-up shop, for benches that were given none. */
import { seededRandom } from '#core/statistics/seeded-random.ts';

export const orderHeader = 'customer_id,order_id,ts,sku,category,qty,amount,channel';

export const makeOrderText = (lines: number): string => {
  const random = seededRandom(20261122);
  const rows = [orderHeader];
  const customers = lines / 10;
  const startSeconds = Date.parse('2024-12-01T00:00:00Z') / 1000;
  for (let line = 0, order = 0; line < lines; order++) {
    const customer = Math.floor(random() ** 2 * customers) + 1;
    const seconds = startSeconds + Math.floor((700 * 86_400 * line) / lines);
    for (let left = 1 + Math.floor(random() * 3); left > 0 && line < lines; left--, line++) {
      const sku = (customer * 7 + Math.floor(random() ** 3 * 40)) % 2000;
      const quantity = random() < 0.7 ? 1 : 2;
      rows.push(
        `${customer},${order},${seconds},S${String(sku).padStart(4, '0')},dairy,${quantity},${(990 + sku) * quantity},live`,
      );
    }
  }
  return `${rows.join('\n')}\n`;
};
