/** What a ledger is made of, and how its parts hear of a chunk, a withdrawal, a merge or a catalogue. */
import { strongestConsent } from '#core/identity/strongest-consent.ts';
import type { Alias, Child, Consent, Decision, Fact, Outcome, TagMark } from '../fact.ts';
import { decisionStates } from '../fact.ts';
import type { ChunkOrigin, LedgerCatalogueProduct } from '../ledger-building.ts';
import { factsFromColumns } from '../unpack-facts.ts';
import type { ChunkColumns } from '../unpack-columns.ts';
import { Behaviours } from './behaviours.ts';
import { ChunkBook, type RowRange } from './chunk-book.ts';
import { Customers } from './customers.ts';
import { IdentityLinks } from './identity-links.ts';
import { OrderLines } from './order-lines.ts';
import { Products } from './products.ts';
import { Records } from './records.ts';
import { WordList } from './word-list.ts';

const compareAliases = (a: Alias, b: Alias): number =>
  Number(a.byPerson) - Number(b.byPerson) || a.atMs - b.atMs || compareTexts(a.alias, b.alias);

const compareChildren = (a: Child, b: Child): number =>
  a.atMs - b.atMs || compareTexts(a.birthMonth, b.birthMonth) || compareTexts(a.feeding, b.feeding);

export class LedgerParts {
  excludedIds: ReadonlySet<string> = new Set();
  readonly chunks = new ChunkBook();
  readonly customers = new Customers();
  readonly products = new Products();
  readonly channels = new WordList();
  readonly campaigns = new WordList();
  readonly #words = { shops: new WordList(), sources: new WordList() };
  readonly orderLines = new OrderLines({ ...this, ...this.#words });
  readonly behaviours = new Behaviours({ ...this, ...this.#words });
  readonly links = new IdentityLinks(this.chunks, this.customers);
  readonly decisions = new Records<Decision>(this.chunks, this.customers, {
    keyOf: ({ decision }) => decision,
    compare: (a, b) =>
      a.version - b.version || decisionStates.indexOf(a.state) - decisionStates.indexOf(b.state) || a.atMs - b.atMs,
  });
  readonly outcomes = new Records<Outcome>(this.chunks, this.customers, {
    keyOf: ({ decision, outcome }) => `${decision}/${outcome}`,
    compare: (a, b) => a.version - b.version,
  });
  readonly #aliases = new Records<Alias>(this.chunks, this.customers, {
    keyOf: ({ customer }) => customer,
    compare: compareAliases,
  });
  readonly #consents = new Records<Consent>(this.chunks, this.customers, {
    keyOf: ({ customer, channel, purpose }) => `${customer}/${purpose}/${channel}`,
    compare: (a, b) => Number(a.state === 'refused') - Number(b.state === 'refused') || a.atMs - b.atMs,
  });
  readonly #marks = new Records<TagMark>(this.chunks, this.customers, {
    keyOf: ({ customer, tag }) => `${customer}/${tag}`,
    compare: (a, b) => a.atMs - b.atMs,
  });
  readonly #children = new Records<Child>(this.chunks, this.customers, {
    keyOf: ({ customer }) => customer,
    compare: compareChildren,
  });

  take(origin: ChunkOrigin, columns: ChunkColumns): void {
    const { kind } = columns;
    const chunk = this.chunks.open(origin, kind, this.#countOf(kind));
    if (kind === 'order-line') this.orderLines.take(columns, chunk);
    else if (kind === 'refund') this.orderLines.takeRefunds(columns, chunk);
    else if (kind === 'behaviour') this.behaviours.take(columns, chunk);
    else if (kind === 'identity-link') this.links.take(columns, chunk);
    else this.#recordsOf(kind).take(factsFromColumns(columns) as never, chunk);
    this.chunks.close(chunk, this.#countOf(kind));
  }

  resettle(ranges: readonly RowRange[]): void {
    for (const { kind, firstRow, endRow } of ranges) {
      if (kind === 'order-line') this.orderLines.settle(firstRow, endRow);
      else if (kind === 'refund') this.orderLines.refunds.settle(firstRow, endRow);
      else if (kind === 'behaviour') this.behaviours.settle(firstRow, endRow);
      else if (kind === 'identity-link') this.links.settle(firstRow, endRow);
      else this.#recordsOf(kind).settle(firstRow, endRow);
    }
  }

  settlePeople(): void {
    this.customers.settle((raw) => {
      this.orderLines.move(raw);
      this.behaviours.move(raw);
    });
    for (const raw of this.customers.exclude(this.excludedIds)) {
      this.orderLines.remark(raw);
      this.customers.touch(raw);
    }
  }

  setCatalogue(catalogue: readonly LedgerCatalogueProduct[]): void {
    const changed = this.products.setCatalogue(catalogue);
    if (changed.size === 0) return;
    this.orderLines.resettleProducts(changed);
    this.behaviours.resettleProducts(changed);
  }

  aliasOf(members: readonly number[]): Alias | null {
    return this.#aliases
      .of(members)
      .reduce<Alias | null>((best, alias) => (best === null || compareAliases(alias, best) > 0 ? alias : best), null);
  }

  consentOf(
    members: readonly number[],
    channel: string,
    purpose: Consent['purpose'],
  ): ReturnType<typeof strongestConsent> {
    const said = this.#consents
      .of(members)
      .filter((consent) => consent.channel === channel && consent.purpose === purpose);
    return strongestConsent(said);
  }

  tagMarksOf(members: readonly number[]): ReadonlyMap<string, 'on' | 'off'> {
    const marks = [...this.#marks.of(members)].sort((a, b) => a.atMs - b.atMs || compareTexts(a.state, b.state));
    const stateByTag = new Map<string, 'on' | 'off'>();
    for (const { tag, state } of marks) {
      if (state === 'none') stateByTag.delete(tag);
      else stateByTag.set(tag, state);
    }
    return stateByTag;
  }

  childOf(members: readonly number[]): Child | null {
    const [newest] = this.#children.of(members).toSorted((a, b) => compareChildren(b, a));
    return newest !== undefined && newest.birthMonth !== '' ? newest : null;
  }

  trim(): void {
    this.orderLines.trim();
    this.behaviours.trim();
  }

  get byteLength(): number {
    return this.orderLines.byteLength + this.behaviours.byteLength + this.links.byteLength + this.customers.byteLength;
  }

  #countOf(kind: Fact['kind']): number {
    if (kind === 'order-line') return this.orderLines.count;
    if (kind === 'refund') return this.orderLines.refunds.count;
    if (kind === 'behaviour') return this.behaviours.count;
    return kind === 'identity-link' ? this.links.count : this.#recordsOf(kind).count;
  }

  #recordsOf(
    kind: 'decision' | 'outcome' | 'alias' | 'consent' | 'tag-mark' | 'child',
  ): Pick<Records<never>, 'take' | 'settle' | 'count'> {
    if (kind === 'decision') return this.decisions;
    if (kind === 'outcome') return this.outcomes;
    if (kind === 'alias') return this.#aliases;
    if (kind === 'consent') return this.#consents;
    return kind === 'child' ? this.#children : this.#marks;
  }
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
