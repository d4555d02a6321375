/**
 * Commands over the items of a show (`show.doc.ts` has the shape). Each is one transaction with origin `run-of-show`
 * unless the caller passes its own origin (for an own undo history), each is idempotent, each refuses with a kind.
 */
import * as Y from 'yjs';
import { type Result, fail, ok } from '../result.ts';
import { type Entry, asEntry, newText, setField, sharedTextIn } from './fields.doc.ts';
import { planOrder } from './order.doc.ts';
import type { ItemKind, RunOfShowItem } from './run-of-show.ts';
import { readRunOfShow, showTypes } from './show.doc.ts';

export type ItemRefusal = { readonly kind: 'unknown-item' } | { readonly kind: 'item-locked'; readonly itemId: string };
export type ItemResult = Result<'done' | 'unchanged', ItemRefusal>;

export interface NewItem {
  /** From the caller: core throws no dice. */
  readonly id: string;
  readonly kind: ItemKind;
  readonly title: string;
  readonly productId?: string;
  readonly minutes?: number;
  readonly priceFen?: number | null;
  readonly owner?: string;
  readonly script?: string;
  readonly locked?: boolean;
  /** Null or absent: last. */
  readonly beforeItemId?: string | null;
}

const origin = 'run-of-show';

export const addRunOfShowItem = (doc: Y.Doc, item: NewItem, by: unknown = origin): ItemResult => {
  const { items } = showTypes(doc);
  if (items.has(item.id)) return ok('unchanged');
  doc.transact(() => {
    const entry: Entry = new Y.Map();
    items.set(item.id, entry);
    entry.set('kind', item.kind);
    entry.set('title', newText(item.title));
    entry.set('script', newText(item.script ?? ''));
    entry.set('productId', item.productId ?? '');
    entry.set('minutes', item.minutes ?? 5);
    entry.set('priceFen', item.priceFen ?? null);
    entry.set('owner', item.owner ?? '');
    entry.set('locked', item.locked ?? false);
    writeOrder(doc, item.id, item.beforeItemId ?? null);
  }, by);
  return ok('done');
};

/** Just before `beforeItemId`, or last. A locked item neither moves nor is moved past. */
export const moveRunOfShowItem = (
  doc: Y.Doc,
  { itemId, beforeItemId }: { readonly itemId: string; readonly beforeItemId: string | null },
  by: unknown = origin,
): ItemResult => {
  const { items } = readRunOfShow(doc);
  const refusal = moveRefusal(items, itemId, beforeItemId);
  if (refusal) return fail(refusal);
  if (itemId === beforeItemId || nextId(items, itemId) === beforeItemId) return ok('unchanged');
  doc.transact(() => writeOrder(doc, itemId, beforeItemId), by);
  return ok('done');
};

export const removeRunOfShowItem = (doc: Y.Doc, itemId: string, by: unknown = origin): ItemResult => {
  const { items } = showTypes(doc);
  const entry = asEntry(items.get(itemId));
  if (!entry) return ok('unchanged');
  if (entry.get('locked') === true) return fail({ kind: 'item-locked', itemId });
  doc.transact(() => items.delete(itemId), by);
  return ok('done');
};

export interface ItemChange {
  readonly minutes?: number;
  readonly priceFen?: number | null;
  readonly owner?: string;
  readonly locked?: boolean;
  readonly productId?: string;
  readonly kind?: ItemKind;
}

/** Chosen values only; title and script are edited as shared text. */
export const changeRunOfShowItem = (
  doc: Y.Doc,
  itemId: string,
  change: ItemChange,
  by: unknown = origin,
): ItemResult => {
  const entry = asEntry(showTypes(doc).items.get(itemId));
  if (!entry) return fail({ kind: 'unknown-item' });
  let isChanged = false;
  doc.transact(() => {
    for (const [key, value] of Object.entries(change)) {
      if (value !== undefined && setField(entry, key, value)) isChanged = true;
    }
  }, by);
  return ok(isChanged ? 'done' : 'unchanged');
};

/** The shared text itself, for an editor to bind to; null when the item is gone. */
export const itemScript = (doc: Y.Doc, itemId: string): Y.Text | null =>
  sharedTextIn(asEntry(showTypes(doc).items.get(itemId)), 'script');

export const itemTitle = (doc: Y.Doc, itemId: string): Y.Text | null =>
  sharedTextIn(asEntry(showTypes(doc).items.get(itemId)), 'title');

/** Why a move would be refused; null when it would not. A target that is gone means the end. */
export function moveRefusal(
  items: readonly RunOfShowItem[],
  itemId: string,
  beforeItemId: string | null,
): ItemRefusal | null {
  const from = items.findIndex((item) => item.id === itemId);
  const moved = items[from];
  if (!moved) return { kind: 'unknown-item' };
  if (itemId === beforeItemId) return null;
  const found = beforeItemId === null ? -1 : items.findIndex((item) => item.id === beforeItemId);
  const to = found < 0 ? items.length : found;
  if (to === from + 1) return null;
  if (moved.locked) return { kind: 'item-locked', itemId };
  const passed = to > from ? items.slice(from + 1, to) : items.slice(to, from);
  const locked = passed.find((item) => item.locked);
  return locked ? { kind: 'item-locked', itemId: locked.id } : null;
}

function nextId(items: readonly RunOfShowItem[], itemId: string): string | null {
  return items[items.findIndex((item) => item.id === itemId) + 1]?.id ?? null;
}

function writeOrder(doc: Y.Doc, itemId: string, beforeItemId: string | null): void {
  const { items } = showTypes(doc);
  for (const change of planOrder(readRunOfShow(doc).items, itemId, beforeItemId)) {
    const entry = asEntry(items.get(change.id));
    if (entry) setField(entry, 'order', change.order);
  }
}
