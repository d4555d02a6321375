/**
 * Refuses a local transaction on a document this member may not write, before anything is applied. Yjs offers no veto:
 * `beforeTransaction` is emitted after the transaction has been put in its place, so the guard takes it out again.
 * Naming a shared type for the first time (`doc.getArray('marks')`) opens an empty transaction too; that is reading.
 */
import type * as Y from 'yjs';

export class ReadOnlyDocument extends Error {
  readonly kind = 'read-only-document';
}

export const guardReadOnly = (doc: Y.Doc, mayWrite: () => boolean): void => {
  let naming = 0;
  const get = doc.get.bind(doc);
  doc.get = ((...given: Parameters<typeof get>) => {
    naming += 1;
    try {
      return get(...given);
    } finally {
      naming -= 1;
    }
  }) as typeof doc.get;
  doc.on('beforeTransaction', (transaction: Y.Transaction) => {
    if (!transaction.local || naming > 0 || mayWrite()) return;
    doc._transaction = null;
    doc._transactionCleanups.pop();
    throw new ReadOnlyDocument(`document is read-only here; refused a change by ${String(transaction.origin)}`);
  });
};
