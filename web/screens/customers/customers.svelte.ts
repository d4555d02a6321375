/**
 * The list of customers as it is filtered and sorted: rows arrive by range, the old ones stay until the new ones are
 * here, and an answer to an older question is dropped. The filter can be given in the address.
 */
import { SvelteMap } from 'svelte/reactivity';
import { rfmNames, type RfmName, stages } from '#core/insight/profile/belief-columns.ts';
import type { CustomerRow } from '#core/insight/profile/customer-row.ts';
import type { CustomerFilter, CustomerOverview, CustomerSort } from '#web/engine/insight/customers.messages.ts';
import { customerSorts } from '#web/engine/insight/customers.messages.ts';
import type { EngineClient } from '#web/engine/insight/messages.ts';
import type { InsightRequests } from '#web/engine/insight/requests.ts';

export const noFilter: CustomerFilter = {
  names: [],
  stage: '',
  tag: '',
  channel: '',
  due: '',
  product: '',
  search: '',
  rule: '',
};

const margin = 40;

export class Customers {
  filter = $state.raw<CustomerFilter>(noFilter);
  sort = $state<CustomerSort>('next');
  overview = $state.raw<CustomerOverview | null>(null);
  total = $state(0);
  milliseconds = $state(0);
  asOfDay = $state(0);
  computedMs = $state(0);
  isReady = $state(false);
  hasFailed = $state(false);
  first = $state(0);
  last = $state(0);
  readonly #engine: EngineClient<InsightRequests>;
  readonly #nowMs: () => number;
  readonly #rows = new SvelteMap<number, CustomerRow>();
  #question = 0;
  #asked = { from: 0, to: -1 };

  constructor(
    engine: EngineClient<InsightRequests>,
    nowMs: () => number,
    address: Pick<URLSearchParams, 'get' | 'getAll'>,
  ) {
    this.#engine = engine;
    this.#nowMs = nowMs;
    this.filter = filterFromAddress(address);
    this.sort = customerSorts.find((sort) => sort === address.get('sort')) ?? 'next';
  }

  get isFiltered(): boolean {
    return JSON.stringify(this.filter) !== JSON.stringify(noFilter);
  }

  row(index: number): CustomerRow | undefined {
    return this.#rows.get(index);
  }

  change(part: Partial<CustomerFilter>): void {
    this.filter = { ...this.filter, ...part };
  }

  toggleName(name: RfmName): void {
    const { names } = this.filter;
    this.change({ names: names.includes(name) ? names.filter((other) => other !== name) : [...names, name] });
  }

  clear(): void {
    this.filter = noFilter;
  }

  /** The rows in view. */
  show(first: number, last: number): void {
    this.first = first;
    this.last = last;
    if (first >= this.#asked.from && last <= this.#asked.to) return;
    void this.#load(false);
  }

  /** Asks again: the facts or the question changed. */
  async refresh(): Promise<void> {
    void this.#engine.ask('customers.overview', null).then(
      ({ body }) => (this.overview = body),
      () => undefined,
    );
    await this.#load(true);
  }

  /** Rows for a file, in pieces, so that a large list shows how far it is. */
  async *all(pieces = 5000): AsyncGenerator<readonly CustomerRow[]> {
    const { filter, sort } = this;
    for (let first = 0; ; first += pieces) {
      const { body } = await this.#engine.ask('customers.page', { filter, sort, first, count: pieces });
      if (body.rows.length > 0) yield body.rows;
      if (first + pieces >= body.total) return;
    }
  }

  async #load(isNew: boolean): Promise<void> {
    const question = ++this.#question;
    const from = Math.max(0, this.first - margin);
    const to = Math.max(this.last, this.first + 30) + margin;
    this.#asked = { from, to };
    try {
      const { filter, sort } = this;
      const { body, asOfDay } = await this.#engine.ask('customers.page', {
        filter,
        sort,
        first: from,
        count: to - from + 1,
      });
      if (question !== this.#question) return;
      if (isNew) this.#rows.clear();
      body.rows.forEach((row, at) => this.#rows.set(from + at, row));
      this.total = body.total;
      this.asOfDay = asOfDay;
      this.isReady = true;
      this.hasFailed = false;
      if (isNew) {
        this.milliseconds = body.milliseconds;
        this.computedMs = this.#nowMs();
      }
    } catch {
      if (question === this.#question) this.hasFailed = true;
      this.#asked = { from: 0, to: -1 };
    }
  }
}

function filterFromAddress(address: Pick<URLSearchParams, 'get' | 'getAll'>): CustomerFilter {
  const text = (name: string): string => address.get(name) ?? '';
  const due = text('due');
  return {
    names: rfmNames.filter((name) => address.getAll('rfm').includes(name)),
    stage: stages.find((stage) => stage === text('stage')) ?? '',
    tag: text('tag'),
    channel: text('channel'),
    due: due === 'due' || due === 'overdue' ? due : '',
    product: text('product'),
    search: text('search'),
    rule: text('rule'),
  };
}
