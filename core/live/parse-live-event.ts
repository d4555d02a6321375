/**
 * Opens one CloudEvents 1.0 envelope (JSON). `type` is one of the Segment-style names of `live-event.ts`; `subject` is
 * the broadcast; `time` is RFC 3339 and may be missing (then it is the time of arrival). In `data`: `product_id` (or
 * `sku`), `count`, `viewer_id` with `viewer_key` (default `platform-id`), `nickname`, `text`, `viewers`, `seconds`,
 * `total_fen`; of a table's row `views`, `clicks`, `adds`, `orders`, `span_seconds`. A wrong-typed field refuses this event alone and says which field and what was expected.
 */
import { type IdentityKeyKind, identityKeyKinds } from '../datasets/fact.ts';
import { maskContacts } from '../identity/mask-contacts.ts';
import { type Result, fail, ok } from '../result.ts';
import { parseInstant } from './parse-instant.ts';
import { type LiveEvent, type LiveEventName, type ProductCounts, liveEventTypes } from './live-event.ts';

export type LiveEventFailure =
  | { readonly kind: 'not-an-event' }
  | { readonly kind: 'wrong-field'; readonly field: string; readonly expected: Expected }
  | { readonly kind: 'unknown-type'; readonly type: string };
type Expected = 'text' | 'whole-number' | 'time' | 'version-1.0' | 'key-kind' | 'object' | 'shorter-text' | 'present';

export const idLimit = 200;
export const textLimit = 1000;

export const parseLiveEvent = (value: unknown, arrivedMs: number): Result<LiveEvent, LiveEventFailure> => {
  if (!isRecord(value)) return fail({ kind: 'not-an-event' });
  if (value['specversion'] !== '1.0') return wrong('specversion', 'version-1.0');
  const type = value['type'];
  if (typeof type !== 'string') return wrong('type', 'text');
  if (!Object.hasOwn(liveEventTypes, type)) return fail({ kind: 'unknown-type', type: type.slice(0, idLimit) });
  const name = liveEventTypes[type as keyof typeof liveEventTypes];
  const data = value['data'] ?? {};
  if (!isRecord(data)) return wrong('data', 'object');
  const reader = new FieldReader(value, data);
  const event = readFields(reader, name, arrivedMs);
  return reader.failure ? fail(reader.failure) : ok(event);
};

/** Which fields a name cannot do without. */
const needsItem: ReadonlySet<LiveEventName> = new Set([
  'product-viewed',
  'product-clicked',
  'product-added',
  'product-pinned',
  'product-counted',
]);

function readFields(reader: FieldReader, name: LiveEventName, arrivedMs: number): LiveEvent {
  const viewerKey = reader.text('data', 'viewer_id', idLimit);
  const event: LiveEvent = {
    source: reader.text('envelope', 'source', idLimit, true),
    id: reader.text('envelope', 'id', idLimit, true),
    name,
    atMs: reader.time(arrivedMs),
    broadcast: reader.text('envelope', 'subject', idLimit),
    item: reader.text('data', 'product_id', idLimit) || reader.text('data', 'sku', idLimit),
    count: reader.whole('count', 1, 1, 100_000),
    viewerKeyKind: viewerKey === '' ? '' : reader.keyKind(),
    viewerKey,
    nickname: maskContacts(reader.text('data', 'nickname', idLimit)),
    text: maskContacts(reader.text('data', 'text', textLimit)),
    value:
      name === 'audience-sampled' ? reader.whole('viewers', -1, 0, 100_000_000) : reader.whole('seconds', 0, 0, 86_400),
    amountFen: reader.whole('total_fen', 0, 0, Number.MAX_SAFE_INTEGER),
    counted: name === 'product-counted' ? readCounts(reader) : null,
  };
  if (needsItem.has(name) && event.item === '') reader.refuse('data.product_id', 'present');
  if (name === 'comment-posted' && event.text === '') reader.refuse('data.text', 'present');
  if (name === 'audience-sampled' && event.value < 0) reader.refuse('data.viewers', 'present');
  return event;
}

function readCounts(reader: FieldReader): ProductCounts {
  const [views = 0, clicks = 0, adds = 0, orders = 0] = ['views', 'clicks', 'adds', 'orders'].map((key) =>
    reader.whole(key, 0, 0, 1_000_000_000),
  );
  return { counts: [views, clicks, adds, orders], spanSeconds: reader.whole('span_seconds', 0, 0, 86_400) };
}

class FieldReader {
  failure: LiveEventFailure | null = null;
  readonly #envelope: Record<string, unknown>;
  readonly #data: Record<string, unknown>;

  constructor(envelope: Record<string, unknown>, data: Record<string, unknown>) {
    this.#envelope = envelope;
    this.#data = data;
  }

  /** The first refusal is the one told. */
  refuse(field: string, expected: Expected): void {
    this.failure ??= { kind: 'wrong-field', field, expected };
  }

  text(part: 'envelope' | 'data', key: string, limit: number, isNeeded = false): string {
    const field = part === 'data' ? `data.${key}` : key;
    const given = (part === 'data' ? this.#data : this.#envelope)[key];
    if (given === undefined || given === null) {
      if (isNeeded) this.refuse(field, 'present');
      return '';
    }
    if (typeof given !== 'string') this.refuse(field, 'text');
    else if (given.length > limit) this.refuse(field, 'shorter-text');
    else if (isNeeded && given === '') this.refuse(field, 'present');
    else return given;
    return '';
  }

  whole(key: string, missing: number, low: number, high: number): number {
    const given = this.#data[key];
    if (given === undefined || given === null) return missing;
    if (typeof given === 'number' && Number.isInteger(given) && given >= low && given <= high) return given;
    this.refuse(`data.${key}`, 'whole-number');
    return missing;
  }

  time(arrivedMs: number): number {
    const given = this.#envelope['time'];
    if (given === undefined || given === null) return arrivedMs;
    const atMs = typeof given === 'string' ? parseInstant(given) : null;
    if (atMs === null) this.refuse('time', 'time');
    return atMs ?? arrivedMs;
  }

  keyKind(): IdentityKeyKind {
    const given = this.#data['viewer_key'] ?? 'platform-id';
    const found = identityKeyKinds.find((kind) => kind === given);
    if (found === undefined) this.refuse('data.viewer_key', 'key-kind');
    return found ?? 'platform-id';
  }
}

const wrong = (field: string, expected: Expected): Result<LiveEvent, LiveEventFailure> =>
  fail({ kind: 'wrong-field', field, expected });

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
