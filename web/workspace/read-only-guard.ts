/**
 * Refuses a local transaction on a document this member may not write, before anything is applied. Yjs offers no veto:
 * `beforeTransaction` is emitted after the transaction has been put in its place, so the guard takes it out again.
 * Yjs also opens transactions only to read: naming a shared type for the first time (`doc.getArray('marks')`) and asking
 * an event for its `delta`. And after taking in formatting it tidies the text in a local transaction of its own, which
 * is left to those who may write.
 */
import type * as Y from 'yjs';

export class ReadOnlyDocument extends Error {
  readonly kind = 'read-only-document';
}

const reading = new WeakMap<Y.Doc, number>();

/** For what reads and yet opens a transaction: `event.delta`. */
export const whileReading = <Read>(doc: Y.Doc | null, read: () => Read): Read => {
  if (doc === null) return read();
  const depth = reading.get(doc) ?? 0;
  reading.set(doc, depth + 1);
  try {
    return read();
  } finally {
    reading.set(doc, depth);
  }
};

export const guardReadOnly = (doc: Y.Doc, mayWrite: () => boolean): void => {
  const get = doc.get.bind(doc);
  doc.get = ((...given: Parameters<typeof get>) => whileReading(doc, () => get(...given))) as typeof doc.get;
  doc.on('beforeTransaction', (transaction: Y.Transaction) => {
    if (!transaction.local || (reading.get(doc) ?? 0) > 0 || mayWrite()) return;
    doc._transaction = null;
    doc._transactionCleanups.pop();
    throw new ReadOnlyDocument(`document is read-only here; refused a change by ${String(transaction.origin)}`);
  });
  doc.on('afterTransaction', (transaction: Y.Transaction) => {
    if (!mayWrite()) transaction._needFormattingCleanup = false;
  });
};
