import type { OwnedBaskets } from './collect-orders.ts';

/** By rule: how many different owners the baskets with both its sides have. */
export const countPeople = (
  baskets: OwnedBaskets,
  rules: readonly { readonly left: readonly number[]; readonly right: number }[],
): Int32Array => {
  const byRight = new Map<number, number[]>();
  rules.forEach(({ right }, at) => {
    const own = byRight.get(right);
    if (own) own.push(at);
    else byRight.set(right, [at]);
  });
  const people = new Int32Array(rules.length);
  const lastOwner = new Int32Array(rules.length).fill(-1);
  const basketWith = new Int32Array(baskets.itemCount).fill(-1);
  for (let basket = 0; basket < baskets.count; basket++) {
    const from = baskets.starts[basket]!;
    const to = baskets.starts[basket + 1]!;
    for (let at = from; at < to; at++) basketWith[baskets.items[at]!] = basket;
    for (let at = from; at < to; at++)
      for (const rule of byRight.get(baskets.items[at]!) ?? []) {
        if (lastOwner[rule] === baskets.owner[basket]) continue;
        if (!rules[rule]!.left.every((item) => basketWith[item] === basket)) continue;
        lastOwner[rule] = baskets.owner[basket]!;
        people[rule]!++;
      }
  }
  return people;
};
