/** One customer's card: asked again when facts change, the last answer stays until the next is here. */
import type { Feeding } from '#core/datasets/fact.ts';
import type { CustomerCard } from '#web/engine/insight/customers.messages.ts';
import type { EngineClient } from '#web/engine/insight/messages.ts';
import type { InsightRequests } from '#web/engine/insight/requests.ts';

export class CardOfCustomer {
  card = $state.raw<CustomerCard | null>(null);
  asOfDay = $state(0);
  isGone = $state(false);
  readonly #engine: EngineClient<InsightRequests>;
  #question = 0;

  constructor(engine: EngineClient<InsightRequests>) {
    this.#engine = engine;
  }

  async show(id: string): Promise<void> {
    const question = ++this.#question;
    if (this.card && this.card.id !== id) this.card = null;
    try {
      const { body, asOfDay } = await this.#engine.ask('customers.card', { id });
      if (question !== this.#question) return;
      this.card = body;
      this.asOfDay = asOfDay;
      this.isGone = body === null;
    } catch {
      if (question === this.#question) this.isGone = true;
    }
  }

  /** What the family told of their child, empty to take it back; resolves with whether it was kept. */
  tellChild(id: string, birthMonth: string, feeding: Feeding): Promise<boolean> {
    return this.#write(id, this.#engine.ask('customers.tell-child', { id, birthMonth, feeding }));
  }

  /** A person's word about a tag; resolves with whether it was kept. */
  mark(id: string, tag: string, state: 'on' | 'off' | 'none'): Promise<boolean> {
    return this.#write(id, this.#engine.ask('customers.mark-tag', { tag, marks: [{ id, state }] }));
  }

  async #write(id: string, asked: Promise<unknown>): Promise<boolean> {
    try {
      await asked;
      // Whoever went on to another customer meanwhile is not taken back.
      if (this.card?.id === id) await this.show(id);
      return true;
    } catch {
      return false;
    }
  }
}
