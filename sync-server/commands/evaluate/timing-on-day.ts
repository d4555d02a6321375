/** Everything that was bought up to a day; each pair is asked about on that day: the product's daily case. */
import { customerEffect, readPair } from '#core/insight/repurchase/derive-pairs.ts';
import { fitHistories } from '#core/insight/repurchase/fit-repurchase.ts';
import { HistoriesBuilder } from '#core/insight/repurchase/histories.ts';
import { PairHistory } from '#core/insight/repurchase/pair-history.ts';
import { createGapHistory } from '#core/insight/repurchase/predict-gap.ts';
import { priorsOf } from '#core/insight/repurchase/product-priors.ts';
import { defaultRepurchaseParameters } from '#core/insight/repurchase/repurchase-parameters.ts';
import { partPath, readCsv, wholeNumber } from './csv.ts';
import { BadInput, type EvaluateOptions } from './evaluate-task.ts';
import type { Asked, AskedPair } from './timing.ts';

interface Purchase {
  readonly item: number;
  readonly day: number;
  readonly quantity: number;
}

export const predictOnDay = (options: EvaluateOptions): Asked => {
  const inputs = readCsv(partPath(options, 'input'), ['pair', 'customer', 'item', 'asof']);
  const asOfDay = inputs.length === 0 ? 0 : wholeNumber(inputs[0]?.[3] ?? '', partPath(options, 'input'));
  const items = new Map<string, number>();
  const byCustomer = readPurchases(options, items, asOfDay);
  const products = [...items.keys()].map((key) => ({ key, category: '' }));
  const builder = new HistoriesBuilder(
    products,
    [...byCustomer.values()].reduce((sum, each) => sum + each.length, 0),
  );
  for (const purchases of byCustomer.values()) {
    builder.nextCustomer();
    for (const { item, day, quantity } of purchases) builder.add(item, day, quantity, 0);
  }
  const parameters = fitHistories(builder.finish(), asOfDay, defaultRepurchaseParameters);
  const priors = priorsOf(products, parameters);
  const history = new PairHistory(products.length);
  const known = createGapHistory();
  const pairs = function* (): Generator<AskedPair> {
    let read = '';
    let customer = 0;
    for (const [pair = '', name = '', item = ''] of inputs) {
      if (name !== read) {
        history.clear();
        for (const each of byCustomer.get(name) ?? [])
          history.add(each.item, each.day, priors.factors?.[each.item], each.quantity);
        customer = customerEffect(history, priors, parameters).effect;
        read = name;
      }
      const slot = items.has(item) ? history.slotOf(items.get(item) as number) : -1;
      if (slot === -1) throw new BadInput(`${pair}: ${name} never bought ${item}`);
      const elapsed = asOfDay - (history.slots.lastDay[slot] as number);
      yield { pair, history: readPair(history, slot, priors, customer, parameters, known), elapsed };
    }
  };
  return { parameters, spanDays: spanOf(byCustomer, asOfDay), pairs: pairs() };
};

/** By customer in order of id, oldest first. */
function readPurchases(
  options: EvaluateOptions,
  items: Map<string, number>,
  asOfDay: number,
): ReadonlyMap<string, readonly Purchase[]> {
  const path = partPath(options, 'events');
  const byCustomer = new Map<string, Purchase[]>();
  for (const [customer = '', item = '', day = '', quantity = ''] of readCsv(path, ['customer', 'item', 'day', 'qty'])) {
    const at = wholeNumber(day, path);
    if (at > asOfDay) continue;
    if (!items.has(item)) items.set(item, items.size);
    const purchase = { item: items.get(item) as number, day: at, quantity: wholeNumber(quantity, path) };
    const list = byCustomer.get(customer);
    if (list) list.push(purchase);
    else byCustomer.set(customer, [purchase]);
  }
  for (const list of byCustomer.values()) list.sort((a, b) => a.day - b.day || a.item - b.item);
  return new Map([...byCustomer].sort(([a], [b]) => (a < b ? -1 : 1)));
}

const spanOf = (byCustomer: ReadonlyMap<string, readonly Purchase[]>, asOfDay: number): number => {
  let first = asOfDay;
  for (const purchases of byCustomer.values()) first = Math.min(first, purchases[0]?.day ?? asOfDay);
  return Math.max(1, asOfDay - first);
};
