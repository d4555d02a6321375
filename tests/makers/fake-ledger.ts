/**
 * A ledger small enough to see through: facts in, columns out, rebuilt on each change. For tests of what reads a
 * ledger, and (through `aColumnLedger`) for benches that bring millions of lines as columns.
 */
import {
  type Behaviour,
  type Child,
  type Fact,
  type OrderLine,
  type TagMark,
  behaviours,
  type Consent,
  type Decision,
  type Outcome,
} from '#core/datasets/fact.ts';
import { type Ledger, type LedgerCustomer, type LedgerProduct, lineFlag } from '#core/datasets/ledger-columns.ts';
import { dayFromMs } from '#core/units/business-day.ts';

export interface LineColumns {
  readonly count: number;
  readonly customer: Int32Array;
  readonly order: Int32Array;
  readonly product: Int32Array;
  readonly atMs: Float64Array;
  /** One of each where it is left out. */
  readonly quantityMilli?: Float64Array;
  readonly paidFen: Float64Array;
  readonly refundFen: Float64Array;
  readonly channel: Uint16Array;
  readonly flags: Uint8Array;
}

export interface ColumnLedgerParts {
  readonly version?: number;
  readonly lines: LineColumns;
  readonly customers: readonly LedgerCustomer[];
  readonly products: readonly LedgerProduct[];
  readonly orderCount: number;
  readonly channels?: readonly string[];
  readonly behaviours?: readonly Behaviour[];
  readonly marks?: readonly TagMark[];
  readonly children?: readonly Child[];
  readonly consents?: readonly Consent[];
  readonly decisions?: readonly Decision[];
  readonly outcomes?: readonly Outcome[];
  readonly changedSince?: (version: number) => Int32Array;
}

/** Rows of each customer, in order of time, then order, then product. */
const rowsByCustomer = (
  customers: number,
  owner: Int32Array,
  count: number,
  before: (a: number, b: number) => number,
): { start: Int32Array; rows: Int32Array } => {
  const start = new Int32Array(customers + 1);
  for (let i = 0; i < count; i++)
    if ((owner[i] ?? -1) >= 0) start[(owner[i] ?? 0) + 1] = (start[(owner[i] ?? 0) + 1] ?? 0) + 1;
  for (let c = 0; c < customers; c++) start[c + 1] = (start[c + 1] ?? 0) + (start[c] ?? 0);
  const next = start.slice();
  const rows = new Int32Array(start[customers] ?? 0);
  for (let i = 0; i < count; i++) {
    const c = owner[i] ?? -1;
    if (c >= 0) rows[(next[c] = (next[c] ?? 0) + 1) - 1] = i;
  }
  for (let c = 0; c < customers; c++) rows.subarray(start[c], start[c + 1]).sort(before);
  return { start, rows };
};

export const aColumnLedger = (parts: ColumnLedgerParts): Ledger => {
  const { lines, customers, products } = parts;
  const denseById = new Map(customers.map((customer, at) => [customer.id, at]));
  const denseByProduct = new Map<string, number>();
  products.forEach((product, at) => {
    for (const item of product.items) denseByProduct.set(item, at);
    if (product.productId) denseByProduct.set(product.productId, at);
  });
  const happened = parts.behaviours ?? [];
  const owners = Int32Array.from(happened, (event) => denseById.get(event.customer as string) ?? -1);
  const days = Int32Array.from(lines.atMs.subarray(0, lines.count), dayFromMs);
  const ofLines = rowsByCustomer(
    customers.length,
    lines.customer,
    lines.count,
    (a, b) => (lines.atMs[a] ?? 0) - (lines.atMs[b] ?? 0) || a - b,
  );
  const ofEvents = rowsByCustomer(
    customers.length,
    owners,
    happened.length,
    (a, b) => (happened[a]?.atMs ?? 0) - (happened[b]?.atMs ?? 0) || a - b,
  );
  const nobody = new Map<string, 'on' | 'off'>();
  const marks = new Map<number, Map<string, 'on' | 'off'>>();
  for (const mark of [...(parts.marks ?? [])].sort((a, b) => a.atMs - b.atMs)) {
    const dense = denseById.get(mark.customer) ?? -1;
    const own = marks.get(dense) ?? new Map<string, 'on' | 'off'>();
    marks.set(dense, own);
    if (mark.state === 'none') own.delete(mark.tag);
    else own.set(mark.tag, mark.state);
  }
  return {
    version: parts.version ?? 1,
    orderLines: {
      ...lines,
      live: new Uint8Array(lines.count).fill(1),
      day: days,
      quantityMilli: lines.quantityMilli ?? new Float64Array(lines.count).fill(1000),
    },
    behaviours: {
      count: happened.length,
      live: new Uint8Array(happened.length).fill(1),
      customer: owners,
      product: Int32Array.from(happened, (event) => denseByProduct.get(event.item) ?? -1),
      name: Uint8Array.from(happened, (event) => behaviours.indexOf(event.name)),
      atMs: Float64Array.from(happened, (event) => event.atMs),
      value: Float64Array.from(happened, (event) => event.value),
      campaign: new Int32Array(happened.length).fill(-1),
    },
    customerCount: customers.length,
    productCount: products.length,
    orderCount: parts.orderCount,
    channels: parts.channels ?? [''],
    campaigns: [],
    customer: (dense) => customers[dense] as LedgerCustomer,
    canonical: (dense) => dense,
    isExcluded: () => false,
    customerOfKey: () => '',
    keysOf: () => [],
    denseCustomer: (id) => denseById.get(id) ?? -1,
    orderName: (order) => String(order),
    product: (dense) => products[dense] as LedgerProduct,
    denseProduct: (key) => denseByProduct.get(key) ?? -1,
    linesOfCustomer: (dense) => ofLines.rows.subarray(ofLines.start[dense], ofLines.start[dense + 1]),
    behavioursOfCustomer: (dense) => ofEvents.rows.subarray(ofEvents.start[dense], ofEvents.start[dense + 1]),
    decisionsOfCustomer: (dense) =>
      (parts.decisions ?? []).filter((decision) => decision.customer === customers[dense]?.id),
    outcomesOfCustomer: (dense) =>
      (parts.outcomes ?? []).filter((outcome) => outcome.customer === customers[dense]?.id),
    decisionsOfCampaign: () => [],
    behavioursNamed: () => [],
    consent: (dense, channel, purpose) => {
      const said = (parts.consents ?? []).filter(
        (consent) =>
          consent.customer === customers[dense]?.id && consent.channel === channel && consent.purpose === purpose,
      );
      const found = said.find((consent) => consent.state === 'refused') ?? said[0];
      return found ?? { state: 'unknown', source: '', atMs: 0 };
    },
    tagMarks: (dense) => marks.get(dense) ?? nobody,
    child: (dense) => parts.children?.find((child) => denseById.get(child.customer) === dense) ?? null,
    changedSince: parts.changedSince ?? (() => Int32Array.from(customers.keys())),
  };
};

const unpaid = new Set(['created', 'closed']);

/** From facts. `products` may give items a category and tags; other items are their own product. */
export const aFakeLedger = (
  facts: readonly Fact[],
  products: readonly Partial<LedgerProduct>[] = [],
  more: Partial<ColumnLedgerParts> = {},
): Ledger => {
  // As the ledger has it: ties in time by order, then item, whatever came first.
  const lines = facts
    .filter((fact): fact is OrderLine => fact.kind === 'order-line')
    .sort((a, b) => a.atMs - b.atMs || (a.order < b.order ? -1 : a.order > b.order ? 1 : a.item < b.item ? -1 : 1));
  const known: LedgerProduct[] = products.map((product) => ({
    productId: '',
    items: [],
    name: product.items?.[0] ?? '',
    category: '',
    tags: [],
    ...product,
  }));
  const productAt = new Map(known.flatMap((product, at) => product.items.map((item) => [item, at] as const)));
  const customers: LedgerCustomer[] = [];
  const customerAt = new Map<string, number>();
  const denseOf = (id: string): number => {
    if (!customerAt.has(id)) customerAt.set(id, customers.push({ id, alias: '', maskedPhone: '' }) - 1);
    return customerAt.get(id) ?? -1;
  };
  const orders = new Map<string, number>();
  const channels: string[] = [];
  for (const fact of facts) if ('customer' in fact && fact.customer !== '') denseOf(fact.customer);
  for (const fact of facts)
    if (fact.kind === 'alias')
      customers[denseOf(fact.customer)] = { id: fact.customer, alias: fact.alias, maskedPhone: fact.maskedPhone };
  const column = <Row>(make: (line: OrderLine) => Row): Row[] => lines.map(make);
  const itemsSeen = [
    ...lines.map((line) => ({ item: line.item, name: line.itemName })),
    ...facts
      .filter((fact): fact is Behaviour => fact.kind === 'behaviour' && fact.item !== '')
      .map((event) => ({ item: event.item, name: event.item })),
  ];
  for (const { item, name } of itemsSeen)
    if (!productAt.has(item))
      productAt.set(item, known.push({ productId: '', items: [item], name, category: '', tags: [] }) - 1);
  const columns: LineColumns = {
    count: lines.length,
    customer: Int32Array.from(column((line) => denseOf(line.customer))),
    order: Int32Array.from(
      column((line) => {
        if (!orders.has(line.order)) orders.set(line.order, orders.size);
        return orders.get(line.order) ?? 0;
      }),
    ),
    product: Int32Array.from(column((line) => productAt.get(line.item) ?? 0)),
    atMs: Float64Array.from(column((line) => line.atMs)),
    quantityMilli: Float64Array.from(column((line) => line.quantityMilli)),
    paidFen: Float64Array.from(column((line) => line.paidFen)),
    refundFen: Float64Array.from(column((line) => refundOf(facts, line))),
    channel: Uint16Array.from(
      column((line) => {
        if (!channels.includes(line.channel)) channels.push(line.channel);
        return channels.indexOf(line.channel);
      }),
    ),
    flags: Uint8Array.from(
      column((line) => {
        const refund = refundOf(facts, line);
        const isRefunded = line.status === 'refunded' || (refund > 0 && refund >= line.paidFen);
        return (
          (line.isGift ? lineFlag.gift | (line.paidFen > 0 ? 0 : lineFlag.free) : 0) |
          (unpaid.has(line.status) ? lineFlag.unpaid : 0) |
          (isRefunded ? lineFlag.refunded : refund > 0 ? lineFlag.partlyRefunded : 0)
        );
      }),
    ),
  };
  const of = <Kind extends Fact['kind']>(kind: Kind): Extract<Fact, { kind: Kind }>[] =>
    facts.filter((fact): fact is Extract<Fact, { kind: Kind }> => fact.kind === kind);
  return aColumnLedger({
    lines: columns,
    customers,
    products: known,
    orderCount: orders.size,
    channels,
    behaviours: of('behaviour'),
    marks: of('tag-mark'),
    children: of('child'),
    consents: of('consent'),
    decisions: of('decision'),
    outcomes: of('outcome'),
    ...more,
  });
};

function refundOf(facts: readonly Fact[], line: OrderLine): number {
  let sum = 0;
  for (const fact of facts)
    if (fact.kind === 'refund' && fact.order === line.order && fact.item === line.item && fact.nth === line.nth)
      sum += fact.refundFen;
  return Math.min(sum, line.paidFen);
}
