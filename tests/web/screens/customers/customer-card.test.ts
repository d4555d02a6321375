import { expect, test } from 'vitest';
import type { EngineClient } from '#web/engine/insight/messages.ts';
import type { InsightRequests } from '#web/engine/insight/requests.ts';
import { CardOfCustomer } from '#web/screens/customers/customer-card.svelte.ts';

/** Cards come at once; a mark is kept when the test says so. */
const engine = () => {
  const keep: (() => void)[] = [];
  const asked: [string, unknown][] = [];
  const ask = (name: string, body: { id: string }): Promise<unknown> => {
    asked.push([name, body]);
    return name === 'customers.card'
      ? Promise.resolve({ body: { id: body.id }, asOfDay: 20_000 })
      : new Promise<void>((resolve) => keep.push(resolve));
  };
  return { client: { ask } as unknown as EngineClient<InsightRequests>, keep: () => keep.shift()?.(), asked };
};

test('a tag kept after one went on to another customer leaves that customer in sight', async () => {
  const { client, keep } = engine();
  const customer = new CardOfCustomer(client);
  await customer.show('first');
  const marked = customer.mark('first', 'dairy', 'on');
  await customer.show('second');
  keep();
  expect(await marked).toBe(true);
  expect(customer.card?.id).toBe('second');
});

test('a mark taken back from another card goes to the customer it was made on', async () => {
  const { client, keep, asked } = engine();
  const customer = new CardOfCustomer(client);
  await customer.show('second');
  const marked = customer.mark('first', 'dairy', 'none');
  keep();
  expect(await marked).toBe(true);
  expect(asked).toContainEqual(['customers.mark-tag', { tag: 'dairy', marks: [{ id: 'first', state: 'none' }] }]);
  expect(customer.card?.id).toBe('second');
});

test('a card shows what was just noted on it', async () => {
  const { client, keep } = engine();
  const customer = new CardOfCustomer(client);
  await customer.show('first');
  const before = customer.card;
  const marked = customer.mark('first', 'dairy', 'on');
  keep();
  await marked;
  expect(customer.card?.id).toBe('first');
  expect(customer.card).not.toBe(before);
});
