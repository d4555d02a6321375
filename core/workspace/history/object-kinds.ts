/**
 * Which documents have a history and what is an object in each. A collection is a top-level Y.Map of objects by id; a
 * `texts` prefix makes every top-level Y.Text that starts with it one object. `happened` is told and never restored; of
 * an object that is there, `happenedFields` are neither compared nor restored.
 */
export interface ObjectRef {
  readonly collection: string;
  /** Empty where the whole top-level type is the object. */
  readonly id: string;
}

export interface ObjectKinds {
  readonly collections: readonly string[];
  readonly texts?: string;
  readonly happened?: readonly string[];
  readonly happenedFields?: readonly string[];
}

/** Null: a document without a history. */
export const objectKindsOf = (path: string): ObjectKinds | null => kindsByRoom[path.replace(/\/.*/, '')] ?? null;

export const keyOfObject = ({ collection, id }: ObjectRef): string => `${collection}/${id}`;

const kindsByRoom: Readonly<Record<string, ObjectKinds>> = {
  campaign: { collections: ['cards'] },
  show: { collections: ['items'], happened: ['onAir'] },
  catalogue: { collections: ['products'] },
  segments: { collections: ['segments'] },
  library: { collections: ['clips'] },
  journeys: { collections: [], texts: 'message/' },
  settings: { collections: ['campaigns'], texts: 'brand', happenedFields: ['phase'] },
};
