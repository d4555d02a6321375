/**
 * The plan of one campaign. Room `campaign/<id>`, version 1; owner, operator and assistant write.
 *
 * | key | type | when two write at once |
 * | --- | --- | --- |
 * | `cards` | Y.Map id → Y.Map | both cards stay |
 * | card `title`, `note` | Y.Text | every character of both stays |
 * | card `column`, `order`, `phase`, `owner`, `deadlineMs` | plain | the last wins; equal orders by id |
 * | card `checklist` | Y.Map id → Y.Map{ text Y.Text, done, order } | items of both stay |
 * | `remarks` | Y.Array of Y.Map{ id, about, quote, text Y.Text, byName, atMs, resolved } | all stay |
 *
 * Reading writes nothing and never throws; a record it cannot read is skipped and counted.
 */
import * as Y from 'yjs';
import { type Result, fail, ok } from '../result.ts';
import { type Card, type CampaignPlan, type ChecklistItem, type Column, type Remark, columns } from './campaign.ts';
import { type Phase, phases } from './campaign-list.doc.ts';
import {
  type Entry,
  asEntry,
  newText,
  numberIn,
  oneOf,
  setField,
  sharedTextIn,
  stringIn,
  textIn,
} from './fields.doc.ts';
import { type Ordered, byOrder, planOrder } from './order.doc.ts';

export type PlanResult = Result<
  'done' | 'unchanged',
  { readonly kind: 'unknown-card' | 'unknown-checklist-item' | 'unknown-remark' }
>;

const origin = 'campaign';

export const campaignTypes = (doc: Y.Doc) => ({
  cards: doc.getMap<Entry>('cards'),
  remarks: doc.getArray<Entry>('remarks'),
});

export const readCampaign = (doc: Y.Doc): CampaignPlan => {
  const cards = readCards(doc);
  const { remarks, skipped } = readRemarks(doc);
  const unread = campaignTypes(doc).cards.size - cards.length;
  return Object.freeze({ cards, remarks, skipped: skipped + unread });
};

/** By order. With `before` and the ids of what changed since, only those cards are read. */
export const readCards = (
  doc: Y.Doc,
  before: readonly Card[] = [],
  changed: Iterable<string> = campaignTypes(doc).cards.keys(),
): readonly Card[] => {
  const { cards } = campaignTypes(doc);
  const ids = new Set(changed);
  const read = [...ids].flatMap((id) => readCard(id, cards.get(id)) ?? []);
  return Object.freeze([...before.filter(({ id }) => !ids.has(id)), ...read].sort(byOrder));
};

export const readRemarks = (doc: Y.Doc): Pick<CampaignPlan, 'remarks' | 'skipped'> => {
  const remarksById = new Map<string, Remark>();
  let skipped = 0;
  for (const value of campaignTypes(doc).remarks) {
    const remark = readRemark(value);
    if (!remark) skipped++;
    else if (!remarksById.has(remark.id)) remarksById.set(remark.id, remark);
  }
  const remarks = [...remarksById.values()].sort((a, b) => a.atMs - b.atMs || (a.id < b.id ? -1 : 1));
  return Object.freeze({ remarks: Object.freeze(remarks), skipped });
};

function readCard(id: string, value: unknown): Card | null {
  const entry = asEntry(value);
  const order = entry ? stringIn(entry, 'order') : '';
  if (!entry || order === '') return null;
  return Object.freeze({
    id,
    order,
    column: oneOf(entry.get('column'), columns, 'not-ready'),
    phase: oneOf(entry.get('phase'), phases, 'before'),
    title: textIn(entry, 'title'),
    note: textIn(entry, 'note'),
    owner: stringIn(entry, 'owner'),
    deadlineMs: numberIn(entry, 'deadlineMs'),
    checklist: readChecklist(entry),
  });
}

function readChecklist(card: Entry): readonly ChecklistItem[] {
  const items: ChecklistItem[] = [];
  for (const [id, value] of asEntry(card.get('checklist')) ?? []) {
    const entry = asEntry(value);
    if (!entry) continue;
    items.push(
      Object.freeze({
        id,
        order: stringIn(entry, 'order'),
        text: textIn(entry, 'text'),
        isDone: entry.get('done') === true,
      }),
    );
  }
  return Object.freeze(items.sort(byOrder));
}

function readRemark(value: unknown): Remark | null {
  const entry = asEntry(value);
  const atMs = entry && numberIn(entry, 'atMs');
  if (!entry || atMs === null || !stringIn(entry, 'id')) return null;
  return Object.freeze({
    id: stringIn(entry, 'id'),
    about: stringIn(entry, 'about'),
    quote: stringIn(entry, 'quote'),
    text: textIn(entry, 'text'),
    byName: stringIn(entry, 'byName'),
    atMs,
    isResolved: entry.get('resolved') === true,
  });
}

export interface NewCard {
  readonly id: string;
  readonly title: string;
  readonly note?: string;
  readonly column?: Column;
  readonly phase?: Phase;
  readonly owner?: string;
  readonly deadlineMs?: number | null;
  readonly checklist?: readonly { readonly id: string; readonly text: string; readonly isDone?: boolean }[];
}

export const addCard = (doc: Y.Doc, card: NewCard, by: unknown = origin): PlanResult => {
  const { cards } = campaignTypes(doc);
  if (cards.has(card.id)) return ok('unchanged');
  doc.transact(() => {
    const entry: Entry = new Y.Map();
    cards.set(card.id, entry);
    entry.set('title', newText(card.title));
    entry.set('note', newText(card.note ?? ''));
    entry.set('column', card.column ?? 'not-ready');
    entry.set('phase', card.phase ?? 'before');
    entry.set('owner', card.owner ?? '');
    entry.set('deadlineMs', card.deadlineMs ?? null);
    entry.set('checklist', new Y.Map());
    writeOrder(cards, card.id, null);
    for (const item of card.checklist ?? []) {
      addChecklistItem(doc, card.id, item, by);
      if (item.isDone) tickChecklistItem(doc, card.id, item.id, true, by);
    }
  }, by);
  return ok('done');
};

export const changeCard = (
  doc: Y.Doc,
  id: string,
  change: Partial<Pick<Card, 'phase' | 'owner' | 'deadlineMs'>>,
  by: unknown = origin,
): PlanResult => {
  const entry = cardEntry(doc, id);
  if (!entry) return fail({ kind: 'unknown-card' });
  let isChanged = false;
  doc.transact(() => {
    for (const [key, value] of Object.entries(change)) if (setField(entry, key, value)) isChanged = true;
  }, by);
  return ok(isChanged ? 'done' : 'unchanged');
};

/** Into a column, just before a card of it; null or a card that is gone: last. */
export const moveCard = (
  doc: Y.Doc,
  { id, column, beforeCardId }: { readonly id: string; readonly column: Column; readonly beforeCardId: string | null },
  by: unknown = origin,
): PlanResult => {
  const entry = cardEntry(doc, id);
  if (!entry) return fail({ kind: 'unknown-card' });
  if (id === beforeCardId && entry.get('column') === column) return ok('unchanged');
  doc.transact(() => {
    setField(entry, 'column', column);
    writeOrder(campaignTypes(doc).cards, id, beforeCardId);
  }, by);
  return ok('done');
};

export const removeCard = (doc: Y.Doc, id: string, by: unknown = origin): PlanResult => {
  const { cards } = campaignTypes(doc);
  if (!cards.has(id)) return ok('unchanged');
  doc.transact(() => cards.delete(id), by);
  return ok('done');
};

export const addChecklistItem = (
  doc: Y.Doc,
  cardId: string,
  item: { readonly id: string; readonly text: string },
  by: unknown = origin,
): PlanResult => {
  const checklist = asEntry(cardEntry(doc, cardId)?.get('checklist')) as Y.Map<Entry> | null;
  if (!checklist) return fail({ kind: 'unknown-card' });
  if (checklist.has(item.id)) return ok('unchanged');
  doc.transact(() => {
    const entry: Entry = new Y.Map();
    checklist.set(item.id, entry);
    entry.set('text', newText(item.text));
    entry.set('done', false);
    writeOrder(checklist, item.id, null);
  }, by);
  return ok('done');
};

export const tickChecklistItem = (
  doc: Y.Doc,
  cardId: string,
  itemId: string,
  isDone: boolean,
  by: unknown = origin,
): PlanResult => {
  const entry = checklistEntry(doc, cardId, itemId);
  if (!entry) return fail({ kind: 'unknown-checklist-item' });
  let isChanged = false;
  doc.transact(() => (isChanged = setField(entry, 'done', isDone)), by);
  return ok(isChanged ? 'done' : 'unchanged');
};

export const removeChecklistItem = (doc: Y.Doc, cardId: string, itemId: string, by: unknown = origin): PlanResult => {
  const checklist = asEntry(cardEntry(doc, cardId)?.get('checklist'));
  if (!checklist?.has(itemId)) return ok('unchanged');
  doc.transact(() => checklist.delete(itemId), by);
  return ok('done');
};

export const addRemark = (doc: Y.Doc, remark: Omit<Remark, 'isResolved'>, by: unknown = origin): PlanResult => {
  const { remarks } = campaignTypes(doc);
  if (remarks.toArray().some((each) => asEntry(each)?.get('id') === remark.id)) return ok('unchanged');
  doc.transact(() => {
    const { text, ...plain } = remark;
    const entry: Entry = new Y.Map();
    for (const [key, value] of Object.entries(plain)) entry.set(key, value);
    entry.set('text', newText(text));
    entry.set('resolved', false);
    remarks.push([entry]);
  }, by);
  return ok('done');
};

export const resolveRemark = (doc: Y.Doc, id: string, isResolved: boolean, by: unknown = origin): PlanResult => {
  const entry = campaignTypes(doc)
    .remarks.toArray()
    .map(asEntry)
    .find((each) => each?.get('id') === id);
  if (!entry) return fail({ kind: 'unknown-remark' });
  let isChanged = false;
  doc.transact(() => (isChanged = setField(entry, 'resolved', isResolved)), by);
  return ok(isChanged ? 'done' : 'unchanged');
};

/** The shared texts of a card, for an editor to bind to; null when the card is gone. */
export const cardText = (doc: Y.Doc, id: string, field: 'title' | 'note'): Y.Text | null =>
  sharedTextIn(cardEntry(doc, id), field);

export const checklistText = (doc: Y.Doc, cardId: string, itemId: string): Y.Text | null =>
  sharedTextIn(checklistEntry(doc, cardId, itemId), 'text');

function cardEntry(doc: Y.Doc, id: string): Entry | null {
  return asEntry(campaignTypes(doc).cards.get(id));
}

function checklistEntry(doc: Y.Doc, cardId: string, itemId: string): Entry | null {
  return asEntry(asEntry(cardEntry(doc, cardId)?.get('checklist'))?.get(itemId));
}

function writeOrder(entries: Y.Map<Entry>, id: string, beforeId: string | null): void {
  const ordered: Ordered[] = [];
  for (const [each, value] of entries) {
    const entry = asEntry(value);
    const order = entry ? stringIn(entry, 'order') : '';
    if (order !== '') ordered.push({ id: each, order });
  }
  const sorted = ordered.sort(byOrder);
  for (const change of planOrder(sorted, id, beforeId)) {
    const entry = asEntry(entries.get(change.id));
    if (entry) setField(entry, 'order', change.order);
  }
}
