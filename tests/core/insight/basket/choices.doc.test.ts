import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { defaultBasketParameters } from '#core/insight/basket/basket-parameters.ts';
import {
  basketChoicesType,
  chooseBasket,
  readBasketChoices,
  withBasketChoices,
} from '#core/insight/basket/choices.doc.ts';
import { defaultParameters } from '#core/insight/profile/parameters.ts';
import { withChoices } from '#core/insight/profile/parameters.doc.ts';

const builtIn = { thenDays: 30, fewestOrders: 5 };

test('[BSK17] a choice is kept within bounds, read on every device, and writing it again writes nothing', () => {
  const doc = new Y.Doc();
  expect(readBasketChoices(doc)).toEqual(builtIn);
  expect(chooseBasket(doc, builtIn)).toEqual({ ok: true, value: 'unchanged' });
  expect(doc.store.clients.size).toBe(0);
  expect(chooseBasket(doc, { thenDays: 14, fewestOrders: 10 })).toEqual({ ok: true, value: 'done' });
  for (const wrong of [{ thenDays: 0 }, { thenDays: 366 }, { fewestOrders: 1 }, { fewestOrders: 2.5 }])
    expect(chooseBasket(doc, { ...builtIn, ...wrong })).toMatchObject({ ok: false });
  const other = new Y.Doc();
  Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
  expect(readBasketChoices(other)).toEqual({ thenDays: 14, fewestOrders: 10 });
  basketChoicesType(other).set('thenDays', 'soon');
  expect(readBasketChoices(other)).toEqual({ thenDays: 30, fewestOrders: 10 });
});

test('[BSK17] rules counted under other choices do not answer', () => {
  const counted = { ...defaultBasketParameters, together: { ...defaultBasketParameters.together, orders: 90 } };
  expect(withBasketChoices(counted, builtIn)).toBe(counted);
  const doc = new Y.Doc();
  const { rfm: _chosen, ...fitted } = { ...defaultParameters, basket: counted };
  expect(withChoices(doc, fitted).basket).toBe(counted);
  chooseBasket(doc, { ...builtIn, thenDays: 60 });
  expect(withChoices(doc, fitted).basket).toMatchObject({ thenDays: 60, fewestOrders: 5, together: { orders: 0 } });
});
