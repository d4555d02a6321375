/**
 * Refuses a local transaction on a document this member may not write, before anything is applied. Yjs offers no veto:
 * `beforeTransaction` is emitted after the transaction has been put in its place, so the guard takes it out again.
 */
import type * as Y from 'yjs';

export class ReadOnlyDocument extends Error {
  readonly kind = 'read-only-document';
}

export const guardReadOnly = (doc: Y.Doc, mayWrite: () => boolean): void => {
  doc.on('beforeTransaction', (transaction: Y.Transaction) => {
    if (!transaction.local || mayWrite()) return;
    doc._transaction = null;
    doc._transactionCleanups.pop();
    throw new ReadOnlyDocument(`document is read-only here; refused a change by ${String(transaction.origin)}`);
  });
};
