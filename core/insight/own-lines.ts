/**
 * The order lines of one customer, oldest first, column by column and side by side: what most beliefs read, each in its
 * turn. In the ledger a customer's lines lie far apart, and a loop that fetches them and does nothing else waits for
 * many of them at once, where one that thinks about each waits for each.
 */
import type { Ledger } from '#core/datasets/ledger-columns.ts';

const createOwnLines = (room: number) => ({
  size: 0,
  order: new Int32Array(room),
  product: new Int32Array(room),
  day: new Int32Array(room),
  flags: new Uint8Array(room),
  quantityMilli: new Float64Array(room),
  paidFen: new Float64Array(room),
  refundFen: new Float64Array(room),
});

/** Columns hold `size` lines; what stands behind is left over. */
export type OwnLines = Readonly<ReturnType<typeof createOwnLines>>;

let own = createOwnLines(256);
let read: { readonly ledger: Ledger; readonly version: number; readonly dense: number } | null = null;

/** The next reading overwrites them; of one customer in a row they are read once. */
export const readOwnLines = (ledger: Ledger, dense: number): OwnLines => {
  if (read?.dense === dense && read.ledger === ledger && read.version === ledger.version) return own;
  const { order, product, day, flags, quantityMilli, paidFen, refundFen } = ledger.orderLines;
  const rows = ledger.linesOfCustomer(dense);
  if (rows.length > own.day.length) own = createOwnLines(rows.length * 2);
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] as number;
    own.order[at] = order[row] as number;
    own.product[at] = product[row] as number;
    own.day[at] = day[row] as number;
    own.flags[at] = flags[row] as number;
    own.quantityMilli[at] = quantityMilli[row] as number;
    own.paidFen[at] = paidFen[row] as number;
    own.refundFen[at] = refundFen[row] as number;
  }
  own.size = rows.length;
  read = { ledger, version: ledger.version, dense };
  return own;
};
