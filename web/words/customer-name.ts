import { phrases } from './phrases.svelte.ts';

const fallback = phrases(
  (id: string): string => `顾客 ${id.slice(-4)}`,
  (id: string): string => `Customer ${id.slice(-4)}`,
);

/** What a customer is called on every screen: the alias, else the end of the id, so that no row is ever nameless. */
export const customerName = (id: string, alias: string): string => alias || fallback()(id);
