import type { OwnedBaskets } from './collect-orders.ts';
import type { FoundRule } from './find-rules.ts';

/** By rule: how many different owners the baskets with both its sides have. */
export const countPeople = (baskets: OwnedBaskets, rules: readonly FoundRule[]): Int32Array => {
  // Looked for where its rarer side lies.
  const byItem: number[][] = Array.from({ length: baskets.itemCount }, () => []);
  rules.forEach(({ left, right, leftOrders, rightOrders }, at) =>
    byItem[leftOrders < rightOrders ? left[0]! : right]!.push(at),
  );
  const people = new Int32Array(rules.length);
  const lastOwner = new Int32Array(rules.length).fill(-1);
  const basketWith = new Int32Array(baskets.itemCount).fill(-1);
  for (let basket = 0; basket < baskets.count; basket++) {
    const from = baskets.starts[basket]!;
    const to = baskets.starts[basket + 1]!;
    for (let at = from; at < to; at++) basketWith[baskets.items[at]!] = basket;
    for (let at = from; at < to; at++)
      for (const rule of byItem[baskets.items[at]!]!) {
        if (lastOwner[rule] === baskets.owner[basket]) continue;
        const { left, right } = rules[rule]!;
        if (basketWith[right] !== basket || !left.every((item) => basketWith[item] === basket)) continue;
        lastOwner[rule] = baskets.owner[basket]!;
        people[rule]!++;
      }
  }
  return people;
};
