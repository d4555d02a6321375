/** What differs between a version and now, as plain data: which objects came, changed or went since, field by field. */
import type * as Y from 'yjs';
import { isDeepEqual } from './is-deep-equal.ts';
import type { ObjectKinds, ObjectRef } from './object-kinds.ts';
import { plainOf, plannedOf, readObjects } from './objects.doc.ts';

export interface FieldDifference {
  /** Empty for an object that is one text. */
  readonly field: string;
  readonly was: unknown;
  readonly is: unknown;
}

export interface ObjectDifference extends ObjectRef {
  /** Since the version. */
  readonly act: 'added' | 'changed' | 'removed';
  /** As it is now; of an object that went, as it was. */
  readonly label: ObjectLabel;
  readonly fields: readonly FieldDifference[];
}

/** What to call an object: its own title, and the product that stands in where it has none. */
export interface ObjectLabel {
  readonly title: string;
  readonly productId: string;
}

export const compareVersion = (now: Y.Doc, then: Y.Doc, kinds: ObjectKinds): readonly ObjectDifference[] => {
  const were = readObjects(then, kinds);
  const are = readObjects(now, kinds);
  return [...new Set([...are.keys(), ...were.keys()])].flatMap((key) => {
    const object = are.get(key) ?? were.get(key);
    const was = plannedOf(were.get(key)?.value, kinds);
    const is = plannedOf(are.get(key)?.value, kinds);
    if (!object || isDeepEqual(was, is)) return [];
    const act = !were.has(key) ? 'added' : !are.has(key) ? 'removed' : 'changed';
    const { collection, id } = object;
    return [{ collection, id, act, label: labelOf(is ?? was), fields: fieldsOf(was, is) }];
  });
};

/** By `collection/id`. */
export const readLabels = (doc: Y.Doc, kinds: ObjectKinds): Readonly<Record<string, ObjectLabel>> =>
  Object.fromEntries([...readObjects(doc, kinds)].map(([key, { value }]) => [key, labelOf(plainOf(value))]));

function labelOf(value: unknown): ObjectLabel {
  const fields = isRecord(value) ? value : {};
  const title = [fields['title'], fields['name']].find((one) => typeof one === 'string') ?? '';
  const { productId = '' } = fields;
  return { title: title as string, productId: typeof productId === 'string' ? productId : '' };
}

function fieldsOf(was: unknown, is: unknown): readonly FieldDifference[] {
  if (!isRecord(was ?? {}) || !isRecord(is ?? {})) return [{ field: '', was, is }];
  const before = (was ?? {}) as Readonly<Record<string, unknown>>;
  const after = (is ?? {}) as Readonly<Record<string, unknown>>;
  return [...new Set([...Object.keys(after), ...Object.keys(before)])]
    .filter((field) => !isDeepEqual(before[field], after[field]))
    .map((field) => ({ field, was: before[field], is: after[field] }));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
