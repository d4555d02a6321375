/**
 * What the demo's follow-ups brought: of those who were written to after watching, some come back within days and buy
 * what the message was about. The planted share comes on top of what they would have bought anyway. Money is fen.
 */
import type { Decision, OrderLine } from '../datasets/fact.ts';
import { dayFromMs, isoFromDay, msFromDay } from '../units/business-day.ts';
import type { Dice } from './create-dice.ts';
import { demoShop } from './create-orders.ts';
import type { DemoProduct } from './demo-product.ts';

/** Share of the people written to who buy because of it. */
export const promptedShare = 0.08;

export const createPromptedOrders = (
  decisions: readonly Decision[],
  products: readonly DemoProduct[],
  asOfDay: number,
  dice: Dice,
): OrderLine[] => {
  const lines: OrderLine[] = [];
  for (const decision of decisions) {
    if (decision.rule !== 'follow-up/watched' || decision.state !== 'confirmed' || !dice.chance(promptedShare))
      continue;
    const atMs = decision.atMs + Math.round((0.3 + 3.7 * dice.uniform()) * 86_400_000);
    const product = products.find(({ items }) => items[0] === decision.item);
    const day = dayFromMs(atMs);
    if (!product || day >= asOfDay) continue;
    lines.push({
      kind: 'order-line',
      shop: demoShop,
      order: `NP${isoFromDay(day).replaceAll('-', '')}9${String(lines.length).padStart(4, '0')}`,
      item: decision.item,
      nth: 0,
      itemName: product.name,
      customer: decision.customer,
      atMs,
      quantityMilli: 1000,
      paidFen: Math.round((product.priceFen * 0.85) / 10) * 10,
      status: asOfDay - day <= 1 ? 'paid' : asOfDay - day <= 3 ? 'shipped' : 'done',
      channel: 'wecom',
      isGift: false,
      exportMs: msFromDay(asOfDay) + 6 * 3_600_000,
    });
  }
  return lines;
};
