import type { Ledger } from '#core/datasets/ledger-columns.ts';

/** What a ledger says of its lines, without dense numbers, so that two ledgers can be compared. */
export interface ReadLine {
  readonly customer: string;
  readonly order: string;
  readonly item: string;
  readonly atMs: number;
  readonly paidFen: number;
  readonly refundFen: number;
  readonly quantityMilli: number;
  readonly channel: string;
  readonly flags: number;
}

export const readLine = (ledger: Ledger, row: number): ReadLine => {
  const lines = ledger.orderLines as Ledger['orderLines'] & { readonly orders: { text(order: number): string } };
  return {
    customer: ledger.customer(lines.customer[row]!).id,
    order: lines.orders.text(lines.order[row]!),
    item: ledger.product(lines.product[row]!).items.join('+'),
    atMs: lines.atMs[row]!,
    paidFen: lines.paidFen[row]!,
    refundFen: lines.refundFen[row]!,
    quantityMilli: lines.quantityMilli[row]!,
    channel: ledger.channels[lines.channel[row]!]!,
    flags: lines.flags[row]!,
  };
};

/** Customers that have anything, by id, with their lines in order and all that is known of them. */
export const readLedger = (ledger: Ledger) =>
  Array.from({ length: ledger.customerCount }, (_, dense) => dense)
    .filter((dense) => ledger.canonical(dense) === dense)
    .map((dense) => ({
      id: ledger.customer(dense).id,
      alias: ledger.customer(dense).alias,
      lines: [...ledger.linesOfCustomer(dense)].map((row) => readLine(ledger, row)),
      behaviours: [...ledger.behavioursOfCustomer(dense)].map((row) => [
        ledger.behaviours.atMs[row],
        ledger.behaviours.name[row],
        ledger.behaviours.value[row],
      ]),
      decisions: sorted(ledger.decisionsOfCustomer(dense)),
      outcomes: sorted(ledger.outcomesOfCustomer(dense)),
      consent: ledger.consent(dense, 'wecom', 'marketing'),
      tags: [...ledger.tagMarks(dense)].sort(),
      born: ledger.child(dense)?.birthMonth ?? '',
    }))
    .filter(
      ({ lines, behaviours, decisions, outcomes, consent, alias, tags, born }) =>
        lines.length + behaviours.length + decisions.length + outcomes.length + tags.length > 0 ||
        consent.state !== 'unknown' ||
        alias + born !== '',
    )
    .sort((a, b) => (a.id < b.id ? -1 : 1));

export const linesOf = (ledger: Ledger): ReadLine[] => readLedger(ledger).flatMap(({ lines }) => lines);

function sorted<Value>(values: readonly Value[]): string[] {
  return values.map((value) => JSON.stringify(value)).sort();
}
