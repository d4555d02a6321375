/**
 * Which products are in sight: what an undone import left behind is not (CAT16). Asked again whenever facts or the
 * catalogue changed; everything is, until the facts have answered and where they may not be read.
 */
/* eslint-disable svelte/prefer-svelte-reactivity -- the set is replaced whole, never changed */
import type { EngineClient } from './messages.ts';
import type { InsightRequests } from './requests.ts';

export class ProductsInSight {
  #leftBehind = $state.raw<ReadonlySet<string>>(new Set());

  /** Where effects may be made: while a component is set up, for one. */
  constructor(engine: EngineClient<InsightRequests>) {
    $effect(() => {
      void engine.version;
      if (engine.state.phase !== 'ready') return;
      void engine.ask('catalogue.unordered', null).then(
        ({ body }) => (this.#leftBehind = new Set(body)),
        () => undefined,
      );
    });
  }

  has(product: string): boolean {
    return !this.#leftBehind.has(product);
  }
}
