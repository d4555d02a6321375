/**
 * A packed chunk without the rows of erased people. Rows go by customer id, by strong key (identity links), or by
 * order (order lines and refunds). Ids that turn out to be an erased person's are handed back, because other chunks may
 * carry them. Costs one HMAC for each distinct order and each distinct key in the chunk.
 */
import { erasureKey, orderKey } from '#core/identity/erasure-key.ts';
import { isStrongKey } from '#core/identity/key-kind.ts';
import { type Result, ok } from '../../result.ts';
import type { CustomerId } from '../../units/ids.ts';
import type { Platform } from '../../units/platform.ts';
import { customerIdAt } from '../customer-column.ts';
import { type Fact, type FactKind, identityKeyKinds } from '../fact.ts';
import { packFacts } from '../pack-facts.ts';
import { textAt } from '../text-column.ts';
import { type ChunkColumns, type UnpackFailure, unpackColumns } from '../unpack-columns.ts';
import { factsFromColumns } from '../unpack-facts.ts';

/** Who asked to be forgotten. */
export interface Erased {
  readonly customers: ReadonlySet<string>;
  /** As `erasureKey` gives them, of strong keys and of orders. */
  readonly keys: ReadonlySet<string>;
}

export interface ErasedChunk {
  readonly kind: FactKind;
  readonly packed: Uint8Array;
  /** What went. */
  readonly rows: readonly Fact[];
  /** Ids that are an erased person's and were not known to be. */
  readonly customers: readonly CustomerId[];
}

export type HashPlatform = Pick<Platform, 'hmac' | 'utf8'>;

/** Null when the chunk names nobody erased. */
export const eraseRows = async (
  platform: HashPlatform,
  packed: Uint8Array,
  erased: Erased,
): Promise<Result<ErasedChunk | null, UnpackFailure>> => {
  const unpacked = unpackColumns(packed);
  if (!unpacked.ok) return unpacked;
  const columns = unpacked.value;
  const byKey = await rowsByKey(platform, columns, erased);
  const own = rowsByCustomer(columns, erased.customers);
  const goes = (row: number): boolean => byKey[row] === 1 || own[row] === 1;
  const facts = factsIfAny(columns, goes);
  if (facts === null) return ok(null);
  const rows = facts.filter((_, row) => goes(row));
  const customers = new Set<CustomerId>();
  for (const fact of rows)
    if ('customer' in fact && fact.customer !== '' && !erased.customers.has(fact.customer))
      customers.add(fact.customer);
  const rest = facts.filter((_, row) => !goes(row));
  return ok({
    kind: columns.kind,
    packed: packFacts(columns.kind, rest as never),
    rows,
    customers: [...customers],
  });
};

/** Facts become objects only where some of them go. */
function factsIfAny(columns: ChunkColumns, goes: (row: number) => boolean): readonly Fact[] | null {
  for (let row = 0; row < columns.rows; row++) if (goes(row)) return factsFromColumns(columns);
  return null;
}

function rowsByCustomer({ rows, customer }: ChunkColumns, erased: ReadonlySet<string>): Uint8Array {
  const marks = new Uint8Array(rows);
  const column = customer.customer;
  if (column === undefined) return marks;
  const isErased = Array.from(column.high, (_, place) => erased.has(customerIdAt(column, place)));
  if (!isErased.includes(true)) return marks;
  for (let row = 0; row < rows; row++) if (isErased[column.places[row]!] === true) marks[row] = 1;
  return marks;
}

async function rowsByKey(platform: HashPlatform, columns: ChunkColumns, { keys }: Erased): Promise<Uint8Array> {
  const marks = new Uint8Array(columns.rows);
  if (keys.size === 0) return marks;
  const placeOf = keyPlaces(columns);
  if (placeOf === null) return marks;
  const isErased = new Map<string, boolean>();
  for (let row = 0; row < columns.rows; row++) {
    const place = placeOf.place(row);
    let answer = isErased.get(place);
    if (answer === undefined) {
      const key = placeOf.key(row);
      answer = key !== null && keys.has(await erasureKey(platform, key));
      isErased.set(place, answer);
    }
    if (answer) marks[row] = 1;
  }
  return marks;
}

/** What a row of this chunk is known by besides its customer, and an equal name for equal ones. */
function keyPlaces({ kind, text, word }: ChunkColumns): {
  place(row: number): string;
  key(row: number): Parameters<typeof erasureKey>[1] | null;
} | null {
  if (kind === 'identity-link') {
    const key = text.key!,
      keyKind = word.keyKind!;
    return {
      place: (row) => `${keyKind[row]}/${key.places[row]}`,
      key: (row) => {
        const named = identityKeyKinds[keyKind[row]!]!;
        return isStrongKey(named) ? { keyKind: named, key: textAt(key, key.places[row]!) } : null;
      },
    };
  }
  if (kind !== 'order-line' && kind !== 'refund') return null;
  const shop = text.shop!,
    order = text.order!;
  return {
    place: (row) => `${shop.places[row]}/${order.places[row]}`,
    key: (row) => orderKey(textAt(shop, shop.places[row]!), textAt(order, order.places[row]!)),
  };
}
